/**
 * Parity of the optimizers, gradient clipping, learning-rate schedules and averages of parameters.
 *
 * Everything is computed in both precisions: a vector stored in float64 keeps its optimizer in float64.
 *
 * @module
 */
import { adapg } from "../../src/optim/adapg.ts";
import { clipByGlobalNorm, globalNorm } from "../../src/optim/clip_by_global_norm.ts";
import { ema } from "../../src/optim/ema.ts";
import { optimizerOf } from "../../src/optim/mod.ts";
import type { Optimizer, OptimizerState } from "../../src/optim/optimizer.ts";
import { warmupCosine } from "../../src/optim/schedule.ts";
import { layoutOf, type Params } from "../../src/tensor/params.ts";
import type { Floats } from "../../src/tensor/tensor.ts";
import { type ParityCase, type ParityHandler, Unsupported } from "./case.ts";
import { torchOptimizer } from "./torch_optimizer.ts";

type Results = Record<string, ArrayLike<number>>;
type Vector = (values: ArrayLike<number>) => Params;

const inVector = (data: Floats): Params => ({ layout: layoutOf([["p", [data.length]]]), data });

/** Suffix of the group names and the storage that computes them. */
const PRECISIONS: Readonly<Record<string, Vector>> = {
  "": (values) => inVector(Float32Array.from(values)),
  "64": (values) => inVector(Float64Array.from(values) as unknown as Floats),
};

/** The rows of a matrix [steps, n]. */
function rowsOf({ shape: [steps, n], data }: ParityCase["arrays"][string]) {
  return Array.from({ length: steps }, (_, i) => data.subarray(i * n, (i + 1) * n));
}

/** The states after each of `steps` gradients, which may depend on the current θ. */
function trajectory<S extends { readonly theta: Params }>(
  optimizer: Optimizer<S>,
  theta: Params,
  steps: number,
  gradient: (i: number, theta: Params) => Params,
): S[] {
  let state = optimizer.init(theta);
  return Array.from({ length: steps }, (_, i) => {
    return state = optimizer.step(state, gradient(i, state.theta));
  });
}

const stacked = (rows: readonly Params[]): number[] => rows.flatMap(({ data }) => [...data]);

function inBothPrecisions(compute: (vector: Vector, suffix: string) => Results): Results {
  return Object.assign(
    {},
    ...Object.entries(PRECISIONS).map(([suffix, vector]) => compute(vector, suffix)),
  );
}

function torchTraces({ config, arrays }: ParityCase): Results {
  return inBothPrecisions((vector, suffix) => {
    const rows = rowsOf(arrays["in/grads"]), results: Results = {};
    for (const [name, setting] of Object.entries(config.settings)) {
      const { optimizer, options } = torchOptimizer(config.optimizer, setting as object);
      const states: OptimizerState[] = trajectory(
        optimizerOf(optimizer, options),
        vector(arrays["in/p0"].data),
        rows.length,
        (i) => vector(rows[i]),
      );
      results[`trace${suffix}/${name}`] = stacked(states.map((s) => s.theta));
    }
    return results;
  });
}

function clipping({ config, arrays }: ParityCase): Results {
  return inBothPrecisions((vector, suffix) => {
    const results: Results = {};
    config.calls.forEach(({ max_norm, norm_type = 2 }: Record<string, number>, call: number) => {
      if (norm_type !== 2) throw new Unsupported(`clipping by the norm of order ${norm_type}`);
      const names = Object.keys(arrays).filter((n) => n.startsWith(`in/grad${call}_`)).sort();
      const grads = vector(names.flatMap((name) => [...arrays[name].data]));
      const clipped = clipByGlobalNorm(max_norm)(grads).data;
      results[`out${suffix}/norm${call}`] = [globalNorm(grads)];
      let offset = 0;
      for (const name of names) {
        const end = offset + arrays[name].data.length;
        results[`out${suffix}/clipped${name.slice("in/grad".length)}`] = //
          clipped.subarray(offset, end);
        offset = end;
      }
    });
    return results;
  });
}

/** Open loop on recorded gradients, and closed loop on the quadratic a (θ − c)²/2. */
function adapgTraces({ config, arrays }: ParityCase): Results {
  const rows = rowsOf(arrays["in/grads"]);
  const a = arrays["in/quad_a"].data, c = arrays["in/quad_c"].data;
  const [beta1, beta2] = config.betas ?? [0.9, 0.999];
  const common = { beta1, beta2, eps: config.eps, weightDecay: config.weight_decay ?? 0 };
  return inBothPrecisions((vector, suffix) => {
    const results: Results = {}, theta = vector(arrays["in/p0"].data);
    for (const omega of config.omegas as number[]) {
      const at = (name: string) => `trace${suffix}/${name}_w${pythonFloat(omega)}`;
      const make = (learningRate: number) => adapg({ ...common, learningRate, omega });
      const open = trajectory(make(config.lr), theta, rows.length, (i) => vector(rows[i]));
      const gradient = (_: number, { data }: Params) =>
        vector(a.map((a, j) => a * (data[j] - c[j])));
      const closed = trajectory(make(config.quad_lr), theta, config.steps, gradient);
      results[at("theta")] = stacked(open.map((s) => s.theta));
      results[at("h")] = stacked(open.map((s) => s.hPrev));
      results[at("quad_theta")] = stacked(closed.map((s) => s.theta));
    }
    return results;
  });
}

const pythonFloat = (x: number): string => Number.isInteger(x) ? x.toFixed(1) : String(x);

function schedules({ config }: ParityCase): Results {
  const results: Results = {};
  config.settings.forEach((setting: Record<string, number>, i: number) => {
    const rate = warmupCosine({
      firstCycleSteps: setting.first_cycle_steps,
      warmupSteps: setting.warmup_steps ?? 0,
      maxLr: setting.max_lr ?? 0.1,
      minLr: setting.min_lr ?? 0.001,
      cycleMult: setting.cycle_mult ?? 1,
      gamma: setting.gamma ?? 1,
    });
    results[`out/setting${i}`] = Array.from({ length: config.steps + 1 }, (_, k) => rate(k));
  });
  return results;
}

/** The recorded model starts at zero, and the average as its copy. */
function averages({ config, arrays }: ParityCase): Results {
  const update = ema({
    decay: config.decay,
    epochStartEma: config.epoch_start_ema,
    updateEmaFreq: config.update_ema_freq,
  });
  return inBothPrecisions((vector, suffix) => {
    const models = rowsOf(arrays["in/params"]).map(vector);
    let average = vector(new Float64Array(models[0].data.length));
    const trace = models.map((model, i) => average = update(average, model, i + 1));
    return { [`trace${suffix}/ema`]: stacked(trace) };
  });
}

/** Handlers by kind. */
export const handlers: Record<string, ParityHandler> = {
  optimizer: (parityCase) =>
    "calls" in parityCase.config ? clipping(parityCase) : torchTraces(parityCase),
  adapg: adapgTraces,
  lr_schedule: schedules,
  ema: averages,
};
