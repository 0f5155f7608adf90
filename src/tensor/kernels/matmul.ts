/**
 * Matrix products.
 *
 * @module
 */
import type { TensorInfo } from "@tensorflow/tfjs";
import { address, output, withScratch } from "./heap.ts";
import type { Kernel } from "./install.ts";
import { native } from "./native.ts";

/**
 *   C = op(A) op(B) + bias in every row,   op(A) [m, k], op(B) [k, n], C [m, n]
 *
 * for row-major matrices at byte addresses of the heap; without bias its address is 0.
 */
export type Product = (
  a: number,
  b: number,
  bias: number,
  c: number,
  m: number,
  n: number,
  k: number,
  transposeA: boolean,
  transposeB: boolean,
) => void;

/** The product with the same bytes on every machine. */
export const strictProduct: Product = (a, b, bias, c, m, n, k, transposeA, transposeB) =>
  withScratch(
    native.matmulScratch(m, n, k, transposeA, transposeB),
    (scratch) => native.matmul(a, b, bias, c, scratch, m, n, k, transposeA, transposeB),
  );

/** y = x Wᵀ + b. */
export const linear = (product: Product): Kernel => ({ x, weight, bias }) =>
  multiply(product, x, weight, false, true, bias);

/** op(a) op(b) of two matrices. */
export const batchMatMul = (product: Product): Kernel => ({ a, b }, { transposeA, transposeB }) =>
  a.shape.length === 2 && b.shape.length === 2
    ? multiply(product, a, b, Boolean(transposeA), Boolean(transposeB))
    : undefined;

function multiply(
  product: Product,
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
  product(...from, address(c), m, n, k, transposeA, transposeB);
  return c;
}
