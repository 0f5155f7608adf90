/**
 * Hyperparameters that are checked once, where an optimizer or a schedule is created.
 *
 * @module
 */

/** What one hyperparameter may be. */
export interface Rule {
  readonly allowed: string;
  accepts(value: unknown): boolean;
}

const numeric = (allowed: string, accepts: (x: number) => boolean): Rule => ({
  allowed,
  accepts: (value) => typeof value === "number" && Number.isFinite(value) && accepts(value),
});

/** Learning rates, ε and weights of decay. */
export const nonNegative: Rule = numeric("a finite number ≥ 0", (x) => x >= 0);
/** Limits. */
export const positive: Rule = numeric("a finite number > 0", (x) => x > 0);
/** Decays of running averages that must forget. */
export const decay: Rule = numeric("in [0, 1)", (x) => x >= 0 && x < 1);
/** Weights of a mean. */
export const fraction: Rule = numeric("in [0, 1]", (x) => x >= 0 && x <= 1);
/** Numbers strictly between two others. */
export const between = (low: number, high: number): Rule =>
  numeric(`in (${low}, ${high})`, (x) => x > low && x < high);
/** Integers from `low` on. */
export const integerFrom = (low: number): Rule =>
  numeric(`an integer ≥ ${low}`, (x) => Number.isSafeInteger(x) && x >= low);
/** Numbers from `low` on. */
export const atLeast = (low: number): Rule => numeric(`a finite number ≥ ${low}`, (x) => x >= low);
/** Numbers up to `high`. */
export const atMost = (high: number): Rule => numeric(`at most ${high}`, (x) => x <= high);
/** Switches. */
export const flag: Rule = {
  allowed: "true or false",
  accepts: (value) => typeof value === "boolean",
};
/** Names from a list. */
export const oneOf = (...names: readonly string[]): Rule => ({
  allowed: `one of ${names.join(", ")}`,
  accepts: (value) => names.includes(value as string),
});

/**
 * `given` over `defaults`, with every value checked by its rule. A field without a rule is refused, so that a
 * misspelt name in a configuration file cannot pass.
 *
 * @param action for messages, "create adapg"
 * @throws {RangeError} naming the field, what is allowed and what was found
 */
export function settings<Given extends object, Defaults extends Partial<Given>>(
  action: string,
  rules: Readonly<Record<keyof Given, Rule>>,
  defaults: Defaults,
  given: Given,
): Given & Required<Pick<Given, keyof Defaults & keyof Given>> {
  const merged = { ...defaults, ...given } as Readonly<Record<string, unknown>>;
  for (const field of new Set([...Object.keys(rules), ...Object.keys(merged)])) {
    if (!Object.hasOwn(rules, field)) {
      const known = Object.keys(rules).join(", ");
      throw new RangeError(`Cannot ${action}: found unknown field ${field}, allowed are ${known}`);
    }
    requireSetting(action, field, rules[field as keyof Given], merged[field]);
  }
  return merged as Given & Required<Pick<Given, keyof Defaults & keyof Given>>;
}

/** Throws a RangeError unless the rule accepts the value. */
export function requireSetting(action: string, field: string, rule: Rule, value: unknown): void {
  if (rule.accepts(value)) return;
  const found = typeof value === "string" ? JSON.stringify(value) : String(value);
  throw new RangeError(`Cannot ${action}: ${field} must be ${rule.allowed}, found ${found}`);
}
