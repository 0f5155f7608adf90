/**
 * What numbers may be that callers give.
 *
 * @module
 */

/** What a number may be. */
export interface Rule {
  readonly allowed: string;
  accepts(x: number): boolean;
}

/** Scores and other values that are averaged. */
export const finite: Rule = { allowed: "a finite number", accepts: Number.isFinite };
/** Differences that can be found. */
export const notZero: Rule = {
  allowed: "a finite number other than 0",
  accepts: (x) => Number.isFinite(x) && x !== 0,
};
/** Standard deviations of what varies. */
export const positive: Rule = {
  allowed: "a finite number > 0",
  accepts: (x) => Number.isFinite(x) && x > 0,
};
/** Values that are put in order. */
export const notNaN: Rule = { allowed: "a number", accepts: (x) => !Number.isNaN(x) };
/** Confidence, significance level and power. */
export const share: Rule = { allowed: "in (0, 1)", accepts: (x) => x > 0 && x < 1 };
/** p-values. */
export const probability: Rule = { allowed: "in [0, 1]", accepts: (x) => x >= 0 && x <= 1 };
/** Counts. */
export const integerFrom = (low: number): Rule => ({
  allowed: `an integer >= ${low}`,
  accepts: (x) => Number.isSafeInteger(x) && x >= low,
});

/**
 * Checks a number.
 *
 * @param action for the message, "bootstrap"
 * @throws {RangeError} naming the field, what is allowed and what was found
 */
export function requireNumber(action: string, field: string, rule: Rule, x: number): void {
  if (rule.accepts(x)) return;
  throw new RangeError(`Cannot ${action}: ${field} must be ${rule.allowed}, found ${x}`);
}

/** Checks every number of a list, as {@link requireNumber}. */
export const requireNumbers = (
  action: string,
  field: string,
  rule: Rule,
  x: readonly number[],
): void => x.forEach((value, i) => requireNumber(action, `${field}[${i}]`, rule, value));
