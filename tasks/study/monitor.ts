/**
 * Tells how far the cells of a table are.
 *
 * @module
 */
import { type Cell, cellPath } from "../../src/experiments/cell.ts";
import type { Progress } from "../progress.ts";
import { forecastOf, kindOf } from "./forecast.ts";

/** Told of the cells that run. */
export interface Monitor {
  begin(cell: Cell): void;
  /** An iteration of it or its final evaluation has ended. */
  advance(cell: Cell): void;
  end(cell: Cell): void;
  /** A minute has passed; minutes are counted here because time also passes while the computer sleeps. */
  tick(): void;
}

/** Minutes of silence after which a cell is named: a worker that hangs looks like one that works. */
const LONG = 10;

/**
 * Shows how much time is left, and which cells have not been heard of for long.
 *
 * @param open iterations and final evaluations to do, by {@link kindOf}
 * @param now the time in seconds
 */
export function monitorOf(
  open: ReadonlyMap<string, number>,
  progress: Progress,
  now: () => number = () => performance.now() / 1000,
): Monitor {
  const leftAfter = forecastOf(open);
  const running = new Map<string, { readonly since: number; readonly minutes: number }>();
  const begin = (cell: Cell) => void running.set(cellPath(cell), { since: now(), minutes: 0 });
  return {
    begin,
    advance(cell) {
      const name = cellPath(cell), seconds = now() - running.get(name)!.since;
      progress.advance(name, leftAfter(kindOf(cell), seconds));
      begin(cell);
    },
    end: (cell) => void running.delete(cellPath(cell)),
    tick() {
      for (const [name, { since, minutes }] of running) {
        running.set(name, { since, minutes: minutes + 1 });
        if ((minutes + 1) % LONG === 0) progress.note(silence(name, minutes + 1));
      }
    },
  };
}

const silence = (name: string, minutes: number): string =>
  `${name}: no iteration has ended for ${minutes} minutes; if it hangs, interrupt the run: the same ` +
  "command goes on from the last one";
