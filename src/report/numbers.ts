/**
 * Numbers as readers see them, negative ones with “−”.
 *
 * @module
 */
import type { Interval } from "../stats/interval.ts";

/** A number's text with its hyphen replaced, that of an exponent apart. */
const signed = (text: string): string => text.replace(/^-/, "−");

/** All digits that there are. */
export const exact = (x: number): string => signed(String(x));

/** Whole numbers for returns, two decimals for success rates and the like. */
export const digits = (x: number): string => signed(Math.abs(x) < 10 ? x.toFixed(2) : x.toFixed(0));

/** Three decimals: differences of normalised scores are small. */
export const thousandths = (x: number): string => signed(x.toFixed(3));

/** So many significant digits, zeros at the end included. */
export const significant = (x: number, count: number): string => signed(x.toPrecision(count));

/** Four significant digits, without zeros at the end. */
export const fourDigits = (x: number): string =>
  Number.isFinite(x) ? exact(Number(x.toPrecision(4))) : x > 0 ? "∞" : "−∞";

/** `1434`, `0.0123` or `1.2e-9`: three digits or all before the point, two with an exponent; whole numbers as they are. */
export function threeDigits(x: number): string {
  if (Number.isInteger(x) || !Number.isFinite(x)) return exact(x);
  const size = Math.abs(x);
  if (size < 1e-3 || size >= 1e6) return signed(x.toExponential(1));
  return size >= 100 ? signed(x.toFixed(0)) : exact(Number(x.toPrecision(3)));
}

/** A p-value: three digits, or below what they can show. */
export const shownP = (p: number): string => p < 0.001 ? "< 0.001" : p.toFixed(3);

/** `1 seed`, `3 seeds`. */
export const counted = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? "" : "s"}`;

/** `[1.2, 3.4]` */
export const shownInterval = ({ low, high }: Interval, format = fourDigits): string =>
  `[${format(low)}, ${format(high)}]`;

/** A number and its interval, where it has one. */
export const shownEstimate = (
  value: number,
  interval: Interval | null,
  format = digits,
): string =>
  interval === null ? format(value) : `${format(value)} ${shownInterval(interval, format)}`;
