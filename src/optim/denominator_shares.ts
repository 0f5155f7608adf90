/**
 * How much of a network a small ε can reach.
 *
 * @module
 */
import type { Params } from "../tensor/params.ts";
import { decay, requireSetting } from "./settings.ts";

/** Shares of the coordinates by the size of √v̂; `zero` are those that never saw a gradient. They sum to 1. */
export interface DenominatorShares {
  /** 0 */
  readonly zero: number;
  /** (0, 1e-11] */
  readonly upTo1em11: number;
  /** (1e-11, 1e-8] */
  readonly upTo1em8: number;
  /** (1e-8, 1e-6] */
  readonly upTo1em6: number;
  /** (1e-6, ∞) */
  readonly above1em6: number;
}

const NAMES = ["zero", "upTo1em11", "upTo1em8", "upTo1em6", "above1em6"] as const;
const BOUNDS = [0, 1e-11, 1e-8, 1e-6];

/**
 * Shares of √v̂ with v̂ = v/(1 − β₂^count). A coordinate with √v̂ far above ε does not feel ε; one far below
 * is damped by √v̂/ε, so these shares tell which coordinates an ablation of ε can change.
 *
 * @throws {RangeError} before the first step, or when `beta2` is not in [0, 1)
 */
export function denominatorShares(
  { v, count }: { readonly v: Params; readonly count: number },
  beta2 = 0.999,
): DenominatorShares {
  requireSetting("share denominators", "beta2", decay, beta2);
  if (count === 0) throw new RangeError("Cannot share denominators: found no step taken");
  const correction = 1 - beta2 ** count, counts = [0, 0, 0, 0, 0];
  for (let j = 0; j < v.data.length; j++) {
    const root = Math.sqrt(v.data[j] / correction);
    let bin = 0;
    while (bin < BOUNDS.length && root > BOUNDS[bin]) bin++;
    counts[bin]++;
  }
  const shares = NAMES.map((name, bin) => [name, counts[bin] / v.data.length]);
  return Object.fromEntries(shares) as unknown as DenominatorShares;
}
