/** Deterministic weights and inputs, so that numbers of the reference can be checked without its random generator. */
import type { LeafSpec } from "../../src/nn/network.ts";
import { layoutOf, type Params, sizeOf } from "../../src/tensor/params.ts";
import { type Tensor, tensor, volume } from "../../src/tensor/tensor.ts";

/** Parameters whose n-th number, n = 1, 2, …, is scale · sin(0.7 n). */
export function waveParams(leaves: readonly LeafSpec[], scale: number): Params {
  const layout = layoutOf(leaves.map((leaf) => [leaf.name, leaf.shape]));
  const data = Float32Array.from(
    { length: sizeOf(layout) },
    (_, i) => scale * Math.sin(0.7 * (i + 1)),
  );
  return { layout, data };
}

/** The tensor whose m-th number, m = 0, 1, …, is 0.9 cos(rate · m). */
export const waveInput = (rate: number, shape: readonly number[]): Tensor =>
  tensor(shape, Float32Array.from({ length: volume(shape) }, (_, m) => 0.9 * Math.cos(rate * m)));
