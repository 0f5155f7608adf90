// deno-lint-ignore-file no-explicit-any
/**
 * A recorded case of the reference and the functions that recompute it.
 *
 * @module
 */
import type { Arrays } from "../../src/tensor/engine.ts";

/** One stored array in float64 (exact for every stored type). */
export interface StoredArray {
  readonly dtype: "F32" | "F64" | "I32" | "U8";
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

/** The sidecar and arrays of one case. */
export interface ParityCase {
  readonly name: string;
  readonly kind: string;
  readonly config: any;
  readonly sidecar: any;
  readonly arrays: Readonly<Record<string, StoredArray>>;
}

/**
 * Recomputes a case. Returns arrays under their stored names ("out/loss", "grad/critic.Q1.layers.0.weight",
 * "out64/…" where computed in float64). The runner compares every stored result array of each precision that
 * was returned at all; one that is stored but not returned is a failure. Throw {@link Unsupported} to decline.
 */
export type ParityHandler = (
  parityCase: ParityCase,
) => Readonly<Record<string, ArrayLike<number>>> | Arrays;

/** Thrown by a handler for a case that this package does not implement; the message says what is missing. */
export class Unsupported extends Error {}
