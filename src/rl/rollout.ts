/**
 * Collects one iteration's chunks with a method's policy.
 *
 * @see irom-lab/dppo `agent/finetune/train_*_agent.py`, the loop over `n_steps`
 * @module
 */
import { foldIn, type Key } from "../rng/key.ts";
import { type Tensor, tensor } from "../tensor/tensor.ts";
import type { ActMode, Policy } from "./policy.ts";
import type { Rollout, TimeStep } from "./rollout_types.ts";
import type { VectorEnvironment, VectorState } from "./vector_environment.ts";

/** What one iteration's rollout hands to the next one's. */
export interface RolloutState {
  readonly vector: VectorState;
  /** [E, To · Do]: what the policy sees next. */
  readonly observation: Tensor;
  /** [E]: 1 where an episode is about to begin. */
  readonly first: Uint8Array;
}

/** One rollout to collect. */
export interface RolloutPlan {
  readonly iteration: number;
  /** N */
  readonly chunks: number;
  readonly mode: ActMode;
  /** Addresses initial states, by environment and episode. */
  readonly resetKey: Key;
  /** Folded with the chunk number for each call of the policy. */
  readonly actKey: Key;
}

/** Every environment at the start of an episode. */
export function startRollouts(env: VectorEnvironment, resetKey: Key): RolloutState {
  const vector = env.reset(resetKey);
  return { vector, observation: env.observation(vector), first: new Uint8Array(env.envs).fill(1) };
}

/**
 * N chunks of every environment, from the start of episodes or from where the last rollout stopped.
 *
 * Chains are recorded only while exploring. The reference means to reset after an evaluation but goes on from
 * the evaluation's last states (quirk Q8): pass those as `from`.
 */
export function collectRollout<S>(
  policy: Policy<S>,
  state: S,
  env: VectorEnvironment,
  from: RolloutState | undefined,
  plan: RolloutPlan,
): { readonly rollout: Rollout; readonly next: RolloutState } {
  const { chunks, mode, resetKey, actKey } = plan;
  let now: RolloutState = from === undefined
    ? startRollouts(env, resetKey)
    : { ...from, vector: env.recount(from.vector) };
  const rows = recorder(chunks, env.envs, now.first);
  for (let n = 0; n < chunks; n++) {
    const sample = policy.act(state, now.observation, foldIn(actKey, n), mode);
    const [vector, step] = env.step(now.vector, sample.action, resetKey);
    const chain = policy.recordsChain && mode === "explore" ? sample.chain : undefined;
    rows.add(now.observation, sample.action, chain, step);
    const stale = policy.seesFinalObservation && mode === "explore";
    now = {
      vector,
      observation: stale ? step.finalObservation : step.observation,
      first: ended(step),
    };
  }
  return { rollout: rows.finish(plan.iteration, now.observation), next: now };
}

/** 1 where the episode has ended, in either way. */
const ended = ({ terminated, truncated }: TimeStep): Uint8Array =>
  terminated.map((t, e) => t | truncated[e]);

/** Arrays of N · E rows, allocated at the first chunk. */
function recorder(chunks: number, envs: number, first: Uint8Array) {
  const columns = new Map<string, { width: readonly number[]; data: Float32Array }>();
  const reward = new Float64Array(chunks * envs);
  const terminated = new Uint8Array(chunks * envs), truncated = new Uint8Array(chunks * envs);
  const firsts = new Uint8Array((chunks + 1) * envs);
  firsts.set(first);
  let n = 0;
  const put = (name: string, { shape, data }: Tensor) => {
    const column = columns.get(name) ??
      { width: shape.slice(1), data: new Float32Array(chunks * data.length) };
    columns.set(name, column);
    column.data.set(data, n * data.length);
  };
  const column = (name: string): Tensor | undefined => {
    const found = columns.get(name);
    return found && tensor([chunks * envs, ...found.width], found.data);
  };
  return {
    add(observation: Tensor, action: Tensor, chain: Tensor | undefined, step: TimeStep): void {
      put("observation", observation);
      put("nextObservation", step.finalObservation);
      put("action", action);
      if (chain !== undefined) put("chain", chain);
      reward.set(step.reward, n * envs);
      terminated.set(step.terminated, n * envs);
      truncated.set(step.truncated, n * envs);
      firsts.set(ended(step), ++n * envs);
    },
    finish: (iteration: number, lastObservation: Tensor): Rollout => ({
      iteration,
      chunks,
      envs,
      observation: column("observation")!,
      nextObservation: column("nextObservation")!,
      lastObservation,
      action: column("action")!,
      chain: column("chain"),
      reward,
      terminated,
      truncated,
      first: firsts,
    }),
  };
}
