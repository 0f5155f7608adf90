/**
 * Draws from a key, value for value as `jax.random` in partitionable mode.
 *
 * Words, integers, orders and uniform numbers are equal to JAX's; normal numbers agree to 3e-7, because the
 * logarithm and the polynomial are rounded differently there.
 *
 * @module
 */
import { type Tensor, tensor, volume } from "../tensor/tensor.ts";
import { erfinv } from "./erfinv.ts";
import { type Key, split } from "./key.ts";
import { sortedBy } from "./sorted_by.ts";
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

/** `n` float32 numbers in [low, high): 23 random bits as a fraction, scaled and rounded once. */
function uniformFloats(key: Key, n: number, low: number, high: number): Float32Array {
  const lo = Math.fround(low), span = Math.fround(Math.fround(high) - lo);
  const words = bits(key, n), out = new Float32Array(n);
  for (let i = 0; i < n; i++) {
    const fraction = (words[i] >>> 9) * 2 ** -23;
    out[i] = Math.max(lo, fraction * span + lo);
  }
  return out;
}

/** Uniform float32 numbers of a shape in [low, high). */
export function uniform(key: Key, shape: readonly number[], low = 0, high = 1): Tensor {
  return tensor(shape, uniformFloats(key, volume(shape), low, high));
}

const JUST_ABOVE_MINUS_ONE = -0.9999999403953552, ROOT_TWO = Math.fround(Math.SQRT2);

/** Standard normal float32 numbers of a shape: √2 · erf⁻¹(u) with u uniform in (−1, 1). */
export function normal(key: Key, shape: readonly number[]): Tensor {
  const out = uniformFloats(key, volume(shape), JUST_ABOVE_MINUS_ONE, 1);
  for (let i = 0; i < out.length; i++) out[i] = ROOT_TWO * erfinv(out[i]);
  return tensor(shape, out);
}

/**
 * Integers uniform in [0, bound), as `jax.random.randint(key, (n,), 0, bound)`: 2³² · high + low modulo
 * `bound`, in 32-bit arithmetic. No value is more likely than another by more than `bound` / 2³².
 *
 * @param bound in [1, 2^31)
 * @throws {RangeError} when `bound` is not such an integer
 */
export function integers(key: Key, n: number, bound: number): Int32Array {
  if (!Number.isInteger(bound) || bound < 1 || bound >= 2 ** 31) {
    throw new RangeError(
      `Cannot draw integers: bound must be an integer in [1, 2^31), found ${bound}`,
    );
  }
  const [high, low] = split(key).map((k) => bits(k, n));
  const root = 2 ** 16 % bound;
  // Above 2^16 the square wraps to 0 in 32 bits, as in the source, and only the low words count.
  const multiplier = (Math.imul(root, root) >>> 0) % bound;
  const out = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    out[i] = ((Math.imul(high[i] % bound, multiplier) + low[i] % bound) >>> 0) % bound;
  }
  return out;
}

/**
 * A uniformly random order of 0 … n − 1, as `jax.random.permutation(key, n)`: sorted by random words, often
 * enough that ties leave no trace.
 *
 * @param n in [0, 2^31)
 * @throws {RangeError} when `n` is not such an integer
 */
export function permutation(key: Key, n: number): Int32Array {
  if (!Number.isInteger(n) || n < 0 || n >= 2 ** 31) {
    throw new RangeError(
      `Cannot draw permutation: n must be an integer in [0, 2^31), found ${n}`,
    );
  }
  const rounds = Math.ceil(3 * Math.log(Math.max(1, n)) / Math.log(2 ** 32 - 1));
  let order: Int32Array = new Int32Array(n), carry = key;
  for (let i = 0; i < n; i++) order[i] = i;
  for (let round = 0; round < rounds; round++) {
    const [next, sub] = split(carry);
    carry = next;
    order = sortedBy(order, bits(sub, n));
  }
  return order;
}

const SMALLEST_NORMAL = 1.1754943508222875e-38;

/** `n` standard Gumbel numbers, −ln(−ln u). */
function gumbel(key: Key, n: number): Float32Array {
  const out = uniformFloats(key, n, SMALLEST_NORMAL, 1);
  for (let i = 0; i < n; i++) out[i] = -Math.log(-Math.fround(Math.log(out[i])));
  return out;
}

/** One index per row of `logits` [rows, classes], drawn with probability softmax(logits), by the Gumbel maximum. */
export function categorical(key: Key, logits: Tensor): Int32Array {
  const [rows, classes] = logits.shape;
  const noise = gumbel(key, rows * classes), out = new Int32Array(rows);
  for (let r = 0; r < rows; r++) {
    let best = -Infinity;
    for (let c = 0; c < classes; c++) {
      const value = Math.fround(noise[r * classes + c] + logits.data[r * classes + c]);
      if (value > best) out[r] = c, best = value;
    }
  }
  return out;
}
