/**
 * The error for NaN and infinity, which are never silent.
 *
 * @module
 */
import type { Leaf } from "./params.ts";

/** A value that is NaN or infinite; a run that meets one has diverged. The message says where it was found. */
export class NonFiniteError extends RangeError {
  override readonly name = "NonFiniteError";

  /**
   * @param action what was being done, "step adapg"
   * @param subject what was not finite, "gradient"
   * @param place where, "actor.layers.0.weight[17]"
   */
  constructor(action: string, subject: string, readonly place: string, readonly value: number) {
    super(`Cannot ${action}: ${subject} must be finite, found ${value} at ${place}`);
  }
}

/** The leaf that holds position `index` of a parameter vector and the position inside it, `name[i]`. */
export function placeOf(layout: readonly Leaf[], index: number): string {
  const leaf = layout.findLast(({ offset, size }) => size > 0 && offset <= index);
  return leaf === undefined ? `[${index}]` : `${leaf.name}[${index - leaf.offset}]`;
}
