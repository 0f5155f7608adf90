/**
 * Copies arrays onto the backend's heap. Parameters read again and again (a frozen actor, a policy during a
 * rollout) stay there while the same `Params` object keeps coming back.
 *
 * @module
 */
import { tf } from "./backend.ts";
import type { Params } from "./params.ts";
import type { Floats } from "./tensor.ts";

/** Named tensors inside a scope. */
export type Nodes = Readonly<Record<string, tf.Tensor>>;

/** A fresh tensor in the current scope. */
export const upload = (shape: readonly number[], data: Floats): tf.Tensor =>
  tf.tensor(data as Float32Array, [...shape], "float32");

/** One tensor per leaf in the current scope. */
export const uploadLeaves = (params: Params): Nodes =>
  Object.fromEntries(
    params.layout.map((
      l,
    ) => [l.name, upload(l.shape, params.data.subarray(l.offset, l.offset + l.size))]),
  );

/** How many parameter sets may stay uploaded; the least recently used one goes first. */
const CAPACITY = 8;
const resident = new Map<Params, Nodes>();

/** The leaves of `params`, uploaded at the first call for this object and reused after it. */
export function residentNodes(params: Params): Nodes {
  const nodes = resident.get(params) ?? keepAll(params);
  resident.delete(params);
  resident.set(params, nodes);
  if (resident.size > CAPACITY) release(resident.keys().next().value!);
  return nodes;
}

function keepAll(params: Params): Nodes {
  const nodes = uploadLeaves(params);
  Object.values(nodes).forEach((node) => tf.keep(node));
  return nodes;
}

function release(params: Params): void {
  tf.dispose(resident.get(params)!);
  resident.delete(params);
}

/** Frees every upload that is kept, so that `tf.memory()` counts nothing of ours. */
export function releaseUploads(): void {
  [...resident.keys()].forEach(release);
}
