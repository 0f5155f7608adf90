/**
 * The Threefry-2x32 block function with 20 rounds.
 *
 * Known answers (Random123): key 0,0 counter 0,0 gives 6b200159 99ba4efe.
 *
 * @see Salmon et al. 2011, section 5.2; Random123 `threefry.h`
 * @module
 */
const PARITY = 0x1bd11bda;

/** One block: two words of counter to two words of output, all unsigned 32-bit. */
export function threefry2x32(k0: number, k1: number, c0: number, c1: number): [number, number] {
  const out = new Uint32Array(2);
  threefryInto(out, 0, k0, k1, c0, c1);
  return [out[0], out[1]];
}

/** As {@link threefry2x32}, written to `out[at]` and `out[at + 1]` without allocation. */
export function threefryInto(
  out: Uint32Array,
  at: number,
  k0: number,
  k1: number,
  c0: number,
  c1: number,
): void {
  const k2 = k0 ^ k1 ^ PARITY;
  let x = (c0 + k0) | 0, y = (c1 + k1) | 0;
  // Twenty rounds, unrolled: rotations 13 15 26 6 and 17 29 16 24 in turn, a key injection after every fourth.
  x = (x + y) | 0, y = ((y << 13) | (y >>> 19)) ^ x;
  x = (x + y) | 0, y = ((y << 15) | (y >>> 17)) ^ x;
  x = (x + y) | 0, y = ((y << 26) | (y >>> 6)) ^ x;
  x = (x + y) | 0, y = ((y << 6) | (y >>> 26)) ^ x;
  x = (x + k1) | 0, y = (y + k2 + 1) | 0;
  x = (x + y) | 0, y = ((y << 17) | (y >>> 15)) ^ x;
  x = (x + y) | 0, y = ((y << 29) | (y >>> 3)) ^ x;
  x = (x + y) | 0, y = ((y << 16) | (y >>> 16)) ^ x;
  x = (x + y) | 0, y = ((y << 24) | (y >>> 8)) ^ x;
  x = (x + k2) | 0, y = (y + k0 + 2) | 0;
  x = (x + y) | 0, y = ((y << 13) | (y >>> 19)) ^ x;
  x = (x + y) | 0, y = ((y << 15) | (y >>> 17)) ^ x;
  x = (x + y) | 0, y = ((y << 26) | (y >>> 6)) ^ x;
  x = (x + y) | 0, y = ((y << 6) | (y >>> 26)) ^ x;
  x = (x + k0) | 0, y = (y + k1 + 3) | 0;
  x = (x + y) | 0, y = ((y << 17) | (y >>> 15)) ^ x;
  x = (x + y) | 0, y = ((y << 29) | (y >>> 3)) ^ x;
  x = (x + y) | 0, y = ((y << 16) | (y >>> 16)) ^ x;
  x = (x + y) | 0, y = ((y << 24) | (y >>> 8)) ^ x;
  x = (x + k1) | 0, y = (y + k2 + 4) | 0;
  x = (x + y) | 0, y = ((y << 13) | (y >>> 19)) ^ x;
  x = (x + y) | 0, y = ((y << 15) | (y >>> 17)) ^ x;
  x = (x + y) | 0, y = ((y << 26) | (y >>> 6)) ^ x;
  x = (x + y) | 0, y = ((y << 6) | (y >>> 26)) ^ x;
  out[at] = x + k2, out[at + 1] = y + k0 + 5;
}
