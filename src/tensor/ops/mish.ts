/**
 * Mish.
 *
 *   mish(x) = x tanh(ln(1 + eˣ)) = x r(x),  r = n / (n + 2),  n = eˣ (eˣ + 2)
 *   mish′(x) = r + x r′,                    r′ = 4 eˣ (eˣ + 1) / (n + 2)²
 *
 * Above 20 both r and mish′ are 1 in float32, so the exponent is capped there.
 *
 * @see Misra 2019, "Mish: a self regularized non-monotonic activation function"
 * @module
 */
import { tf } from "../backend.ts";

/** mish(x), element by element. */
export const mish = (x: tf.Tensor): tf.Tensor => tf.engine().runKernel("Mish", { x });

tf.registerGradient({
  kernelName: "Mish",
  inputsToSave: ["x"],
  gradFunc: (dy, [x]) => ({
    x: () => tf.engine().runKernel("MishGradient", { dy: dy as tf.Tensor, x }) as tf.Tensor,
  }),
});
