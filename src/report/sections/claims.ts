/**
 * The paper's claims and what became of them.
 *
 * @module
 */
import type { JudgedClaim } from "../claims/judge.ts";
import type { Evidence } from "../evidence.ts";
import type { StudyName } from "../../experiments/studies.ts";
import { type Block, paragraph, type Section, type Text } from "../page/blocks.ts";
import { shownVerdict } from "./names.ts";

/** Claims with their verdicts and evidence, and the rules that decided them. */
export const claimsSection = (claims: readonly JudgedClaim[], evidence: Evidence): Section => ({
  id: "claims",
  title: "Claims of the paper",
  blocks: [
    paragraph(
      "Computed from the committed results by the rules in ",
      { code: "fixtures/paper/claims.json" },
      ", which were fixed before the results; what their words leave open was settled after the first ones " +
        "(reading notes, 10). Some come from what the paper’s summary proposes to check, not from the paper (reading notes, " +
        "11). A verdict speaks about the scale at which it was reached; ",
      { code: "compact" },
      " is not the paper’s.",
    ),
    verdicts(claims, evidence),
    ...claims.flatMap(evidenceOf),
    rules(claims),
  ],
});

const verdicts = (claims: readonly JudgedClaim[], evidence: Evidence): Block => ({
  kind: "table",
  caption: "Verdicts",
  numbers: [0, 0],
  header: ["claim", "verdict", "results", "where in the summary"],
  rows: claims.map(({ claim, verdict }): Text[] => [
    claim.text,
    shownVerdict(verdict),
    resultsOf(claim.experiment, evidence),
    claim.where,
  ]),
});

/** The numbers behind a verdict. */
const evidenceOf = ({ claim, verdict, evidence }: JudgedClaim): Block[] => [
  paragraph({ strong: claim.text }, `: ${verdict}`),
  { kind: "list", items: evidence },
];

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
    numbers: [4, 5],
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
