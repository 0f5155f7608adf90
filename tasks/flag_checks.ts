/**
 * Checks of single flags that several tasks share.
 *
 * @module
 */
import type { BlasOptions } from "../src/adapters/blas_library.ts";
import { DEFAULTS, type Numerics, type Setting } from "../src/experiments/cell.ts";

/** The error of a flag's value, which names what is allowed. */
export function flagFault(flag: string, allowed: string, found: string | undefined): Error {
  const shown = found === undefined ? "nothing" : JSON.stringify(found);
  return new Error(`Cannot read flags: --${flag} must be ${allowed}, found ${shown}`);
}

/** @throws {Error} when the value is none of those allowed */
export function oneOf<T extends string>(flag: string, allowed: readonly T[], found?: string): T {
  const value = allowed.find((name) => name === found);
  if (value !== undefined) return value;
  throw flagFault(flag, `one of ${allowed.join(", ")}`, found);
}

/**
 * Checks that a flag does not stand without those that give it a meaning.
 *
 * @param owners flags of which one must be there too
 */
export function requireWith(
  values: Readonly<Record<string, unknown>>,
  flag: string,
  ...owners: readonly string[]
): void {
  if (!isGiven(values[flag]) || owners.some((name) => isGiven(values[name]))) return;
  const needed = owners.map((name) => `--${name}`).join(" or ");
  throw new Error(`Cannot read flags: --${flag} needs ${needed}`);
}

/** Whether a flag without a default stands on the command line, by its value. */
export const isGiven = (value: unknown): boolean => value !== undefined && value !== false;

const LARGEST = 999_999_999;

/** @throws {Error} when the text is no integer in [least, most] in digits */
export function integerOf(flag: string, text: string, least: 0 | 1, most = LARGEST): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
  if (value >= least && value <= most) return value;
  const kind = least === 0 ? "a non-negative integer" : "a positive integer";
  throw flagFault(flag, most === LARGEST ? kind : `an integer from ${least} to ${most}`, text);
}

/** @throws {Error} when the text is no integer from 1 to 64 in digits */
export const countOf = (flag: string, text: string): number => integerOf(flag, text, 1, 64);

/**
 * Checks that matrix products may be a library's.
 *
 * @param task the one that may load libraries
 * @throws {Error} when this task may not
 */
export function requireLibraryAccess(blas: BlasOptions | undefined, task: string): void {
  if (blas === undefined) return;
  const { state } = Deno.permissions.querySync({ name: "ffi", path: blas.library });
  if (state !== "granted") {
    throw new Error(`Cannot use BLAS: this task may not load a library, use deno task ${task}`);
  }
}

/** Flags that say how matrix products are computed. */
export const NUMERICS_OPTIONS = {
  numerics: { type: "string", default: "strict" },
  "blas-library": { type: "string" },
  "blas-threads": { type: "string" },
} as const;

/** What those flags ask for; `blas` is absent unless `numerics` is "blas". */
export function numericsOf(
  values: {
    readonly numerics: string;
    readonly "blas-library"?: string;
    readonly "blas-threads"?: string;
  },
): { readonly numerics: Numerics; readonly blas?: BlasOptions } {
  const numerics = oneOf("numerics", ["strict", "blas"], values.numerics);
  const { "blas-library": library, "blas-threads": count } = values;
  const threads = countOf("blas-threads", count ?? "1");
  if (numerics === "blas") return { numerics, blas: { library, threads } };
  const idle = ["blas-library", "blas-threads"] as const;
  const given = idle.find((flag) => values[flag] !== undefined);
  if (given === undefined) return { numerics };
  throw new Error(`Cannot read flags: --${given} needs --numerics blas`);
}

/** Flags that say which quirks a table keeps and with which ω. */
export const VARIATION_OPTIONS = {
  fidelity: { type: "string", default: DEFAULTS.fidelity },
  omega: { type: "string", default: String(DEFAULTS.omega) },
} as const;

/** What those flags ask for. */
export function variationOf(
  { fidelity, omega }: { readonly fidelity: string; readonly omega: string },
): Pick<Setting, "fidelity" | "omega"> {
  const value = omega.trim() === "" ? NaN : Number(omega);
  if (!(value > 0 && value < 2)) throw flagFault("omega", "in (0, 2)", omega);
  return { fidelity: oneOf("fidelity", ["reference", "corrected"], fidelity), omega: value };
}
