/**
 * Whether the arms of a comparison differ, corrected for asking in many, and how many seeds would tell.
 *
 * @module
 */
import { mean } from "../stats/moments.ts";
import { benjaminiHochberg, holm } from "../stats/multiple_comparisons.ts";
import { pairedTTest } from "../stats/paired.ts";
import { seedsNeeded } from "../stats/power.ts";
import { spread } from "../stats/spread.ts";
import { unpairedTTest } from "../stats/unpaired.ts";
import type { CellScore, Compared, Pairs } from "./cell_score.ts";
import { type Comparison, comparisons } from "./comparisons.ts";

/** Below it p tells arms apart. */
export const LEVEL = 0.05;

/** The share of the pre-trained policy's mean score that an experiment should be able to see. */
export const VISIBLE_SHARE = 0.05;

/** A comparison with enough seeds in both arms. */
export interface CellTest extends Compared {
  readonly seeds: number;
  /** p of the paired t test, as it is and adjusted over all comparisons tested. */
  readonly p: number;
  readonly holm: number;
  readonly benjaminiHochberg: number;
  /** p of the t test that takes the arms as independent, a check of what pairing by seed did. */
  readonly unpaired: number;
  /** Standard deviation over seeds of ADAPG − AdamW. */
  readonly spread: number;
  /** Seeds that show a difference of {@link VISIBLE_SHARE} with power 0.8; null where the start is 0. */
  readonly seedsNeeded: number | null;
}

/** Tests every comparison that has enough seeds. */
export function cellTests(scores: readonly CellScore[]): CellTest[] {
  const full = comparisons(scores);
  const p = full.map(({ a, b }) => pairedTTest(a, b));
  const family = holm(p), discovery = benjaminiHochberg(p);
  return full.map((pairs, i) => ({
    env: pairs.env,
    method: pairs.method,
    seeds: pairs.seeds.length,
    p: p[i],
    holm: family[i],
    benjaminiHochberg: discovery[i],
    unpaired: unpairedTTest(pairs.a, pairs.b),
    spread: spreadOf(pairs),
    seedsNeeded: seedsFor(pairs),
  }));
}

const spreadOf = ({ a, b }: Pairs): number => spread(a.map((x, i) => x - b[i]));

/** The mean score before fine-tuning: unlike AdamW's it is far from 0 wherever training goes. */
const startOf = ({ runs }: Comparison): number => mean(runs.map(({ pretrained }) => pretrained));

/** Two seeds, the least that a test takes, where differences do not vary. */
function seedsFor(pairs: Comparison): number | null {
  const difference = VISIBLE_SHARE * Math.abs(startOf(pairs)), deviation = spreadOf(pairs);
  if (difference === 0) return null;
  return deviation === 0 ? 2 : seedsNeeded(difference, deviation);
}
