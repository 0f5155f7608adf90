/**
 * What analyses publish, field by field.
 *
 * @module
 */
import { z } from "zod";
import { ACTORS, CHOOSERS, IDQL_ARMS } from "../../experiments/analysis/idql_probe.ts";
import type { MomentFinding } from "../../experiments/analysis/moment_findings.ts";
import type { OmegaFinding } from "../../experiments/analysis/omega_findings.ts";
import { Diverged } from "../diverged.ts";
import type { IdqlFinding } from "./idql_tables.ts";
import { CHANGES, POLICIES, type RobustnessFinding } from "./robustness_table.ts";

const number = z.number(), env = z.string(), seed = z.int().nonnegative();

/** Numbers by name. */
const numbers = <Name extends string>(names: readonly Name[]) => z.record(z.enum(names), number);

const monitors = z.strictObject({
  steps: number,
  meanGradientNorm: number,
  rmsGradientNorm: number,
  shares: numbers(["zero", "upTo1em11", "upTo1em8", "upTo1em6", "above1em6"]),
  belowEps: number,
  largestStep: number,
  meanStep: number,
  underflown: number,
  headroom: number,
  largestParameter: number,
  nonFinite: number,
});

/** Monitors of one optimizer of a trained cell. */
export const Moments: z.ZodType<MomentFinding> = z.strictObject({
  env,
  seed,
  method: z.string(),
  arm: z.string(),
  eps: number,
  network: z.string(),
  iteration: number,
  monitors,
  diverged: Diverged,
});

/** ω of one network of a trained cell. */
export const Omega: z.ZodType<OmegaFinding> = z.strictObject({
  env,
  seed,
  network: z.string(),
  steps: number,
  omega: number,
});

const gaps = numbers(["gap", "spread", "scale", "acrossObservations"]);

const choices = z.strictObject({
  adamw: gaps,
  adapg: gaps,
  disagreement: number,
  correlation: number,
});

const norms = z.record(z.string(), numbers(["update", "initial", "largest"]));

const evidence = z.strictObject({
  norms: z.record(z.enum(IDQL_ARMS), norms),
  candidates: number,
  observations: number,
  choices: z.record(z.enum(ACTORS), choices),
  scores: z.record(z.enum(ACTORS), numbers(CHOOSERS)),
});

/** What a pair of IDQL's arms shows. */
export const Idql: z.ZodType<IdqlFinding> = z.strictObject({ env, seed, evidence });

const scores = z.record(z.enum(POLICIES), numbers(CHANGES));

/** Scores of a pair's policies under changes. */
export const Robustness: z.ZodType<RobustnessFinding> = z.strictObject({ env, seed, scores });
