/**
 * A network is a list of leaves and a pure function of them.
 *
 * @module
 */
import type { tf } from "../tensor/backend.ts";
import type { Nodes } from "../tensor/engine.ts";
import { layoutOf, type Params, sizeOf } from "../tensor/params.ts";
import type { Floats } from "../tensor/tensor.ts";
import { type Key, split } from "../rng/key.ts";
import { normal, uniform } from "../rng/draw.ts";

/** A leaf and how it starts: uniform in ±bound, normal with mean 0, or constant. */
export interface LeafSpec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly init:
    | { readonly bound: number }
    | { readonly std: number }
    | { readonly constant: number };
}

/** A pure function of named leaves; `Inputs` are the tensors it takes besides them. */
export interface Network<Inputs extends readonly tf.Tensor[] = readonly tf.Tensor[]> {
  readonly leaves: readonly LeafSpec[];
  apply(weights: Nodes, ...inputs: Inputs): tf.Tensor;
}

/** Initial parameters of a network, one key per leaf. */
export function initialize(network: Pick<Network, "leaves">, key: Key): Params {
  const layout = layoutOf(network.leaves.map((l) => [l.name, l.shape]));
  const data = new Float32Array(sizeOf(layout));
  split(key, layout.length).forEach((leafKey, i) => {
    const { offset, size } = layout[i];
    data.set(drawLeaf(network.leaves[i].init, leafKey, size), offset);
  });
  return { layout, data };
}

function drawLeaf(init: LeafSpec["init"], key: Key, size: number): Floats {
  if ("bound" in init) return uniform(key, [size], -init.bound, init.bound).data;
  if ("std" in init) return normal(key, [size]).data.map((z) => z * init.std);
  return new Float32Array(size).fill(init.constant);
}

/** The same network with every leaf name prefixed, so that networks can share one `Params`. */
export function prefixed<I extends readonly tf.Tensor[]>(
  prefix: string,
  network: Network<I>,
): Network<I> {
  return {
    leaves: network.leaves.map((l) => ({ ...l, name: prefix + l.name })),
    apply: (weights, ...inputs) =>
      network.apply(
        Object.fromEntries(network.leaves.map((l) => [l.name, weights[prefix + l.name]])),
        ...inputs,
      ),
  };
}
