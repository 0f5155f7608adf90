/**
 * Supervised training of a diffusion policy on demonstrations.
 *
 * @see irom-lab/dppo `agent/pretrain/train_diffusion_agent.py`
 * @module
 */
import { bcLoss } from "../diffusion/bc_loss.ts";
import { drawLossNoise } from "../diffusion/noise.ts";
import type { DiffusionPolicy } from "../diffusion/policy.ts";
import { initialize } from "../nn/network.ts";
import type { AdamState } from "../optim/adam.ts";
import { adamw } from "../optim/adamw.ts";
import { ema, type EmaOptions } from "../optim/ema.ts";
import { warmupCosine, type WarmupCosineOptions } from "../optim/schedule.ts";
import { permutation } from "../rng/draw.ts";
import { address, type Key } from "../rng/key.ts";
import { valueAndGrad } from "../tensor/engine.ts";
import type { Params } from "../tensor/params.ts";
import type { Trajectories } from "./dataset.ts";
import { gatherWindows, type WindowConfig, type Windows, windowStarts } from "./windows.ts";

/** Hyperparameters. A period is what the learning rate and the average are updated after. */
export interface PretrainHyper {
  /** One pass over all windows, as in the reference (quirk Q13), or one minibatch. */
  readonly period: "epoch" | "step";
  /** How many of them. */
  readonly periods: number;
  /** Windows of a minibatch. */
  readonly batchSize: number;
  /** λ of AdamW. */
  readonly weightDecay: number;
  /** Of AdamW, by period. */
  readonly learningRate: WarmupCosineOptions;
  /** Of the weights, by period. */
  readonly ema: EmaOptions;
}

/** All that training remembers after a period. */
export interface PretrainState {
  /** Periods so far. */
  readonly period: number;
  /** The weights that are trained and their moments. */
  readonly adam: AdamState;
  /** What fine-tuning starts from. */
  readonly average: Params;
  /** Mean loss of the period. */
  readonly loss: number;
}

/** Minibatches of whole passes, each in a fresh order, a smaller last one kept; the first `taken` are left out. */
function* minibatches(
  count: number,
  size: number,
  key: Key,
  taken: number,
): Generator<{ readonly rows: Int32Array; readonly endsPass: boolean }> {
  const perPass = Math.ceil(count / size);
  let from = (taken % perPass) * size;
  for (let pass = Math.floor(taken / perPass);; pass++) {
    const order = permutation(address(key, "order", pass), count);
    for (; from < count; from += size) {
      yield { rows: order.subarray(from, from + size), endsPass: from + size >= count };
    }
    from = 0;
  }
}

/**
 * Trains period by period; the caller decides when to look at or stop it.
 *
 * @param from a state to go on from; n + k periods are the same bytes as n, then k
 * @throws {RangeError} when no trajectory is as long as a window, when data or windows do not have the policy's sizes,
 *   or when periods or the size of minibatches are not positive integers
 */
export function* pretrain(
  policy: DiffusionPolicy,
  data: Trajectories,
  windows: WindowConfig,
  hyper: PretrainHyper,
  key: Key,
  from?: PretrainState,
): Generator<PretrainState> {
  const rate = warmupCosine(hyper.learningRate), averaged = ema(hyper.ema);
  const optimizer = adamw({
    learningRate: hyper.learningRate.maxLr,
    weightDecay: hyper.weightDecay,
  });
  const starts = windowStarts(data.trajLengths, windows);
  if (starts.length === 0) {
    throw new RangeError(`Cannot pretrain: no trajectory has ${windows.horizonSteps} steps`);
  }
  requireSizes(policy, data, windows);
  requirePositive(hyper);
  const begin = (average: Params): PretrainState => ({
    period: 0,
    adam: optimizer.init(average),
    average,
    loss: NaN,
  });
  let state = from ?? begin(initialize(policy.network, address(key, "init")));
  let losses: number[] = [];
  const { count } = state.adam;
  for (const { rows, endsPass } of minibatches(starts.length, hyper.batchSize, key, count)) {
    const batch = gatherWindows(data, Array.from(rows, (row) => starts[row]), windows);
    const lossKey = address(key, "loss", state.adam.count);
    const { value, grads } = lossAndGrad(policy, state.adam.theta, batch, lossKey);
    const adam = optimizer.step(state.adam, grads, rate(state.period));
    state = { ...state, adam };
    losses.push(value);
    if (hyper.period === "epoch" && !endsPass) continue;
    const period = state.period + 1, loss = losses.reduce((a, b) => a + b, 0) / losses.length;
    state = { period, adam, average: averaged(state.average, adam.theta, period), loss };
    losses = [];
    yield state;
    if (period === hyper.periods) return;
  }
}

function requireSizes(
  { network }: DiffusionPolicy,
  { states, actions, trajLengths }: Trajectories,
  { horizonSteps, condSteps }: WindowConfig,
): void {
  const [rows, observationSize] = states.shape, [actionRows, actionSize] = actions.shape;
  const sizes: readonly (readonly [what: string, found: number, needed: number])[] = [
    ["horizonSteps", horizonSteps, network.horizonSteps],
    ["condSteps times the numbers of a state", condSteps * observationSize, network.condDim],
    ["the numbers of an action", actionSize, network.actionDim],
    ["the rows of actions", actionRows, rows],
    ["the sum of trajLengths", trajLengths.reduce((sum, length) => sum + length, 0), rows],
  ];
  for (const [what, found, needed] of sizes) {
    if (found !== needed) {
      throw new RangeError(`Cannot pretrain: ${what} must be ${needed}, found ${found}`);
    }
  }
}

function requirePositive(hyper: PretrainHyper): void {
  for (const name of ["periods", "batchSize"] as const) {
    const found = hyper[name];
    if (!Number.isInteger(found) || found < 1) {
      throw new RangeError(`Cannot pretrain: ${name} must be a positive integer, found ${found}`);
    }
  }
}

/** The supervised loss of a minibatch and its gradient. */
function lossAndGrad(
  policy: DiffusionPolicy,
  theta: Params,
  { states, actions }: Windows,
  key: Key,
): { readonly value: number; readonly grads: Params } {
  const { t, noise } = drawLossNoise(policy, key, states.shape[0]);
  const inputs = { chunk: actions, cond: states, noise };
  return valueAndGrad(theta, {}, inputs, (nodes, _, x) => ({ loss: bcLoss(policy, nodes, x, t) }));
}
