/**
 * Parity of advantage estimation, TD(λ) targets and reward scaling.
 *
 * @module
 */
import { gae, shifted } from "../../src/rl/gae.ts";
import {
  initialRewardScaler,
  type RewardScaler,
  scaleRewards,
} from "../../src/rl/reward_scaling.ts";
import { tdLambdaTargets } from "../../src/rl/td_lambda.ts";
import type { Doubles } from "../../src/tensor/tensor.ts";
import { type ParityCase, type ParityHandler, Unsupported } from "./case.ts";

type Results = Readonly<Record<string, ArrayLike<number>>>;

/** The recursion of the fine-tuning agent, or that of AWR where the case gives `lam`. */
function advantages({ config, arrays }: ParityCase): Results {
  const rewards = arrays["in/rewards"], envs = rewards.shape[1];
  const values = arrays["in/values"].data, terminated = arrays["in/terminated"].data;
  if ("lam" in config) {
    const { gamma = 0.99, lam: lambda, alpha = 0.95 } = config, decay = { gamma, lambda, alpha };
    return {
      "out/td": tdLambdaTargets({ rewards: rewards.data, values, terminated }, envs, decay),
    };
  }
  const { reward_scale_const: scale = 1, gae_lambda: lambda = 0.95, gamma } = config;
  const scaled = rewards.data.map((r) => r * scale);
  const nextValues = shifted(values, arrays["in/last_values"].data);
  const result = gae({ rewards: scaled, values, nextValues, terminated }, envs, { gamma, lambda });
  return { "out/advantages": result.advantages, "out/returns": result.returns };
}

/** Every call in order; the data hold [calls, E, N], the package works on rows n · E + e. */
function rewardScaler({ config, arrays }: ParityCase): Results {
  if (config.per_env) throw new Unsupported("reward scaling with moments per environment");
  const scaling = {
    gamma: config.gamma ?? 0.99,
    clip: config.cliprew ?? 10,
    epsilon: config.epsilon ?? 1e-8,
    varianceDivisor: "count - 1",
  } as const;
  const [calls, envs, steps] = arrays["in/rewards"].shape;
  const call = (name: string, c: number) =>
    arrays[name].data.subarray(c * envs * steps, (c + 1) * envs * steps);
  let scaler: RewardScaler = initialRewardScaler(envs);
  const out: Record<string, number[]> = { scaled: [], ret: [], var: [], mean: [], count: [] };
  for (let c = 0; c < calls; c++) {
    const rewards = transposed(call("in/rewards", c), envs);
    const firsts = transposed(call("in/firsts", c), envs);
    const [next, scaled] = scaleRewards(scaler, rewards, firsts, scaling);
    scaler = next;
    out.scaled.push(...transposed(scaled, steps));
    out.ret.push(...scaler.returns);
    out.var.push(scaler.variance);
    out.mean.push(scaler.mean);
    out.count.push(scaler.count);
  }
  return Object.fromEntries(Object.entries(out).map(([name, x]) => [`out/${name}`, x]));
}

/** Row-major [rows, columns] to row-major [columns, rows]. */
function transposed(matrix: Doubles, rows: number): Float64Array {
  const columns = matrix.length / rows;
  return Float64Array.from(matrix, (_, i) => matrix[(i % rows) * columns + Math.floor(i / rows)]);
}

/** Handlers by kind. */
export const handlers: Record<string, ParityHandler> = {
  gae: advantages,
  reward_scaler: rewardScaler,
};
