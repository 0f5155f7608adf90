/**
 * The monitors of every optimizer of a trained cell.
 *
 * @module
 */
import { hasMoments, type MomentMonitors, momentMonitors } from "../moment_monitors.ts";
import { optimizerOptions } from "../arm_optimizer.ts";
import { armName, type Cell } from "../cell.ts";
import type { Divergence } from "../divergence.ts";
import { optimizersIn } from "./networks_in.ts";

/** The monitors of one network of one cell. */
export interface MomentFinding {
  readonly env: string;
  readonly method: string;
  readonly arm: string;
  readonly eps: number;
  readonly seed: number;
  readonly network: string;
  /** Iteration of the checkpoint: the last one, or the last before the run left the finite numbers. */
  readonly iteration: number;
  readonly monitors: MomentMonitors;
  /** Where the run met a value that is not finite. */
  readonly diverged: Divergence | null;
}

/** The findings of a cell's networks that have been trained, from the method's state after `iteration`. */
export function momentFindings(
  cell: Cell,
  state: unknown,
  { iteration, diverged }: Pick<MomentFinding, "iteration" | "diverged">,
): MomentFinding[] {
  const { env, method, seed } = cell, { eps } = optimizerOptions(cell), arm = armName(cell);
  return Object.entries(optimizersIn(state)).flatMap(([network, optimizer]) => {
    if (!hasMoments(optimizer)) return [];
    const monitors = momentMonitors(optimizer, eps);
    return [{ env, method, arm, eps, seed, network, iteration, monitors, diverged }];
  });
}
