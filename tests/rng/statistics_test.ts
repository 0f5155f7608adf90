import { assert, assertEquals, assertLess } from "@std/assert";
import fc from "fast-check";
import { bits, categorical, integers, normal, permutation, uniform } from "../../src/rng/draw.ts";
import { foldIn, type Key, key, split } from "../../src/rng/key.ts";
import { tensor } from "../../src/tensor/tensor.ts";

/**
 * Ten fixed seeds, so that a test of randomness is itself deterministic. Limits are those of a false alarm in
 * about a million, so a failure means a defect.
 */
const forSeeds = (check: (root: Key) => void) =>
  fc.assert(fc.property(fc.maxSafeNat(), (seed) => check(key(seed))), {
    seed: 20250508,
    numRuns: 10,
  });
const SIGMAS = 5;

/** Φ(x) to 1e-7, by Abramowitz & Stegun 26.2.17. */
function normalCdf(x: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(x));
  const tail = Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI) * t *
    (0.319381530 +
      t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return x < 0 ? tail : 1 - tail;
}

/** √n · sup |empirical − F|; above 2.7 once in a million. */
function kolmogorovSmirnov(sample: Iterable<number>, cdf: (x: number) => number): number {
  const sorted = Float64Array.from(sample).sort(), n = sorted.length;
  const gaps = sorted.map((x, i) => Math.max((i + 1) / n - cdf(x), cdf(x) - i / n));
  return Math.sqrt(n) * Math.max(...gaps);
}

/** χ² as a standard normal number, by the Wilson–Hilferty cube root. */
function chiSquareSigmas(counts: readonly number[], shares: readonly number[]): number {
  const total = counts.reduce((a, b) => a + b), freedom = counts.length - 1;
  const chi2 = counts.reduce(
    (sum, c, i) => sum + (c - total * shares[i]) ** 2 / (total * shares[i]),
    0,
  );
  const spread = 2 / (9 * freedom);
  return ((chi2 / freedom) ** (1 / 3) - 1 + spread) / Math.sqrt(spread);
}

const countOf = (draws: Iterable<number>, classes: number): number[] => {
  const counts = Array<number>(classes).fill(0);
  for (const d of draws) counts[d]++;
  return counts;
};
const even = (n: number) => Array<number>(n).fill(1 / n);
const moment = (xs: ArrayLike<number>, power: number) =>
  Array.from(xs).reduce((sum, x) => sum + x ** power, 0) / xs.length;
const correlation = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((sum, x, i) => sum + x * b[i], 0) / a.length;

Deno.test("every bit of bits() is set half of the time", () =>
  forSeeds((root) => {
    const n = 4000, words = bits(root, n);
    for (let bit = 0; bit < 32; bit++) {
      const set = words.reduce((sum, w) => sum + ((w >>> bit) & 1), 0);
      assertLess(Math.abs(set - n / 2), SIGMAS * Math.sqrt(n) / 2, `bit ${bit}`);
    }
  }));

Deno.test("uniform() is uniform in its range, the lower end included and the upper not", () =>
  forSeeds((root) => {
    const { data } = uniform(root, [4000], -2, 3);
    assert(data.every((x) => x >= -2 && x < 3));
    assertLess(kolmogorovSmirnov(data, (x) => (x + 2) / 5), 2.7);
  }));

Deno.test("normal() has the distribution function and the moments of the normal distribution", () =>
  forSeeds((root) => {
    const n = 10000, { data } = normal(root, [n]);
    assertLess(kolmogorovSmirnov(data, normalCdf), 2.7);
    // Mean and standard deviation of xᵏ under the normal distribution.
    const moments = [[1, 0, 1], [2, 1, Math.sqrt(2)], [3, 0, Math.sqrt(15)], [4, 3, Math.sqrt(96)]];
    for (const [power, mean, deviation] of moments) {
      const gap = Math.abs(moment(data, power) - mean);
      assertLess(
        gap,
        SIGMAS * deviation / Math.sqrt(n),
        `moment ${power}`,
      );
    }
  }));

Deno.test("integers() are equally likely, also where the bound is no power of two", () =>
  forSeeds((root) => {
    for (const bound of [2, 7, 10, 64]) {
      const counts = countOf(integers(root, 6400, bound), bound);
      assertLess(chiSquareSigmas(counts, even(bound)), SIGMAS, `bound ${bound}`);
    }
    const large = integers(root, 4000, 1_000_003);
    assertLess(kolmogorovSmirnov(large, (x) => (x + 1) / 1_000_003), 2.7);
  }));

Deno.test("permutation() makes all 24 orders of four equally likely", () =>
  forSeeds((root) => {
    const ranks = split(root, 2400).map((k) => {
      const [a, b, c, d] = permutation(k, 4);
      return 6 * a + 2 * (b - Number(b > a)) + Number(c > d);
    });
    assertLess(chiSquareSigmas(countOf(ranks, 24), even(24)), SIGMAS);
  }));

Deno.test("permutation() holds every index once, at any length", () => {
  fc.assert(fc.property(fc.maxSafeNat(), fc.nat(5000), (seed, n) => {
    const order = permutation(key(seed), n);
    assertEquals(order.slice().sort(), Int32Array.from({ length: n }, (_, i) => i));
  }));
  const n = 2 ** 21 + 3, seen = new Uint8Array(n);
  for (const i of permutation(key(1), n)) seen[i]++;
  assert(seen.every((times) => times === 1));
});

Deno.test("categorical() draws with the probabilities of the softmax, whatever the offset", () =>
  forSeeds((root) => {
    const shares = [0.1, 0.2, 0.3, 0.4], rows = 4000;
    const logits = Array.from({ length: rows }, () => shares.map((p) => Math.log(p) - 42)).flat();
    const counts = countOf(categorical(root, tensor([rows, 4], logits)), 4);
    assertLess(chiSquareSigmas(counts, shares), SIGMAS);
  }));

Deno.test("streams of split, folded and parent keys are uncorrelated, at every lag up to 8", () =>
  forSeeds((root) => {
    const n = 4000, limit = SIGMAS / Math.sqrt(n - 8);
    const streams = [root, ...split(root, 3), foldIn(root, 100)].map((k) => normal(k, [n]).data);
    streams.forEach((a, i) =>
      streams.slice(i).forEach((b, j) => {
        for (let lag = j === 0 ? 1 : 0; lag <= 8; lag++) {
          const r = correlation(a.subarray(0, n - lag), b.subarray(lag));
          assertLess(Math.abs(r), limit, `streams ${i} and ${i + j} at lag ${lag}`);
        }
      })
    );
  }));

Deno.test("streams of neighbouring seeds are uncorrelated", () => {
  const streams = Array.from({ length: 12 }, (_, seed) => normal(key(seed), [4000]).data);
  streams.slice(1).forEach((b, seed) =>
    assertLess(Math.abs(correlation(streams[seed], b)), SIGMAS / Math.sqrt(4000), `seed ${seed}`)
  );
});
