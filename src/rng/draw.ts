/**
 * Draws from a key, value for value as `jax.random` in partitionable mode.
 *
 * @module
 */
import { type Floats, type Tensor, tensor, volume } from "../tensor/tensor.ts";
import { erfinv } from "./erfinv.ts";
import { type Key, split } from "./key.ts";
import { threefryInto } from "./threefry.ts";

/** `n` unsigned 32-bit words; word `i` is the exclusive-or of the two halves of block `i`. */
export function bits(key: Key, n: number): Uint32Array {
  const out = new Uint32Array(n), block = new Uint32Array(2);
  for (let i = 0; i < n; i++) {
    threefryInto(block, 0, key[0], key[1], 0, i);
    out[i] = block[0] ^ block[1];
  }
  return out;
}

const word = new Uint32Array(1), float = new Float32Array(word.buffer);

/** The float32 in [0, 1) with the 23 high bits of a word as its mantissa. */
function unitFloat(random: number): number {
  word[0] = (random >>> 9) | 0x3f800000;
  return float[0] - 1;
}

/**
 * Uniform float32 numbers in [low, high).
 *
 * @param shape of the result
 */
export function uniform(key: Key, shape: readonly number[], low = 0, high = 1): Tensor {
  const lo = Math.fround(low), span = Math.fround(Math.fround(high) - lo);
  const data = Float32Array.from(
    bits(key, volume(shape)),
    (b) => Math.max(lo, Math.fround(unitFloat(b) * span) + lo),
  );
  return tensor(shape, data);
}

const JUST_ABOVE_MINUS_ONE = -0.9999999403953552;

/** Standard normal float32 numbers: √2 · erf⁻¹(u) with u uniform in (−1, 1). */
export function normal(key: Key, shape: readonly number[]): Tensor {
  const u = uniform(key, shape, JUST_ABOVE_MINUS_ONE, 1).data;
  return tensor(shape, Float32Array.from(u, (x) => Math.fround(Math.SQRT2) * erfinv(x)));
}

/**
 * Integers uniform in [0, bound), as `jax.random.randint(key, (n,), 0, bound)`.
 *
 * @param bound in [1, 2^31)
 */
export function integers(key: Key, n: number, bound: number): Int32Array {
  if (!Number.isInteger(bound) || bound < 1 || bound >= 2 ** 31) {
    throw new RangeError(
      `Cannot draw integers: bound must be an integer in [1, 2^31), found ${bound}`,
    );
  }
  const [high, low] = split(key).map((k) => bits(k, n));
  const root = 2 ** 16 % bound, factor = BigInt(root) * BigInt(root) % BigInt(bound);
  const multiplier = Number(factor);
  // 32-bit wrap-around as in the source: products are taken modulo 2^32.
  return Int32Array.from(
    high,
    (h, i) => ((Math.imul(h % bound, multiplier) + (low[i] % bound)) >>> 0) % bound,
  );
}

/** A uniformly random order of 0 … n − 1, as `jax.random.permutation(key, n)`. */
export function permutation(key: Key, n: number): Int32Array {
  const rounds = Math.ceil(3 * Math.log(Math.max(1, n)) / Math.log(2 ** 32 - 1));
  let order = Int32Array.from({ length: n }, (_, i) => i), carry = key;
  for (let round = 0; round < rounds; round++) {
    const [next, sub] = split(carry);
    carry = next;
    order = sortedBy(order, bits(sub, n));
  }
  return order;
}

/** `values` in ascending order of `keys`, ties in their old order. */
function sortedBy(values: Int32Array<ArrayBuffer>, keys: Uint32Array): Int32Array<ArrayBuffer> {
  // A word and its position packed into one float64 sorts stably without a comparison function.
  const packed = Float64Array.from(keys, (k, i) => k * 2 ** 21 + i).sort();
  return Int32Array.from(packed, (p) => values[p % 2 ** 21]);
}

/** Standard Gumbel numbers, −ln(−ln u). */
function gumbel(key: Key, n: number): Floats {
  const u = uniform(key, [n], 1.1754943508222875e-38, 1).data;
  return Float32Array.from(u, (x) => -Math.fround(Math.log(-Math.fround(Math.log(x)))));
}

/** One index per row of `logits` [rows, classes], drawn with probability softmax(logits), by the Gumbel maximum. */
export function categorical(key: Key, logits: Tensor): Int32Array {
  const [rows, classes] = logits.shape;
  const noise = gumbel(key, rows * classes);
  return Int32Array.from({ length: rows }, (_, r) => {
    let best = 0, bestValue = -Infinity;
    for (let c = 0; c < classes; c++) {
      const value = Math.fround(noise[r * classes + c] + logits.data[r * classes + c]);
      if (value > bestValue) best = c, bestValue = value;
    }
    return best;
  });
}
