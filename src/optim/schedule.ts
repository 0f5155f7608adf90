/**
 * Learning rates as functions of the number of schedule steps taken so far.
 *
 * @module
 */
import { atLeast, atMost, integerFrom, nonNegative, requireSetting, settings } from "./settings.ts";

/** The learning rate after `k` = 0, 1, … schedule steps. */
export type Schedule = (k: number) => number;

/** The same rate at every step. */
export function constant(learningRate: number): Schedule {
  requireSetting("create constant", "learningRate", nonNegative, learningRate);
  return () => learningRate;
}

/** Names are those of the reference; lengths are in schedule steps. */
export interface WarmupCosineOptions {
  readonly firstCycleSteps: number;
  readonly warmupSteps: number;
  readonly maxLr: number;
  readonly minLr: number;
  /** Growth of the part of a cycle after warm-up. */
  readonly cycleMult?: number;
  /** Factor on the peak per cycle. */
  readonly gamma?: number;
}

const RULES = {
  firstCycleSteps: integerFrom(1),
  warmupSteps: integerFrom(0),
  maxLr: nonNegative,
  minLr: nonNegative,
  cycleMult: atLeast(1),
  gamma: nonNegative,
};

/**
 * Linear warm-up, then cosine decay, with restarts. With p the position in cycle c of length C, W the
 * warm-up and peak η_c = maxLr · gamma^c:
 *
 *   p < W: η = η_min + (η_c − η_min) p / W
 *   p ≥ W: η = η_min + ½ (η_c − η_min)(1 + cos(π (p − W) / (C − W)))
 *
 * The next cycle has length ⌊(C − W) · cycleMult⌋ + W. At k = 0 the rate is η_min even without warm-up.
 *
 * @throws {RangeError} when a setting is out of range, W ≥ C or η_min > maxLr
 * @see irom-lab/dppo `util/scheduler.py`, CosineAnnealingWarmupRestarts
 */
export function warmupCosine(options: WarmupCosineOptions): Schedule {
  const action = "create warmupCosine";
  const set = settings(action, RULES, { cycleMult: 1, gamma: 1 }, options);
  const { firstCycleSteps, warmupSteps, maxLr, minLr, cycleMult, gamma } = set;
  requireSetting(action, "warmupSteps", atMost(firstCycleSteps - 1), warmupSteps);
  requireSetting(action, "minLr", atMost(maxLr), minLr);
  return (k) => {
    requireSetting("evaluate warmupCosine", "k", integerFrom(0), k);
    if (k === 0) return minLr;
    let cycle = 0, length = firstCycleSteps, p = k;
    while (p >= length) {
      cycle++, p -= length;
      length = Math.floor((length - warmupSteps) * cycleMult) + warmupSteps;
    }
    const span = maxLr * gamma ** cycle - minLr;
    if (p < warmupSteps) return minLr + span * p / warmupSteps;
    return minLr +
      span * (1 + Math.cos(Math.PI * (p - warmupSteps) / (length - warmupSteps))) / 2;
  };
}
