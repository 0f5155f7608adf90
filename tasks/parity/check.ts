/**
 * Checks one recorded case.
 *
 * @module
 */
import { type ParityCase, type ParityHandler, Unsupported } from "./case.ts";
import { type Computed, type Deviation, deviation, expectedResults } from "./compare.ts";
import type { ParityResult } from "./result.ts";

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
    const status = error instanceof Unsupported ? "UNSUPPORTED" : "FAIL";
    return { status, name, detail: (error as Error).message };
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
