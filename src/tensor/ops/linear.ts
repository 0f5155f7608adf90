/**
 * The affine layer.
 *
 *   y = x Wᵀ + b,  ∂x = ∂y W,  ∂W = ∂yᵀ x,  ∂b = Σ_batch ∂y
 *
 * @module
 */
import { tf } from "../backend.ts";

/**
 * @param x    [batch, in]
 * @param weight [out, in], PyTorch's layout
 * @param bias [out]
 * @returns    [batch, out]
 */
export const linear = (x: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor): tf.Tensor =>
  tf.engine().runKernel("Linear", { x, weight, bias });

tf.registerGradient({
  kernelName: "Linear",
  inputsToSave: ["x", "weight"],
  gradFunc: (dy, [x, weight]) => ({
    x: () => tf.matMul(dy as tf.Tensor, weight),
    weight: () => tf.matMul(dy as tf.Tensor, x, true),
    bias: () => tf.sum(dy as tf.Tensor, 0),
  }),
});
