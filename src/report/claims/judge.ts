/**
 * Applies each claim's rule to the results of its experiment.
 *
 * @module
 */
import { address, type Key } from "../../rng/key.ts";
import type { StudyName } from "../../experiments/studies.ts";
import type { CellScore } from "../cell_score.ts";
import { plannedCells } from "../evidence.ts";
import { allCells, areaUnderCurve, equivalence, sameSign } from "./cell_rules.ts";
import { type Claim, inconclusive, type Judge, type Judgement } from "./claim.ts";
import { bestDiffers } from "./best_differs.ts";
import { divergence, noGainAtLowest } from "./failure_rules.ts";
import { bestOf, bestOfRange, lowestSpread } from "./value_rules.ts";

const judges: Readonly<Record<string, Judge>> = {
  "all-cells": allCells,
  "equivalence": equivalence,
  "area-under-curve": areaUnderCurve,
  "same-sign": sameSign,
  "best-of": bestOf,
  "lowest-spread": lowestSpread,
  "best-of-range": bestOfRange,
  "best-differs": bestDiffers,
  "no-gain-at-lowest": noGainAtLowest,
  "divergence": divergence,
};

/**
 * The verdict on one claim.
 *
 * @param key of the report
 * @param results scores by experiment; an experiment without results leaves its claims inconclusive
 * @throws {RangeError} when the claim's rule is of an unknown kind
 */
export function judge(
  claim: Claim,
  results: Readonly<Record<string, readonly CellScore[]>>,
  key: Key,
): Judgement {
  if (!Object.hasOwn(judges, claim.rule.kind)) {
    throw new RangeError(
      `Cannot judge ${claim.id}: rule kind must be one of ${
        Object.keys(judges).join(", ")
      }, found ${claim.rule.kind}`,
    );
  }
  const scores = results[claim.experiment] ?? [];
  if (scores.length === 0) return inconclusive(`no results of ${claim.experiment} yet`);
  return judges[claim.rule.kind](claim.rule, {
    scores,
    planned: plannedCells(claim.experiment as StudyName),
    key,
    own: address(key, "claims", claim.id),
  });
}

/** A claim and what became of it. */
export interface JudgedClaim extends Judgement {
  readonly claim: Claim;
}

/** The verdict on every claim. */
export const judgeAll = (
  claims: readonly Claim[],
  results: Readonly<Record<string, readonly CellScore[]>>,
  key: Key,
): JudgedClaim[] => claims.map((claim) => ({ claim, ...judge(claim, results, key) }));
