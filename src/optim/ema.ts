/**
 * Averages of parameters over training.
 *
 * @module
 */
import { type Params, requireSameLayout } from "../tensor/params.ts";
import { fraction, integerFrom, requireSetting, settings } from "./settings.ts";
import { zerosLike } from "./vectors.ts";

/**
 * Target networks follow by (1 − τ) θ_target + τ θ; τ = 0 keeps the target, 1 copies θ.
 *
 * @throws {RangeError} when `tau` is not in [0, 1]
 */
export function polyak(target: Params, theta: Params, tau: number): Params {
  requireSetting("average parameters", "tau", fraction, tau);
  return weighted(target, 1 - tau, theta, tau);
}

/** Names are those of the reference; epochs count from 1. */
export interface EmaOptions {
  readonly decay: number;
  /** Before this epoch an update copies the model. */
  readonly epochStartEma: number;
  /** Only every so many epochs the average is touched. */
  readonly updateEmaFreq: number;
}

const RULES = { decay: fraction, epochStartEma: integerFrom(0), updateEmaFreq: integerFrom(1) };

/**
 * The exponential moving average of pre-training after an epoch: d θ_ema + (1 − d) θ every `updateEmaFreq`
 * epochs from `epochStartEma` on, a copy of θ at such an epoch before it. It starts as a copy of the model.
 *
 * @throws {RangeError} when a setting is out of range
 * @see irom-lab/dppo `agent/pretrain/train_agent.py`, step_ema
 */
export function ema(
  options: EmaOptions,
): (average: Params, theta: Params, epoch: number) => Params {
  const { decay, epochStartEma, updateEmaFreq } = settings("create ema", RULES, {}, options);
  return (average, theta, epoch) => {
    requireSetting("update ema", "epoch", integerFrom(1), epoch);
    if (epoch % updateEmaFreq !== 0) return average;
    return epoch < epochStartEma ? theta : weighted(average, decay, theta, 1 - decay);
  };
}

function weighted(a: Params, weightA: number, b: Params, weightB: number): Params {
  requireSameLayout("average parameters", a, b);
  const mean = zerosLike(a);
  for (let j = 0; j < a.data.length; j++) {
    mean.data[j] = weightA * a.data[j] + weightB * b.data[j];
  }
  return mean;
}
