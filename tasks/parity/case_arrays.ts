/**
 * Stored arrays as this package takes them: float32, with weights as parameters.
 *
 * @module
 */
import { optimizerOf } from "../../src/optim/mod.ts";
import type { Nodes } from "../../src/tensor/engine.ts";
import { leafOf, type Params, paramsOf } from "../../src/tensor/params.ts";
import { type Tensor, volume } from "../../src/tensor/tensor.ts";
import type { ParityCase, StoredArray } from "./case.ts";
import { torchOptimizer } from "./torch_optimizer.ts";

/** Results by stored name. */
export type Results = Readonly<Record<string, ArrayLike<number>>>;

/** The array in float32. */
export const tensorOf = ({ shape, data }: StoredArray): Tensor => ({
  shape,
  data: Float32Array.from(data),
});

/** The array in float32 with all sizes after the first `leading` multiplied: chunks and histories flat. */
export function flatTensor(array: StoredArray, leading = 1): Tensor {
  const { shape } = array;
  return {
    ...tensorOf(array),
    shape: [...shape.slice(0, leading), volume(shape.slice(leading))],
  };
}

/** The sizes that a case's arrays tell: of chunks [.., H, Da] and histories [B, To, Do]. */
export function sizesOf(chunk: StoredArray, state: StoredArray) {
  const [horizon_steps, action_dim] = chunk.shape.slice(-2);
  return { horizon_steps, action_dim, cond_dim: state.shape[1] * state.shape[2] };
}

/** The leaves stored under `w/` whose name starts with `prefix`, with the prefix removed. */
export function weightsOf({ arrays }: ParityCase, prefix = ""): Params {
  const start = `w/${prefix}`;
  return paramsOf(
    Object.fromEntries(
      Object.keys(arrays).filter((name) => name.startsWith(start))
        .map((name) => [name.slice(start.length), tensorOf(arrays[name])]),
    ),
  );
}

/** The nodes whose name starts with `prefix`, with the prefix removed. */
export const nodesUnder = (nodes: Nodes, prefix: string): Nodes =>
  Object.fromEntries(
    Object.entries(nodes).filter(([name]) => name.startsWith(prefix))
      .map(([name, node]) => [name.slice(prefix.length), node]),
  );

/** Every leaf under `<group>/<prefix><leaf>`. */
export const namedLeaves = (group: string, params: Params, prefix = ""): Results =>
  Object.fromEntries(
    params.layout.map(({ name }) => [`${group}/${prefix}${name}`, leafOf(params, name).data]),
  );

/** Parameters after one step of the optimizer that `config` names as torch does; `lr` replaces its rate. */
export function stepped(
  params: Params,
  grads: Params,
  // deno-lint-ignore no-explicit-any
  { type, ...config }: any,
): Params {
  const { optimizer, options } = torchOptimizer(type, config);
  const instance = optimizerOf(optimizer, options);
  return instance.step(instance.init(params), grads).theta;
}
