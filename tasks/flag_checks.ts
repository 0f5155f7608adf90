/**
 * Checks of single flags that several tasks share.
 *
 * @module
 */
import type { BlasOptions } from "../src/adapters/blas_library.ts";
import type { Numerics } from "../src/experiments/cell.ts";

/** The error of a flag's value, which names what is allowed. */
export const flagFault = (flag: string, allowed: string, found: string): Error =>
  new Error(`Cannot read flags: --${flag} must be ${allowed}, found ${JSON.stringify(found)}`);

/** @throws {Error} when the value is none of those allowed */
export function oneOf<T extends string>(flag: string, allowed: readonly T[], found: string): T {
  const value = allowed.find((name) => name === found);
  if (value !== undefined) return value;
  throw flagFault(flag, `one of ${allowed.join(", ")}`, found);
}

/** @throws {Error} when the text is no integer from 1 to 64 in digits */
export function countOf(flag: string, text: string): number {
  if (/^([1-9]|[1-5]\d|6[0-4])$/.test(text)) return Number(text);
  throw flagFault(flag, "an integer from 1 to 64", text);
}

/** Flags that say how matrix products are computed. */
export const NUMERICS_OPTIONS = {
  numerics: { type: "string", default: "strict" },
  "blas-library": { type: "string" },
  "blas-threads": { type: "string", default: "1" },
} as const;

/** What those flags ask for; `blas` is absent unless `numerics` is "blas". */
export function numericsOf(
  values: {
    readonly numerics: string;
    readonly "blas-library"?: string;
    readonly "blas-threads": string;
  },
): { readonly numerics: Numerics; readonly blas?: BlasOptions } {
  const numerics = oneOf("numerics", ["strict", "blas"], values.numerics);
  const threads = countOf("blas-threads", values["blas-threads"]);
  return {
    numerics,
    blas: numerics === "blas" ? { library: values["blas-library"], threads } : undefined,
  };
}
