import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { installBlas } from "../../src/adapters/blas.ts";
import { tf } from "../../src/tensor/backend.ts";
import { install } from "../../src/tensor/kernels/install.ts";
import { strictKernels } from "../../src/tensor/kernels/strict.ts";
import { floats, product, run } from "../tensor/kernel_runs.ts";

const size = (max: number) => fc.integer({ min: 1, max });
const EPS = 2 ** -23;

/** The result of `f` with BLAS and without. */
function both<T>(f: () => T, threads = 1): { readonly blas: T; readonly strict: T } {
  installBlas({ threads });
  const blas = f();
  install(strictKernels);
  return { blas, strict: f() };
}

Deno.test("BLAS computes op(a) op(b) in every shape and transposition", () => {
  fc.assert(
    fc.property(
      fc.tuple(size(60), size(60), fc.oneof(size(70), fc.integer({ min: 500, max: 1100 }))),
      fc.boolean(),
      fc.boolean(),
      fc.nat(),
      ([m, n, k], transposeA, transposeB, seed) => {
        const a = floats(transposeA ? [k, m] : [m, k], seed);
        const b = floats(transposeB ? [n, k] : [k, n], seed + 1);
        const { blas, strict } = both(() =>
          run("BatchMatMul", { a, b }, { transposeA, transposeB })
        );
        const { value, size } = product(
          m,
          n,
          k,
          (i, q) => a.data[transposeA ? q * m + i : i * k + q],
          (q, j) => b.data[transposeB ? j * k + q : q * n + j],
        );
        value.forEach((x, i) => {
          const tolerance = (k / 4 + 8) * EPS * size[i];
          assert(Math.abs(blas[i] - x) <= tolerance, `entry ${i}: ${blas[i]} for ${x}`);
          assert(Math.abs(blas[i] - strict[i]) <= 2 * tolerance, `entry ${i} and strict`);
        });
      },
    ),
    { numRuns: 60 },
  );
});

Deno.test("BLAS computes x Wᵀ + b as the strict kernel does, on one thread and on two", () => {
  fc.assert(
    fc.property(
      fc.tuple(size(300), size(80), size(80), fc.constantFrom(1, 2), fc.nat()),
      ([batch, inputs, outputs, threads, seed]) => {
        const x = floats([batch, inputs], seed), weight = floats([outputs, inputs], seed + 1);
        const bias = floats([outputs], seed + 2, 5);
        const { blas, strict } = both(() => run("Linear", { x, weight, bias }), threads);
        const tolerance = (inputs + 5) * (inputs / 2 + 16) * EPS;
        blas.forEach((y, i) => assert(Math.abs(y - strict[i]) <= tolerance, `entry ${i}`));
      },
    ),
    { numRuns: 60 },
  );
});

Deno.test("a bias that is longer than a piece of the copy reaches every row", () => {
  const x = floats([3, 2], 1), weight = floats([9001, 2], 2), bias = floats([9001], 3, 100);
  const { blas, strict } = both(() => run("Linear", { x, weight, bias }));
  blas.forEach((y, i) => assert(Math.abs(y - strict[i]) < 1e-4, `entry ${i}`));
});

Deno.test("BLAS gives the same bytes twice, also after the heap has moved", () => {
  installBlas({ threads: 1 });
  const a = floats([137, 129], 4), b = floats([129, 123], 5);
  const result = () => run("BatchMatMul", { a, b }, { transposeA: false, transposeB: false });
  const first = result();
  assertEquals(result(), first);
  const filler = Array.from({ length: 16 }, () => tf.zeros([1 << 20]));
  assertEquals(result(), first);
  tf.dispose(filler);
});

Deno.test("batches of matrices keep the shipped kernel", () => {
  const a = floats([2, 3, 4], 1), b = floats([2, 4, 5], 2);
  const { blas, strict } = both(() =>
    run("BatchMatMul", { a, b }, { transposeA: false, transposeB: false })
  );
  assertEquals(blas, strict);
});
