/**
 * How a rule decides a claim: what it is applied to and what it returns.
 *
 * @module
 */
import type { Key } from "../../rng/key.ts";
import type { CellKind, CellScore } from "../cell_score.ts";
import type { Rule, RuleOf } from "./claim.ts";

/** What the committed results say about a claim. */
export type Verdict = "supported" | "not supported" | "inconclusive";

/** A verdict with the numbers it rests on, in words. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly evidence: readonly string[];
}

/** What a rule is applied to. */
export interface Found {
  readonly scores: readonly CellScore[];
  /** Every cell of the experiment once, run or not. */
  readonly planned: readonly CellKind[];
  /** Drives the bootstraps that the report shows as well. */
  readonly key: Key;
  /** Drives the bootstraps of this claim alone. */
  readonly own: Key;
}

/** Decides a claim by rules of some kind from an experiment's scores. */
export type Judge<Kind extends Rule["kind"]> = (rule: RuleOf<Kind>, found: Found) => Judgement;

/** The claim is open because results are missing or too few. */
export const inconclusive = (...evidence: string[]): Judgement => ({
  verdict: "inconclusive",
  evidence,
});
