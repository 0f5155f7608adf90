/**
 * The rectifier.
 *
 *   relu(x) = max(x, 0),  relu′(x) = 1 where x > 0, else 0
 *
 * @module
 */
import { tf } from "../backend.ts";

/** relu(x), element by element. */
export const relu = (x: tf.Tensor): tf.Tensor => tf.relu(x);

tf.unregisterGradient("Relu");
tf.registerGradient({
  kernelName: "Relu",
  inputsToSave: ["x"],
  gradFunc: (dy, [x]) => ({
    x: () => tf.engine().runKernel("ReluGradient", { dy: dy as tf.Tensor, x }) as tf.Tensor,
  }),
});
