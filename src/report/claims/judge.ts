/**
 * Applies each claim's rule to the results of its experiment.
 *
 * @module
 */
import { address, type Key } from "../../rng/key.ts";
import type { CellScore } from "../cell_score.ts";
import { plannedCells } from "../evidence.ts";
import { allCells, areaUnderCurve, equivalence, sameSign } from "./cell_rules.ts";
import type { Claim, Rule, RuleOf } from "./claim.ts";
import { bestDiffers } from "./best_differs.ts";
import { divergence, noGainAtLowest } from "./failure_rules.ts";
import { type Found, inconclusive, type Judge, type Judgement } from "./judgement.ts";
import { bestOf, bestOfRange, lowestSpread } from "./value_rules.ts";

const judges: { readonly [Kind in Rule["kind"]]: Judge<Kind> } = {
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
 */
export function judge(
  claim: Claim,
  results: Readonly<Record<string, readonly CellScore[]>>,
  key: Key,
): Judgement {
  const scores = results[claim.experiment] ?? [];
  if (scores.length === 0) return inconclusive(`no results of ${claim.experiment} yet`);
  return judgeBy(claim.rule.kind, claim.rule, {
    scores,
    planned: plannedCells(claim.experiment),
    key,
    own: address(key, "claims", claim.id),
  });
}

const judgeBy = <Kind extends Rule["kind"]>(kind: Kind, rule: RuleOf<Kind>, found: Found) =>
  judges[kind](rule, found);

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
