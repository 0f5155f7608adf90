/**
 * Runs that leave the finite numbers end there and say where.
 *
 * @module
 */
import { NonFiniteError } from "../tensor/non_finite.ts";

/** Where a run met its first non-finite value. */
export interface Divergence {
  /** What was going on: "act", "update" or "evaluation". */
  readonly stream: string;
  readonly iteration: number;
  /** The leaf and position, `mlp_mean.layers.0.weight[17]`, and what was being done. */
  readonly place: string;
  readonly message: string;
}

/** Carries a divergence to the end of the run. */
class Diverged extends Error {
  constructor(readonly divergence: Divergence, cause: unknown) {
    super(divergence.message, { cause });
  }
}

/** Runs `body`, noting the stream and iteration where it meets a non-finite value. */
export function within<T>(stream: string, iteration: number, body: () => T): T {
  try {
    return body();
  } catch (error) {
    if (!(error instanceof NonFiniteError)) throw error;
    const { place, message } = error;
    throw new Diverged({ stream, iteration, place, message }, error);
  }
}

/** The divergence that an error carries; any other error is thrown on. */
export function divergenceOf(error: unknown): Divergence {
  if (error instanceof Diverged) return error.divergence;
  throw error;
}
