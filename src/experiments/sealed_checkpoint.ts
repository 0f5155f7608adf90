/**
 * Checkpoints as a tree and its arrays, ready to be written and to be compared.
 *
 * @module
 */
import { digestOf } from "../provenance/digest.ts";
import { restore, snapshot } from "../provenance/snapshot.ts";
import type { Json } from "../provenance/strict_json.ts";
import type { Checkpoint } from "./run_cell.ts";

/** A checkpoint taken apart; it can travel between workers and to disk. */
export interface SealedCheckpoint {
  readonly iteration: number;
  readonly tree: Json;
  readonly blobs: ReadonlyMap<string, Uint8Array>;
  readonly digests: IterationDigests;
  readonly metrics: Json;
}

/** What an iteration is compared by: everything that it saw and everything that it left. */
export interface IterationDigests {
  readonly iteration: number;
  readonly rollout: string;
  readonly state: string;
}

/** Takes a checkpoint apart. */
export function seal<S>({ iteration, state, rollouts, record }: Checkpoint<S>): SealedCheckpoint {
  const { tree, blobs } = snapshot({ iteration, state, rollouts, record });
  const { mode, rollout, metrics } = record;
  return {
    iteration,
    tree,
    blobs,
    digests: { iteration, rollout, state: digestOf(tree) },
    metrics: { iteration, mode, ...jsonNumbers(metrics) },
  };
}

/**
 * Puts a checkpoint together again.
 *
 * @throws {RangeError} when an array is corrupt
 */
export const unseal = <S>(tree: Json, blob: (digest: string) => Uint8Array): Checkpoint<S> =>
  restore(tree, blob) as Checkpoint<S>;

/** Numbers as JSON, those that it cannot hold as text. */
const jsonNumbers = (metrics: Readonly<Record<string, number>>): Record<string, number | string> =>
  Object.fromEntries(
    Object.entries(metrics).map(([name, x]) => [name, Number.isFinite(x) ? x : String(x)]),
  );
