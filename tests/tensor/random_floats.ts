/** `n` floats in (−scale, scale) from a multiplicative hash of their position; no generator state. */
export function fill(n: number, seed: number, scale = 1): Float32Array {
  return Float32Array.from({ length: n }, (_, i) => {
    const word = Math.imul(Math.imul(i + 1, 0x9e3779b1) ^ seed, 0x85ebca6b) >>> 8;
    return (word / 2 ** 23 - 1) * scale;
  });
}
