/**
 * Where a run left the finite numbers, as published files say it.
 *
 * @module
 */
import { z } from "zod";
import type { Divergence } from "../experiments/divergence.ts";

/** Null where all stayed finite. */
export const Diverged: z.ZodType<Divergence | null> = z.strictObject({
  stream: z.string(),
  iteration: z.number(),
  place: z.string(),
  message: z.string(),
}).nullable();
