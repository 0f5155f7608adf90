import { assertEquals } from "@std/assert";
import { encodeHex } from "@std/encoding/hex";
import { floats, run } from "./kernel_runs.ts";

/** Every strict kernel on fixed inputs. `tests/aarch64.sh` runs this file on the other architecture. */
function everyKernel(): Uint8Array {
  const x = floats([67, 41], 1, 6), dy = floats([67, 41], 2), positive = floats([67, 41], 1, 6);
  positive.data.forEach((v, i) => positive.data[i] = Math.abs(v) + 1);
  const weight = floats([53, 41], 3), bias = floats([53], 4), row = floats([41], 5);
  const tall = floats([1200, 19], 6), wide = floats([1200, 23], 7);
  const results = [
    run("Linear", { x, weight, bias }),
    run("BatchMatMul", { a: tall, b: wide }, { transposeA: true, transposeB: false }),
    run("BatchMatMul", { a: x, b: dy }, { transposeA: false, transposeB: true }),
    run("Sum", { x: tall }, { axis: [0], keepDims: false }),
    run("Mean", { x: tall }, { axis: [1], keepDims: false }),
    ...["Add", "Sub", "Multiply", "RealDiv", "Maximum", "Minimum"].map((name) =>
      run(name, { a: positive, b: row })
    ),
    ...["Exp", "Mish", "Neg", "Relu", "Square"].map((name) => run(name, { x })),
    run("Sqrt", { x: positive }),
    run("MishGradient", { dy, x }),
    run("ReluGradient", { dy, x }),
    ...["Log", "Tanh", "Sin", "Cos", "Softplus", "Erf"].map((name) => run(name, { x: positive })),
  ];
  return new Uint8Array(results.flatMap((r) => [...new Uint8Array(r.buffer)]));
}

Deno.test("the bytes of every strict kernel are the recorded ones", async () => {
  const digest = await crypto.subtle.digest("SHA-256", everyKernel() as BufferSource);
  assertEquals(
    encodeHex(new Uint8Array(digest)),
    "92658095242200d673be9388f88eccab592bfbd99535e90cd2082820fa7d77dc",
  );
});
