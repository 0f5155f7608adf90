import { assertEquals } from "@std/assert";
import { tf } from "../../src/tensor/backend.ts";
import { evaluate, valueAndGrad } from "../../src/tensor/engine.ts";
import { leafOf, paramsOf } from "../../src/tensor/params.ts";
import { tensor } from "../../src/tensor/tensor.ts";
import { releaseUploads } from "../../src/tensor/upload.ts";

const params = paramsOf({ a: tensor([2], [1, 2]), b: tensor([1], [3]) });
const frozen = { k: paramsOf({ c: tensor([2], [5, 7]) }) };

Deno.test("valueAndGrad() gives value, gradient and auxiliary values; an unreached leaf has gradient 0", () => {
  const { value, grads, aux } = valueAndGrad(params, frozen, {}, ({ a }, { k }) => {
    const product = tf.mul(a, k.c);
    return { loss: tf.sum(tf.mul(product, a)), aux: { product, a, c: k.c } };
  });
  assertEquals(value, 33);
  assertEquals([...leafOf(grads, "a").data], [10, 28]);
  assertEquals([...leafOf(grads, "b").data], [0]);
  assertEquals([...aux.product.data], [5, 14]);
  assertEquals([...aux.a.data], [1, 2]);
  assertEquals([...aux.c.data], [5, 7]);
});

Deno.test("scopes leave nothing on the heap but kept uploads, which can be freed", () => {
  releaseUploads();
  const before = tf.memory().numTensors, inputs = { x: tensor([2], [1, 1]) };
  for (let i = 0; i < 3; i++) {
    evaluate(frozen, inputs, ({ k }, { x }) => ({ y: tf.add(k.c, x) }));
    valueAndGrad(params, frozen, inputs, ({ a }, { k }, { x }) => ({
      loss: tf.sum(tf.mul(a, tf.add(k.c, x))),
      aux: { a, x },
    }));
    assertEquals(tf.memory().numTensors, before + 1);
  }
  releaseUploads();
  assertEquals(tf.memory().numTensors, before);
});
