/**
 * The affine layer y = x Wᵀ + b, with a gradient whose matrix products have no transposed operand.
 *
 * The stock gradient of a matrix product asks the wasm backend for transposed products, which it runs as a
 * scalar loop; transposing explicitly first is about ten times faster.
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
export function linear(x: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor): tf.Tensor {
  return affine(x as tf.Tensor2D, weight as tf.Tensor2D, bias as tf.Tensor1D);
}

const affine = tf.customGrad((...inputs: (tf.Tensor | tf.GradSaveFunc)[]) => {
  const [x, weight, bias, save] = inputs as [
    tf.Tensor2D,
    tf.Tensor2D,
    tf.Tensor1D,
    tf.GradSaveFunc,
  ];
  save([x, weight]);
  return {
    value: tf.add(tf.matMul(x, tf.transpose(weight)), bias),
    gradFunc: (dy: tf.Tensor, [x, weight]: tf.Tensor[]) => [
      tf.matMul(dy as tf.Tensor2D, weight as tf.Tensor2D),
      tf.matMul(tf.transpose(dy) as tf.Tensor2D, x as tf.Tensor2D),
      tf.sum(dy, 0),
    ],
  };
});
