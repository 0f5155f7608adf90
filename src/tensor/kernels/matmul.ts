/**
 * Matrix products.
 *
 * @module
 */
import type { TensorInfo } from "@tensorflow/tfjs";
import { address, output, withScratch } from "./heap.ts";
import type { Kernel } from "./install.ts";
import { native } from "./native.ts";

/** y = x Wᵀ + b. */
export const linear: Kernel = ({ x, weight, bias }) => multiply(x, weight, false, true, bias);

/** op(a) op(b) of two matrices. */
export const batchMatMul: Kernel = ({ a, b }, { transposeA, transposeB }) =>
  a.shape.length === 2 && b.shape.length === 2
    ? multiply(a, b, Boolean(transposeA), Boolean(transposeB))
    : undefined;

function multiply(
  a: TensorInfo,
  b: TensorInfo,
  transposeA: boolean,
  transposeB: boolean,
  bias?: TensorInfo,
): TensorInfo {
  const [m, k] = transposeA ? [a.shape[1], a.shape[0]] : a.shape;
  const [n, depth] = transposeB ? b.shape : [b.shape[1], b.shape[0]];
  if (k !== depth || (bias !== undefined && bias.shape[0] !== n)) {
    throw new RangeError(
      `Cannot multiply: found [${m}, ${k}] by [${depth}, ${n}] plus [${bias?.shape ?? ""}]`,
    );
  }
  const c = output([m, n]), from = [address(a), address(b), bias ? address(bias) : 0] as const;
  withScratch(
    native.matmulScratch(m, n, k, transposeA, transposeB),
    (scratch) => native.matmul(...from, address(c), scratch, m, n, k, transposeA, transposeB),
  );
  return c;
}
