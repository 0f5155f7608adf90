import { assertAlmostEquals, assertEquals } from "@std/assert";
import golden from "../../fixtures/golden/rng.json" with { type: "json" };
import { bits, categorical, integers, normal, permutation, uniform } from "../../src/rng/draw.ts";
import { erfinv } from "../../src/rng/erfinv.ts";
import { foldIn, key, split } from "../../src/rng/key.ts";
import { threefry2x32 } from "../../src/rng/threefry.ts";
import { tensor } from "../../src/tensor/tensor.ts";

const list = (xs: ArrayLike<number>) => Array.from(xs);
const pairs = (rows: number[][]) => rows.map(([hi, lo]) => [hi, lo]);

Deno.test("threefry2x32() gives Random123's known answers", () => {
  for (const { key: [k0, k1], counter: [c0, c1], output } of golden.random123) {
    assertEquals(threefry2x32(k0, k1, c0, c1), output as [number, number]);
  }
});

Deno.test("key(), split() and foldIn() equal JAX's", () => {
  for (const [seed, words] of golden.key as [number, number[]][]) {
    assertEquals(list(key(seed)), words);
  }
  const { seed, n, keys } = golden.split;
  assertEquals(split(key(seed), n).map(list), pairs(keys));
  for (const [seed, data, words] of golden.foldIn as [number, number, number[]][]) {
    assertEquals(list(foldIn(key(seed), data)), words);
  }
});

Deno.test("split() gives the keys that foldIn() gives for 0, 1, 2, …", () => {
  split(key(72), 5).forEach((child, i) => assertEquals(child, foldIn(key(72), i)));
});

Deno.test("bits(), integers(), permutation() and categorical() equal JAX's", () => {
  assertEquals(bits(key(0), 1)[0], 4070199207);
  assertEquals(list(bits(key(golden.bits.seed), 8)), golden.bits.words);
  for (const { seed, bound, values } of golden.integers) {
    assertEquals(list(integers(key(seed), values.length, bound)), values, `bound ${bound}`);
  }
  for (const { seed, n, start } of golden.permutation) {
    assertEquals(list(permutation(key(seed), n)).slice(0, 10), start, `n = ${n}`);
  }
  const { seed, logits, values } = golden.categorical;
  const rows = tensor([logits.length, logits[0].length], logits.flat());
  assertEquals(list(categorical(key(seed), rows)), values);
});

Deno.test("uniform() equals JAX's to the bit", () => {
  assertEquals(list(uniform(key(golden.uniform.seed), [8]).data), golden.uniform.values);
  const { seed, low, high, values } = golden.uniformRange;
  assertEquals(list(uniform(key(seed), [2, 4], low, high).data), values);
});

Deno.test("normal() equals JAX's within three units in the last place", () => {
  const { seed, values } = golden.normal;
  list(normal(key(seed), [64]).data).forEach((x, i) =>
    assertAlmostEquals(x, values[i], 3.6e-7 * Math.abs(values[i]))
  );
});

Deno.test("draws equal those printed in JAX's documentation on pseudorandom numbers", () => {
  const draws = [0.6057640314102173, -0.21089035272598267, -0.3948981463909149];
  let carry = key(42);
  for (const draw of draws) {
    const [next, sub] = split(carry);
    assertAlmostEquals(normal(sub, []).data[0], draw, 1e-7);
    carry = next;
  }
  const together = [-0.02830462, 0.46713185, 0.29570296];
  list(normal(key(42), [3]).data).forEach((x, i) => assertAlmostEquals(x, together[i], 1e-7));
  assertAlmostEquals(uniform(key(0), []).data[0], 0.947667, 1e-6);
  assertAlmostEquals(uniform(split(key(0))[1], []).data[0], 0.00729382, 1e-8);
});

Deno.test("erfinv() is odd, right to 1e-6 in the middle and to 1e-5 in the tails", () => {
  const known = [
    [0, 0],
    [0.1, 0.0888559904942577],
    [0.5, 0.4769362762044699],
    [0.9, 1.1630871536766743],
    [0.99, 1.8213863677184496],
    [0.999, 2.326753765513525],
    [0.9999, 2.7510639057120607],
  ];
  for (const [x, y] of known) {
    assertAlmostEquals(erfinv(x), y, (x < 0.99 ? 1e-6 : 1e-5) * y);
    assertEquals(erfinv(-x), -erfinv(x));
  }
  assertEquals([erfinv(1), erfinv(-1)], [Infinity, -Infinity]);
});
