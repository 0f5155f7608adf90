/**
 * Cells side by side on workers, as tables run them.
 *
 * @module
 */
import { type Assignment, runAll } from "../study/pool.ts";
import { CELL, pretrainedFile } from "./cells.ts";
import { type Figure, slower } from "./measure.ts";

const nothing = () => {};

/** Milliseconds of two cells on so many workers, their start-up included. */
async function twoCells(workers: number): Promise<number> {
  const pretrained = pretrainedFile();
  const cells = [0, 1].map((seed): Assignment => ({
    order: () => ({ cell: { ...CELL, seed }, pretrained }),
    onCheckpoint: nothing,
    onScores: nothing,
  }));
  const start = performance.now();
  await runAll(cells, { jobs: workers, rolloutWorkers: 1 });
  return performance.now() - start;
}

/** Two smoke cells on two workers and on one; a ratio of 2 is the best there is. */
export async function* workerFigures(): AsyncGenerator<Figure> {
  const [both, one] = [await twoCells(2), await twoCells(1)];
  yield slower("two cells", "two workers", both, one, "one worker");
}
