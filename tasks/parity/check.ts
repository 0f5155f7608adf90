/**
 * Checks one recorded case or file.
 *
 * @module
 */
import { type ParityCase, type ParityHandler, Unsupported } from "./case.ts";
import { type Computed, type Deviation, deviation, expectedResults } from "./compare.ts";
import type { ParityResult } from "./result.ts";

/**
 * The results of one file of a sub-folder. An error ends them with a result of its own, so that the other files
 * are still checked.
 */
export function* guarded(
  name: string,
  check: () => Iterable<ParityResult>,
): Generator<ParityResult> {
  try {
    yield* check();
  } catch (error) {
    yield failure(name, error as Error);
  }
}

const failure = (name: string, error: Error): ParityResult => ({
  status: error instanceof Unsupported ? "UNSUPPORTED" : "FAIL",
  name,
  detail: error.message,
});

/** Recomputes a case with its handler and reports the array that lies furthest from its record. */
export function checkCase(
  parityCase: ParityCase,
  handler: ParityHandler | undefined,
): ParityResult {
  const { name, kind } = parityCase;
  if (handler === undefined) {
    return { status: "UNSUPPORTED", name, detail: `no handler for kind ${kind}` };
  }
  try {
    const computed: Computed = handler(parityCase);
    const names = expectedResults(Object.keys(parityCase.arrays), computed);
    if (names.length === 0) return { status: "FAIL", name, detail: "the case stores no results" };
    return judge(name, names.map((array) => deviation(parityCase, array, computed)));
  } catch (error) {
    return failure(name, error as Error);
  }
}

function judge(name: string, deviations: readonly Deviation[]): ParityResult {
  const outside = deviations.filter((d) => d.excess > 1).length;
  const worst = deviations.reduce((a, b) => (b.excess > a.excess ? b : a));
  const place = `worst ${worst.array}: ${worst.error.toExponential(1)}, ${times(worst.excess)}`;
  return outside === 0
    ? { status: "PASS", name, detail: `${deviations.length} arrays, ${place}` }
    : { status: "FAIL", name, detail: `${outside} of ${deviations.length} arrays, ${place}` };
}

const times = (excess: number): string =>
  excess <= 1
    ? `${(100 * excess).toPrecision(2)} % of the tolerance`
    : `${excess.toPrecision(3)} times the tolerance`;
