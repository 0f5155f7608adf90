/**
 * Claims of the paper, the rules that decide them and what the rules return.
 *
 * @module
 */
import type { Key } from "../../rng/key.ts";
import type { Interval } from "../../stats/stratified_bootstrap.ts";
import type { CellKind, CellScore } from "../cell_score.ts";

/** A rule as stated in `fixtures/paper/claims.json`; only the fields of its kind are present. */
export interface Rule {
  readonly kind: string;
  /** What is computed and what it must be, in words. */
  readonly statistic: string;
  readonly supported: string;
  readonly notSupported: string;
  readonly minSeeds: number;
  readonly cells?: readonly string[];
  readonly environment?: string;
  readonly parameter?: string;
  readonly claimed?: readonly number[];
  readonly range?: readonly [number, number];
  readonly value?: number;
  readonly margin?: number;
  readonly alpha?: number;
}

/** A claim, where the paper makes it, and the experiment whose results decide it. */
export interface Claim {
  readonly id: string;
  readonly text: string;
  readonly where: string;
  readonly experiment: string;
  readonly rule: Rule;
}

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

/** Decides a claim from an experiment's scores. */
export type Judge = (rule: Rule, found: Found) => Judgement;

/** The claim is open because results are missing or too few. */
export const inconclusive = (...evidence: string[]): Judgement => ({
  verdict: "inconclusive",
  evidence,
});

/** A number for the reader: four significant digits. */
export const shown = (x: number): string =>
  Number.isFinite(x) ? Number(x.toPrecision(4)).toString() : x > 0 ? "∞" : "−∞";

/** `[1.2, 3.4]` */
export const shownInterval = ({ low, high }: Interval): string => `[${shown(low)}, ${shown(high)}]`;
