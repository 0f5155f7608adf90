/**
 * The verdicts on the paper's claims, judged again.
 *
 * @module
 */
import { join } from "@std/path";
import type { Profile } from "../../src/experiments/budgets.ts";
import { DEFAULTS } from "../../src/experiments/cell.ts";
import type { Check } from "../../src/report/audit.ts";
import type { JudgedClaim } from "../../src/report/claims/judge.ts";
import { tablePath } from "../../src/report/evidence.ts";
import { judgedClaims, VERDICTS, verdictsText } from "../../src/report/report.ts";
import { readText } from "../io.ts";
import { publishedEvidence } from "../report/evidence.ts";
import { paperClaims } from "../report/files.ts";
import { checkEach, faultsIn } from "./check.ts";
import { textFaults } from "./tables.ts";
import type { Target } from "./targets.ts";

/** Whether verdicts may rest on a table: one of those that `report` reads, of a study that decides a claim. */
export function decidesClaims(
  { name: { study, setting }, table }: Target,
  results: string,
): boolean {
  const { budget } = setting, usual = tablePath({ study, setting: { ...DEFAULTS, budget } });
  return table === join(results, usual) && budget !== "smoke" &&
    paperClaims().some(({ experiment }) => experiment === study);
}

/** The published verdicts are, to the byte, what the rules say of the published scores of all studies. */
export function checkClaims(results: string, profile: Profile): Check {
  let verdicts = "verdicts";
  const faults = faultsIn(() => {
    const evidence = publishedEvidence(results, profile);
    const claims = judgedClaims(evidence, paperClaims());
    verdicts = countsOf(claims);
    return textFaults(VERDICTS, readText(join(results, VERDICTS)), verdictsText(evidence, claims));
  });
  return checkEach("claims", `${verdicts}, judged again to the byte`, [VERDICTS], () => faults);
}

/** `1 supported · 2 not supported · 7 inconclusive` */
const countsOf = (claims: readonly JudgedClaim[]): string =>
  (["supported", "not supported", "inconclusive"] as const)
    .map((verdict) => `${claims.filter((claim) => claim.verdict === verdict).length} ${verdict}`)
    .join(" · ");
