/**
 * Compares recomputed arrays with the stored results of a case.
 *
 * @module
 */
import type { ParityCase, StoredArray } from "./case.ts";

/** Arrays as a handler returns them, by stored name. */
export type Computed = Readonly<
  Record<string, ArrayLike<number> | { readonly data: ArrayLike<number> }>
>;

/** The largest deviation of one array; `excess` is it in units of what the tolerance allows. */
export interface Deviation {
  readonly array: string;
  readonly error: number;
  readonly excess: number;
}

const RESULT = /^(out|grad|new|trace)(64)?\//;

/**
 * The names of the stored results that have to be recomputed: all of each precision of which at least one
 * array was, and single-precision ones that have no double-precision twin.
 */
export function expectedResults(stored: readonly string[], computed: Computed): string[] {
  const results = stored.filter((name) => RESULT.test(name));
  const isDouble = (name: string) => RESULT.exec(name)![2] === "64";
  const usesDouble = results.some((name) => isDouble(name) && name in computed);
  const usesSingle = results.some((name) => !isDouble(name) && name in computed);
  const hasTwin = (name: string) => results.includes(name.replace("/", "64/"));
  return results.filter((name) =>
    isDouble(name) ? usesDouble : usesSingle || !(usesDouble && hasTwin(name))
  );
}

/**
 * The deviation of an array from its record: |x − r| ≤ atol + rtol |r| for every element; infinities and NaN
 * have to be equal, and so have integers and flags.
 *
 * @throws {RangeError} when the array is absent or has another length
 */
export function deviation(parityCase: ParityCase, name: string, computed: Computed): Deviation {
  const stored = parityCase.arrays[name], values = valuesOf(computed[name]);
  if (values === undefined) throw new RangeError(`${name} is stored but was not computed`);
  if (values.length !== stored.data.length) {
    throw new RangeError(`${name} has ${stored.data.length} values, computed ${values.length}`);
  }
  const { rtol, atol } = toleranceOf(parityCase, name, stored);
  let error = 0, excess = 0;
  for (let i = 0; i < values.length; i++) {
    const x = values[i], r = stored.data[i];
    if (Object.is(x, r) || x === r) continue;
    const distance = Number.isFinite(x) && Number.isFinite(r) ? Math.abs(x - r) : Infinity;
    error = Math.max(error, distance);
    excess = Math.max(
      excess,
      distance === Infinity ? distance : distance / (atol + rtol * Math.abs(r)),
    );
  }
  return { array: name, error, excess };
}

function valuesOf(entry: Computed[string] | undefined): ArrayLike<number> | undefined {
  return entry !== undefined && "data" in entry ? entry.data : entry;
}

function toleranceOf(parityCase: ParityCase, name: string, stored: StoredArray) {
  const exact = { rtol: 0, atol: 0 };
  if (stored.dtype === "I32" || stored.dtype === "U8") return exact;
  const tolerance = parityCase.sidecar.arrays[name].tolerance;
  if (tolerance === undefined) throw new RangeError(`${name} has no tolerance in the sidecar`);
  return { ...exact, ...tolerance };
}
