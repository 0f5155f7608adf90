/** The strict kernels: fixed-width SIMD, no relaxed operation, no memory of their own. Sizes count floats. */
export { adamw, adapg } from "./adam";
export { matmul, matmulScratch } from "./matmul";
export { add, divide, maximum, minimum, multiply, subtract } from "./binary";
export { mishGradient, reluGradient } from "./binary";
export { exp, mish, negate, relu, sqrt, square } from "./unary";
export { sum } from "./sum";
