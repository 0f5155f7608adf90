/**
 * Adaptive Diffusion Policy Optimization as pure functions.
 *
 * @module
 */
export { address, foldIn, type Key, key, split } from "./src/rng/key.ts";
export { bits, categorical, integers, normal, permutation, uniform } from "./src/rng/draw.ts";
export { type Floats, type Tensor, tensor, zeros } from "./src/tensor/tensor.ts";
export { type Leaf, leafOf, type Params, paramsOf } from "./src/tensor/params.ts";
export { evaluate, valueAndGrad } from "./src/tensor/engine.ts";
export * from "./src/optim/mod.ts";
export {
  interquartileMean,
  optimalityGap,
  performanceProfile,
  probabilityOfImprovement,
} from "./src/stats/aggregate.ts";
