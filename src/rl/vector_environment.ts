/**
 * Many environments side by side on one simulator, stepped by batches of action chunks.
 *
 * @module
 */
import { address, type Key } from "../rng/key.ts";
import { NonFiniteError } from "../tensor/non_finite.ts";
import { type Doubles, type Tensor, tensor } from "../tensor/tensor.ts";
import type { EnvSpec } from "./environment.ts";
import { type ChunkEnvironment, type ChunkState, stepAndRestart } from "./multi_step.ts";
import type { TimeStep } from "./rollout_types.ts";

/** Everything that E environments remember, as plain arrays: a run resumes from them bit for bit. */
export interface VectorState {
  /** [E, n]: states of the inner environment. */
  readonly inner: Doubles;
  /** [E]: control steps since the episode's start. */
  readonly elapsed: Int32Array;
  /** [E]: episodes begun with the current key. */
  readonly begun: Int32Array;
  /** [E, To · Do]: observation stacks. */
  readonly history: Doubles;
}

/** E environments. A key addresses the initial states of all episodes that begin under it, by slot and count. */
export interface VectorEnvironment {
  readonly spec: EnvSpec;
  readonly envs: number;
  readonly observationSteps: number;
  /** Every environment at the start of its episode 0 under `key`. */
  reset(key: Key): VectorState;
  /** The same states, with episodes counted from 0 again, for a new key. */
  recount(state: VectorState): VectorState;
  /** [E, To · Do] of a state. */
  observation(state: VectorState): Tensor;
  /**
   * One chunk each. Where an episode ends, the next one begins at once.
   *
   * @param action [E, A · Da]
   * @throws {NonFiniteError} when an action is not finite
   */
  step(state: VectorState, action: Tensor, key: Key): readonly [VectorState, TimeStep];
}

/**
 * `envs` copies of an environment whose states are flat arrays.
 *
 * @param firstSlot where this part begins of the slots that a larger whole is divided into
 */
export function vectorEnvironment(
  env: ChunkEnvironment<Doubles>,
  envs: number,
  firstSlot = 0,
): VectorEnvironment {
  const { spec, observationSteps } = env, width = observationSteps * spec.observationSize;
  const episodeKey = (key: Key, slot: number, count: number) =>
    address(key, firstSlot + slot, count);
  const observation = ({ history }: VectorState) => rowsToTensor(history, envs, width);
  return {
    spec,
    envs,
    observationSteps,
    observation,
    reset: (key) => {
      const states = Array.from({ length: envs }, (_, e) => env.reset(episodeKey(key, e, 0)));
      return packed(states, new Int32Array(envs).fill(1));
    },
    recount: (state) => ({ ...state, begun: new Int32Array(envs) }),
    step(state, action, key) {
      requireFinite(action, spec.name);
      const chunks = Float64Array.from(action.data), size = chunks.length / envs;
      const begun = state.begun.slice();
      const steps = unpacked(state).map((one, e) =>
        stepAndRestart(
          env,
          one,
          chunks.subarray(e * size, (e + 1) * size),
          () => episodeKey(key, e, begun[e]++),
        )
      );
      const next = packed(steps.map((s) => s.state), begun);
      const final = steps.map((s) => s.finalObservation ?? s.state.history);
      return [next, {
        observation: observation(next),
        reward: Float64Array.from(steps, (s) => s.reward),
        terminated: Uint8Array.from(steps, (s) => Number(s.terminated)),
        truncated: Uint8Array.from(steps, (s) => Number(s.truncated)),
        finalObservation: rowsToTensor(joined(final), envs, width),
      }];
    },
  };
}

const rowsToTensor = (rows: Doubles, envs: number, width: number): Tensor =>
  tensor([envs, width], Float32Array.from(rows));

function packed(states: readonly ChunkState<Doubles>[], begun: Int32Array): VectorState {
  return {
    inner: joined(states.map((s) => s.inner)),
    elapsed: Int32Array.from(states, (s) => s.elapsed),
    begun,
    history: joined(states.map((s) => s.history)),
  };
}

function unpacked({ inner, elapsed, history }: VectorState): ChunkState<Doubles>[] {
  const n = inner.length / elapsed.length, width = history.length / elapsed.length;
  return Array.from(elapsed, (steps, e) => ({
    inner: inner.subarray(e * n, (e + 1) * n),
    elapsed: steps,
    history: history.subarray(e * width, (e + 1) * width),
  }));
}

/** Rows of equal length, one after another. */
function joined(rows: readonly Doubles[]): Doubles {
  const out = new Float64Array(rows.length * rows[0].length);
  rows.forEach((row, i) => out.set(row, i * row.length));
  return out;
}

/** @throws {NonFiniteError} with the index of the first number that is not finite */
export function requireFinite({ data }: Tensor, name: string): void {
  const at = data.findIndex((x) => !Number.isFinite(x));
  if (at >= 0) throw new NonFiniteError(`step ${name}`, "action", `[${at}]`, data[at]);
}
