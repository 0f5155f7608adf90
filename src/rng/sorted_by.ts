/**
 * Sorting by 32-bit keys.
 *
 * @module
 */

const DIGIT_BITS = 11, DIGITS = 1 << DIGIT_BITS;

/**
 * `values` in ascending order of their unsigned 32-bit `keys`, ties in their old order. Least significant
 * digit first, 11 bits a pass: linear time, any length.
 */
export function sortedBy(values: Int32Array, keys: Uint32Array): Int32Array {
  for (let shift = 0; shift < 32; shift += DIGIT_BITS) {
    [values, keys] = pass(values, keys, shift);
  }
  return values;
}

/** One stable pass over the digit that starts at bit `shift`. */
function pass(values: Int32Array, keys: Uint32Array, shift: number): [Int32Array, Uint32Array] {
  const next = new Uint32Array(DIGITS + 1);
  for (let i = 0; i < keys.length; i++) next[((keys[i] >>> shift) & (DIGITS - 1)) + 1]++;
  for (let digit = 0; digit < DIGITS; digit++) next[digit + 1] += next[digit];
  const sortedValues = new Int32Array(values.length), sortedKeys = new Uint32Array(keys.length);
  for (let i = 0; i < keys.length; i++) {
    const at = next[(keys[i] >>> shift) & (DIGITS - 1)]++;
    sortedValues[at] = values[i], sortedKeys[at] = keys[i];
  }
  return [sortedValues, sortedKeys];
}
