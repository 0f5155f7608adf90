/**
 * Rows of tensors: selections, and networks applied to many of them.
 *
 * @module
 */
import type { tf } from "../tensor/backend.ts";
import {
  type Arrays,
  evaluate,
  type Frozen,
  type LossNodes,
  type Nodes,
  type ValueAndGrad,
  valueAndGrad,
} from "../tensor/engine.ts";
import type { Params } from "../tensor/params.ts";
import { type Tensor, tensor, volume } from "../tensor/tensor.ts";

/** The rows of `source` at `indices`, in their order; rows are along the first axis. */
export function takeRows(source: Tensor, indices: ArrayLike<number>): Tensor {
  const inner = source.shape.slice(1), width = volume(inner);
  const out = new Float32Array(indices.length * width);
  for (let i = 0; i < indices.length; i++) {
    const start = indices[i] * width;
    out.set(source.data.subarray(start, start + width) as Float32Array, i * width);
  }
  return tensor([indices.length, ...inner], out);
}

/** Rows from … to − 1, sharing memory. */
export function sliceRows(source: Tensor, from: number, to: number): Tensor {
  const inner = source.shape.slice(1), width = volume(inner);
  return { shape: [to - from, ...inner], data: source.data.subarray(from * width, to * width) };
}

/** Arrays with the same number of rows. */
type Rows = Arrays;
type Weights<F extends Frozen> = { readonly [K in keyof F]: Nodes };
type RowNodes<A extends Rows> = { readonly [K in keyof A]: tf.Tensor };

/** `f` of all rows of the inputs, in passes of at most `size` rows to bound memory. */
export function evaluateRows<F extends Frozen, A extends Rows>(
  frozen: F,
  inputs: A,
  size: number,
  f: (frozen: Weights<F>, rows: RowNodes<A>) => tf.Tensor,
): Tensor {
  const passes = split(inputs, size);
  return joinRows(
    passes.map((rows) => evaluate(frozen, rows, (w, x) => ({ result: f(w, x) })).result),
  );
}

/**
 * Value and gradient of a loss that is a mean over rows, in passes of at most `size` rows: the means of the
 * passes weighted by their rows. Of `aux`, scalars are averaged likewise and rows put together.
 */
export function valueAndGradRows<A extends Rows>(
  params: Params,
  inputs: A,
  size: number,
  loss: (params: Nodes, rows: RowNodes<A>) => LossNodes,
): ValueAndGrad {
  const passes = split(inputs, size);
  const results = passes.map((rows) => valueAndGrad(params, {}, rows, (w, _, x) => loss(w, x)));
  if (results.length === 1) return results[0];
  const counts = passes.map((rows) => rowCount(rows)), all = counts.reduce((a, b) => a + b);
  const mean = (of: (result: ValueAndGrad) => number) =>
    results.reduce((sum, result, i) => sum + of(result) * counts[i] / all, 0);
  const data = params.data.map((_, j) => mean((result) => result.grads.data[j]));
  const aux = Object.keys(results[0].aux).map((name) => {
    const found = results.map((result) => result.aux[name]);
    const scalar = found[0].shape.length === 0;
    return [name, scalar ? tensor([], [mean((r) => r.aux[name].data[0])]) : joinRows(found)];
  });
  return {
    value: mean((result) => result.value),
    grads: { layout: params.layout, data },
    aux: Object.fromEntries(aux),
  };
}

const rowCount = (inputs: Rows): number => Object.values(inputs)[0].shape[0];

/** Consecutive parts of all inputs, `size` rows each, the last one maybe fewer. */
function split<A extends Rows>(inputs: A, size: number): readonly A[] {
  const rows = rowCount(inputs);
  if (rows <= size) return [inputs];
  const part = (from: number) =>
    Object.entries(inputs).map((
      [name, x],
    ) => [name, sliceRows(x, from, Math.min(rows, from + size))]);
  return Array.from(
    { length: Math.ceil(rows / size) },
    (_, i) => Object.fromEntries(part(i * size)) as A,
  );
}

/** Rows of all tensors, one after another. */
function joinRows(tensors: readonly Tensor[]): Tensor {
  if (tensors.length === 1) return tensors[0];
  const rows = tensors.reduce((n, { shape }) => n + shape[0], 0);
  const shape = [rows, ...tensors[0].shape.slice(1)], data = new Float32Array(volume(shape));
  let at = 0;
  for (const part of tensors) {
    data.set(part.data as Float32Array, at);
    at += part.data.length;
  }
  return tensor(shape, data);
}
