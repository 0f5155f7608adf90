/**
 * Scopes in which tensors live: arrays in, arrays out, nothing left on the backend's heap.
 *
 * @module
 */
import { tf } from "./backend.ts";
import type { Params } from "./params.ts";
import type { Floats, Tensor } from "./tensor.ts";
import { type Nodes, residentNodes, upload, uploadLeaves } from "./upload.ts";

export type { Nodes } from "./upload.ts";

/** Named arrays that enter or leave a scope. */
export type Arrays = Readonly<Record<string, Tensor>>;

/** Named parameters that a scope reads without differentiating. */
export type Frozen = Readonly<Record<string, Params>>;

type FrozenNodes<F extends Frozen> = { readonly [K in keyof F]: Nodes };
type ArrayNodes<A extends Arrays> = { readonly [K in keyof A]: tf.Tensor };

/** A loss inside a scope: a scalar and, optionally, further values to copy out. */
export interface LossNodes {
  readonly loss: tf.Tensor;
  readonly aux?: Nodes;
}

/** A loss with its gradient; `grads` has the layout of the parameters it was taken for. */
export interface ValueAndGrad {
  readonly value: number;
  readonly grads: Params;
  readonly aux: Arrays;
}

/**
 * Evaluates `f` on frozen parameters and inputs, and copies its results out. Uploads of `frozen` are kept
 * on the heap and reused while the same `Params` object is passed again.
 */
export function evaluate<F extends Frozen, A extends Arrays>(
  frozen: F,
  inputs: A,
  f: (frozen: FrozenNodes<F>, inputs: ArrayNodes<A>) => Nodes,
): Arrays {
  const weights = residentAll(frozen);
  return inScope(() => download(f(weights, uploadAll(inputs))));
}

/**
 * The value of a scalar loss and its gradient with respect to every leaf of `params`.
 *
 * A leaf that the loss does not reach has gradient 0.
 */
export function valueAndGrad<F extends Frozen, A extends Arrays>(
  params: Params,
  frozen: F,
  inputs: A,
  loss: (params: Nodes, frozen: FrozenNodes<F>, inputs: ArrayNodes<A>) => LossNodes,
): ValueAndGrad {
  const constants = residentAll(frozen);
  return inScope(() => {
    const nodes = uploadLeaves(params), x = uploadAll(inputs);
    let aux: Nodes = {};
    const leaves = params.layout.map((leaf) => nodes[leaf.name]);
    const { value, grads } = tf.engine().gradients(
      () => {
        const result = loss(nodes, constants, x);
        aux = kept(result.aux ?? {});
        return result.loss;
      },
      leaves,
      undefined,
      true,
    );
    const copied = download(aux);
    tf.dispose(aux);
    return { value: value.dataSync()[0], grads: collect(params, grads), aux: copied };
  });
}

function inScope<T>(body: () => T): T {
  tf.engine().startScope();
  try {
    return body();
  } finally {
    tf.engine().endScope();
  }
}

function residentAll<F extends Frozen>(frozen: F): FrozenNodes<F> {
  return Object.fromEntries(
    Object.entries(frozen).map(([k, p]) => [k, residentNodes(p)]),
  ) as FrozenNodes<F>;
}

function uploadAll<A extends Arrays>(inputs: A): ArrayNodes<A> {
  return Object.fromEntries(
    Object.entries(inputs).map(([k, t]) => [k, upload(t.shape, t.data)]),
  ) as ArrayNodes<A>;
}

/** Nodes of the same values that the end of a forward pass does not free. */
const kept = (nodes: Nodes): Nodes =>
  Object.fromEntries(Object.entries(nodes).map(([k, t]) => [k, tf.keep(tf.clone(t))]));

/** One gradient vector in the layout of `params`; unreached leaves stay 0. */
function collect(params: Params, grads: readonly (tf.Tensor | undefined)[]): Params {
  const data = new Float32Array(params.data.length);
  params.layout.forEach((leaf, i) => {
    const grad = grads[i];
    if (grad !== undefined) data.set(grad.dataSync(), leaf.offset);
  });
  return { layout: params.layout, data };
}

const download = (nodes: Nodes): Arrays =>
  Object.fromEntries(Object.entries(nodes).map(([k, t]) => [k, { shape: t.shape, data: read(t) }]));

/** A copy of a node's values; reading from the wasm heap always copies. */
const read = (node: tf.Tensor): Floats => node.dataSync() as Float32Array;
