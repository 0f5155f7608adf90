/**
 * Inverse error function to float32 accuracy.
 *
 *   w = −ln(1 − x²);  erf⁻¹(x) = x · P(w),  P a degree-8 polynomial in w − 2.5 (w < 5) or √w − 3
 *
 * @see Giles 2010, "Approximating the erfinv function", single-precision variant; also used by XLA
 * @module
 */
const CENTRAL = [
  2.81022636e-08,
  3.43273939e-07,
  -3.5233877e-06,
  -4.39150654e-06,
  0.00021858087,
  -0.00125372503,
  -0.00417768164,
  0.246640727,
  1.50140941,
];
const TAIL = [
  -0.000200214257,
  0.000100950558,
  0.00134934322,
  -0.00367342844,
  0.00573950773,
  -0.0076224613,
  0.00943887047,
  1.00167406,
  2.83297682,
];

/** erf⁻¹(x) for x in [−1, 1], rounded to float32; ±1 give ±Infinity. */
export function erfinv(x: number): number {
  if (x === 1 || x === -1) return x * Infinity;
  const w = -Math.fround(Math.log1p(-Math.fround(x * x)));
  return Math.fround(x * (w < 5 ? horner(CENTRAL, w - 2.5) : horner(TAIL, Math.sqrt(w) - 3)));
}

/** The polynomial with the given coefficients, highest power first. */
function horner(coefficients: readonly number[], t: number): number {
  let p = 0;
  for (let i = 0; i < coefficients.length; i++) p = p * t + coefficients[i];
  return p;
}
