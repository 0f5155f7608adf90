/**
 * Keys: the only source of randomness. A key is consumed once; a function that needs two draws splits first.
 *
 * Threefry-2x32 in JAX's partitionable counter layout, so every value here can be recomputed in Python.
 *
 * @see Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3"
 * @module
 */
import { threefry2x32 } from "./threefry.ts";

declare const KEY: unique symbol;

/** An opaque 64-bit key, `[hi, lo]`, both unsigned 32-bit integers. */
export type Key = readonly [hi: number, lo: number] & { readonly [KEY]: true };

const asKey = (hi: number, lo: number): Key => [hi, lo] as unknown as Key;

function requireUint(name: string, value: number, max: number): void {
  if (!Number.isInteger(value) || value < 0 || value > max) {
    throw new RangeError(
      `Cannot make key: ${name} must be an integer in [0, ${max}], found ${value}`,
    );
  }
}

/**
 * The root key of a seed, as `jax.random.key(seed)` with 64-bit integers enabled.
 *
 * @param seed integer in [0, 2^53)
 * @throws {RangeError} when the seed is not such an integer
 */
export function key(seed: number): Key {
  requireUint("seed", seed, Number.MAX_SAFE_INTEGER);
  return asKey(Math.floor(seed / 2 ** 32), seed >>> 0);
}

/** `n` independent keys, as `jax.random.split(key, n)`. */
export function split(parent: Key, n = 2): Key[] {
  requireUint("n", n, 2 ** 32 - 1);
  return Array.from({ length: n }, (_, i) => asKey(...threefry2x32(parent[0], parent[1], 0, i)));
}

/** The key of `data` below `parent`, as `jax.random.fold_in`. `data` is an unsigned 32-bit integer. */
export function foldIn(parent: Key, data: number): Key {
  requireUint("data", data, 2 ** 32 - 1);
  return asKey(...threefry2x32(parent[0], parent[1], 0, data));
}

/**
 * The key at a named address below `parent`: one `foldIn` per path element. Text is folded in by its
 * 32-bit FNV-1a hash, so that adding streams never moves another stream.
 *
 * @example A stream shared by both optimizers of a pair
 * ```ts
 * import { address, key } from "adpo";
 * address(key(0), "act", "hopper", "dppo", 3);
 * ```
 */
export function address(parent: Key, ...path: readonly (string | number)[]): Key {
  return path.reduce<Key>(
    (k, part) => foldIn(k, typeof part === "number" ? part : fnv1a(part)),
    parent,
  );
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
