/**
 * How far training has moved networks.
 *
 * @module
 */
import { type Params, requireSameLayout } from "../../tensor/params.ts";
import { networksIn } from "./networks_in.ts";

/** Distances of one network. */
export interface UpdateNorm {
  /** ‖θ_final − θ_0‖ */
  readonly update: number;
  /** ‖θ_0‖ */
  readonly initial: number;
  /** max |θ_final − θ_0| over the coordinates. */
  readonly largest: number;
}

/**
 * Distances between two sets of parameters.
 *
 * @throws {TypeError} when they are of different networks
 */
export function updateNorm(before: Params, after: Params): UpdateNorm {
  requireSameLayout("measure update", before, after);
  let squares = 0, initial = 0, largest = 0;
  for (let j = 0; j < before.data.length; j++) {
    const change = after.data[j] - before.data[j];
    squares += change * change, initial += before.data[j] ** 2;
    largest = Math.max(largest, Math.abs(change));
  }
  return { update: Math.sqrt(squares), initial: Math.sqrt(initial), largest };
}

/** The distances of every network between two states of a method. */
export function updateNorms(before: unknown, after: unknown): Readonly<Record<string, UpdateNorm>> {
  const start = networksIn(before);
  return Object.fromEntries(
    Object.entries(networksIn(after)).map((
      [name, params],
    ) => [name, updateNorm(start[name], params)]),
  );
}
