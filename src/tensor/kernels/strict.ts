/**
 * The kernels of strict numerics: the same bytes on every machine.
 *
 * @module
 */
import { binary, gradient, unary } from "./elementwise.ts";
import { identity } from "./identity.ts";
import type { Kernels } from "./install.ts";
import { batchMatMul, linear, strictProduct } from "./matmul.ts";
import { reduction } from "./reduce.ts";

/** By TensorFlow.js's names; `Linear`, `Mish` and the gradients belong to `src/tensor/ops`. */
export const strictKernels: Kernels = {
  Add: binary("add"),
  BatchMatMul: batchMatMul(strictProduct),
  Exp: unary("exp"),
  Identity: identity,
  Linear: linear(strictProduct),
  Maximum: binary("maximum"),
  Mean: reduction("mean"),
  Minimum: binary("minimum"),
  Mish: unary("mish"),
  MishGradient: gradient("mishGradient"),
  Multiply: binary("multiply"),
  Neg: unary("negate"),
  RealDiv: binary("divide"),
  Relu: unary("relu"),
  ReluGradient: gradient("reluGradient"),
  Sqrt: unary("sqrt"),
  Square: unary("square"),
  Sub: binary("subtract"),
  Sum: reduction("sum"),
};
