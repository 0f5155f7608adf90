/**
 * TD(λ) targets of DAWR over its whole buffer.
 *
 * @module
 */
import { heldSegments, type Replay, type Segment } from "../rl/replay.ts";
import { tdLambdaTargets } from "../rl/td_lambda.ts";
import type { Params } from "../tensor/params.ts";
import type { Floats } from "../tensor/tensor.ts";
import { type ValueCritic, valuesOf } from "./critics.ts";
import type { DawrHyper } from "./replay_hyper.ts";

/** Per transition, oldest first. */
export interface DawrTargets {
  readonly target: Floats;
  /** target − V */
  readonly advantage: Floats;
}

/** The reference's own constants, whatever its configuration says (quirk Q4). */
const REFERENCE_DECAY = { gamma: 0.99, lambda: 0.95, alpha: 0.95 };

/** Targets and advantages under a critic. */
export function dawrTargets(
  hyper: Pick<DawrHyper, "nEnvs" | "gamma" | "fidelity">,
  critic: ValueCritic,
  params: Params,
  replay: Replay,
): DawrTargets {
  const { nEnvs, gamma, fidelity } = hyper, segments = heldSegments(replay);
  const value = (of: (s: Segment) => Segment["observation"]) =>
    joined(segments.map((s) => valuesOf(critic, params, of(s))));
  const values = value((s) => s.observation);
  const inputs = {
    rewards: joined(segments.map((s) => s.reward)),
    values,
    terminated: joined(segments.map((s) => s.terminated)),
  };
  const ends = fidelity.tdEnds === "reference" ? {} : {
    nextValues: value((s) => s.nextObservation),
    ended: joined(segments.map((s) => endsOf(s, nEnvs))),
  };
  const decay = { ...REFERENCE_DECAY, ...(fidelity.tdDiscount === "corrected" && { gamma }) };
  const target = tdLambdaTargets({ ...inputs, ...ends }, nEnvs, decay);
  return { target, advantage: target.map((t, i) => t - values[i]) };
}

/** 1 where a transition ends its episode or its rollout. */
const endsOf = ({ terminated, truncated }: Segment, envs: number): Uint8Array =>
  terminated.map((t, i) => t | truncated[i] | Number(i >= terminated.length - envs));

/** All numbers, one array after another. */
function joined(arrays: readonly ArrayLike<number>[]): Float64Array {
  const out = new Float64Array(arrays.reduce((n, { length }) => n + length, 0));
  arrays.reduce((at, array) => (out.set(array, at), at + array.length), 0);
  return out;
}
