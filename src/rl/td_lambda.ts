/**
 * TD(λ) value targets over a replay buffer.
 *
 * @module
 */
import { type AdvantageInputs, gae, shifted, type TraceDecay } from "./gae.ts";
import type { Floats } from "../tensor/tensor.ts";

/**
 * Targets T = V + g, where g sums the errors of later rows as in {@link gae}, stored in float32.
 *
 * Without `nextValues` a row bootstraps from the row after it and the last row from its own value, as the
 * reference does (quirk Q5).
 *
 * @param inputs rows of consecutive steps of `envs` environments, oldest first
 */
export function tdLambdaTargets(
  inputs: Omit<AdvantageInputs, "nextValues"> & Partial<Pick<AdvantageInputs, "nextValues">>,
  envs: number,
  decay: TraceDecay,
): Floats {
  const { values } = inputs;
  const ownLast = Array.from({ length: envs }, (_, e) => values[values.length - envs + e]);
  const nextValues = inputs.nextValues ?? shifted(values, ownLast);
  return Float32Array.from(gae({ ...inputs, nextValues }, envs, decay).returns);
}
