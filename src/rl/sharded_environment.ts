/**
 * Many environments in parts that are stepped at the same time.
 *
 * @module
 */
import type { Key } from "../rng/key.ts";
import { type Doubles, type Tensor, tensor } from "../tensor/tensor.ts";
import { requireFinite, type VectorEnvironment, type VectorState } from "./vector_environment.ts";

/** What a step of a shard or of the whole leads to. */
export type VectorStep = ReturnType<VectorEnvironment["step"]>;

/** Some neighbouring slots of a whole. */
export interface Shard {
  /** The slots of this shard: `envs` of them from `first` on. */
  readonly first: number;
  readonly envs: number;
  /** Begins what {@link VectorEnvironment.step} does on these slots and returns at once. */
  begin(state: VectorState, action: Tensor, key: Key): void;
  /** Waits for the end of what was begun; throws what the step threw. */
  finish(): VectorStep;
}

/** Cuts `envs` slots into `parts` shards whose sizes differ by one at most; never into empty ones. */
export function slotsOf(envs: number, parts: number): Pick<Shard, "first" | "envs">[] {
  const count = Math.min(envs, parts);
  const bound = (i: number) => Math.floor(i * envs / count);
  return Array.from({ length: count }, (_, i) => ({
    first: bound(i),
    envs: bound(i + 1) - bound(i),
  }));
}

/** Slots of an environment that are stepped here, when their result is asked for. */
export function localShard(
  slots: Pick<Shard, "first" | "envs">,
  { step }: Pick<VectorEnvironment, "step">,
): Shard {
  let run: () => VectorStep;
  return { ...slots, begin: (...input) => void (run = () => step(...input)), finish: () => run() };
}

/**
 * The same environment, to the byte, stepped by shards that together hold all its slots in order. All shards begin
 * before the first is waited for.
 */
export function shardedEnvironment(
  whole: VectorEnvironment,
  shards: readonly Shard[],
): VectorEnvironment {
  return {
    ...whole,
    step(state, action, key) {
      requireFinite(action, whole.spec.name); // A shard would count from its own first slot.
      for (const shard of shards) {
        shard.begin(stateOf(state, shard), rowsOf(action, shard), key);
      }
      // Every shard is waited for, so that none is still at work when the error of another is thrown.
      const results = shards.map(({ finish }) => attempted(finish));
      return joinedSteps(results.map((result) => result()));
    },
  };
}

function attempted<T>(body: () => T): () => T {
  try {
    const value = body();
    return () => value;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

function stateOf(state: VectorState, { first, envs }: Shard): VectorState {
  const { elapsed, begun, inner, history } = state, end = first + envs;
  const rows = (data: Doubles) => {
    const width = data.length / elapsed.length;
    return data.slice(first * width, end * width);
  };
  return {
    inner: rows(inner),
    elapsed: elapsed.slice(first, end),
    begun: begun.slice(first, end),
    history: rows(history),
  };
}

function rowsOf({ shape, data }: Tensor, { first, envs }: Shard): Tensor {
  const width = shape[1];
  return tensor([envs, width], data.slice(first * width, (first + envs) * width));
}

function joinedSteps(steps: readonly VectorStep[]): VectorStep {
  const states = steps.map(([state]) => state), ends = steps.map(([, step]) => step);
  return [{
    inner: joined(Float64Array, states.map((s) => s.inner)),
    elapsed: joined(Int32Array, states.map((s) => s.elapsed)),
    begun: joined(Int32Array, states.map((s) => s.begun)),
    history: joined(Float64Array, states.map((s) => s.history)),
  }, {
    observation: joinedRows(ends.map((s) => s.observation)),
    reward: joined(Float64Array, ends.map((s) => s.reward)),
    terminated: joined(Uint8Array, ends.map((s) => s.terminated)),
    truncated: joined(Uint8Array, ends.map((s) => s.truncated)),
    finalObservation: joinedRows(ends.map((s) => s.finalObservation)),
  }];
}

function joinedRows(parts: readonly Tensor[]): Tensor {
  const data = joined(Float32Array, parts.map((part) => part.data));
  const width = parts[0].shape[1];
  return tensor([data.length / width, width], data);
}

/** Parts one after another. */
function joined<A extends { set(part: ArrayLike<number>, at: number): void }>(
  Kind: new (length: number) => A,
  parts: readonly ArrayLike<number>[],
): A {
  const out = new Kind(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
