import { assert, assertEquals } from "@std/assert";
import { tf } from "../../src/tensor/backend.ts";
import { evaluate, valueAndGrad } from "../../src/tensor/engine.ts";
import { linear } from "../../src/tensor/ops/linear.ts";
import { mish } from "../../src/tensor/ops/mish.ts";
import { paramsOf } from "../../src/tensor/params.ts";
import { releaseUploads } from "../../src/tensor/upload.ts";
import { backend } from "../../src/tensor/wasm_backend.ts";
import { floats, run } from "./kernel_runs.ts";

const params = paramsOf({ w: floats([6, 5], 1), b: floats([6], 2) });
const x = floats([4, 5], 3);

const gradient = () =>
  valueAndGrad(params, {}, { x }, ({ w, b }, _, { x }) => ({
    loss: tf.mean(tf.square(mish(linear(x, w, b)))),
  }));
const value = () => evaluate({ p: params }, { x }, ({ p }, { x }) => ({ y: linear(x, p.w, p.b) }));

Deno.test("kernels leave no tensor and no memory behind", () => {
  releaseUploads();
  const before = tf.memory(), ids = backend.numDataIds();
  for (let i = 0; i < 20; i++) gradient(), value();
  releaseUploads();
  assertEquals(tf.memory().numTensors, before.numTensors);
  assertEquals(tf.memory().numBytes, before.numBytes);
  assertEquals(backend.numDataIds(), ids);
});

Deno.test("results do not change when the heap grows around resident weights", () => {
  const first = value(), grads = gradient().grads.data;
  const size = () => (backend.wasm as unknown as { HEAPU8: Uint8Array }).HEAPU8.length;
  const before = size();
  tf.tidy(() => {
    const filler = Array.from({ length: 8 }, () => tf.zeros([1 << 20]));
    assert(size() > before, "the heap grew");
    assertEquals(value(), first);
    assertEquals(gradient().grads.data, grads);
    return filler[0].dataSync()[0];
  });
  assertEquals(value(), first);
});

Deno.test("a clone outlives its original", () => {
  const original = tf.tensor1d([1, 2, 3]), clone = original.clone();
  original.dispose();
  assertEquals([...clone.dataSync()], [1, 2, 3]);
  const ids = backend.numDataIds();
  clone.dispose();
  assertEquals(backend.numDataIds(), ids - 1);
});

Deno.test("kernels give the same bytes twice", () => {
  const a = floats([37, 29], 4), b = floats([29, 23], 5);
  const product = () => run("BatchMatMul", { a, b }, { transposeA: false, transposeB: false });
  assertEquals(product(), product());
  assertEquals(gradient(), gradient());
});
