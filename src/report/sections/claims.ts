/**
 * The paper's claims and what became of them.
 *
 * @module
 */
import type { JudgedClaim } from "../claims/judge.ts";
import type { Evidence } from "../evidence.ts";
import type { StudyName } from "../../experiments/studies.ts";
import { type Block, paragraph, type Section, type Text } from "../page/blocks.ts";

/** Claims with their verdicts and evidence, and the rules that decided them. */
export const claimsSection = (claims: readonly JudgedClaim[], evidence: Evidence): Section => ({
  id: "claims",
  title: "Claims of the paper",
  blocks: [
    paragraph(
      "Computed from the committed results by the rules in ",
      { code: "fixtures/paper/claims.json" },
      ", which were fixed before the results. A verdict speaks about the scale at which it was reached; ",
      { code: "compact" },
      " is not the paper’s.",
    ),
    verdicts(claims, evidence),
    rules(claims),
  ],
});

const verdicts = (claims: readonly JudgedClaim[], evidence: Evidence): Block => ({
  kind: "table",
  caption: "Verdicts",
  labels: 5,
  header: ["claim", "verdict", "evidence", "results", "where in the summary"],
  rows: claims.map(({ claim, verdict, evidence: found }): Text[] => [
    claim.text,
    verdict === "inconclusive" ? verdict : [{ strong: verdict }],
    found.join("; "),
    resultsOf(claim.experiment as StudyName, evidence),
    claim.where,
  ]),
});

function resultsOf(study: StudyName, evidence: Evidence): string {
  const setting = evidence[study]?.setting;
  return setting === undefined
    ? `${study}: none`
    : `${study}: ${setting.profile}, ${setting.budget}`;
}

const rules = (claims: readonly JudgedClaim[]): Block => ({
  kind: "details",
  summary: "The rules",
  blocks: [{
    kind: "table",
    caption: "What decides each claim; in all other cases it is inconclusive",
    labels: 4,
    header: ["claim", "statistic", "supported when", "not supported when", "seeds at least"],
    rows: claims.map(({ claim: { id, rule } }): Text[] => [
      [{ code: id }],
      rule.statistic,
      rule.supported,
      rule.notSupported,
      String(rule.minSeeds),
    ]),
  }],
});
