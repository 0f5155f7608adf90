import { assertEquals } from "@std/assert";
import { layoutOf, type Params } from "../../src/tensor/params.ts";
import type { Floats } from "../../src/tensor/tensor.ts";
import { ADAMW, make, READINGS, slots } from "./lab.ts";

const SPECIAL = [0, -0, 1.4e-45, -1e-40, 1e-38, 8.4e-22, -1e-11, 3, -1e20];

/** Numbers of every size that float32 holds, zeros and denormal ones among them. */
const wild = (size: number, seed: number): Float32Array =>
  Float32Array.from({ length: size }, (_, j) => {
    const x = Math.sin(12.9898 * j + seed), k = Math.floor(Math.abs(x) * 1e6) % 40;
    return SPECIAL[k] ?? x * 10 ** (k % 14 - 11);
  });

const params = (data: Float32Array | Float64Array): Params => ({
  layout: layoutOf([["w", [data.length]]]),
  data: data as unknown as Floats,
});

const bytes = ({ data }: Params): Uint8Array =>
  new Uint8Array((data as Float32Array).buffer as ArrayBuffer);

Deno.test("the kernels of AdamW and ADAPG give the bytes of the loops, which a gradient in float64 runs", () => {
  // Blocks have 8192 coordinates.
  for (const size of [1, 2, 3, 5, 8191, 8193, 16389]) {
    for (const subject of [ADAMW, ...READINGS]) {
      for (const eps of [1e-11, 1e-8]) {
        const optimizer = make(subject, { eps, weightDecay: 0.1 });
        let byKernel = optimizer.init(params(wild(size, 1))), byLoop = byKernel;
        for (const seed of [2, 3, 4]) {
          const g = wild(size, seed);
          byKernel = optimizer.step(byKernel, params(g));
          byLoop = optimizer.step(byLoop, params(Float64Array.from(g)));
        }
        for (const [slot, vector] of Object.entries(slots(byKernel))) {
          assertEquals(bytes(vector), bytes(slots(byLoop)[slot]), `${subject.label}, ${slot}`);
        }
      }
    }
  }
});
