/**
 * The report: from published runs to files.
 *
 * @module
 */
import { address, key } from "../rng/key.ts";
import { aggregates, profiles } from "./aggregates.ts";
import { cellTests } from "./cell_tests.ts";
import type { CellScore } from "./cell_score.ts";
import type { Claim } from "./claims/claim.ts";
import { judgeAll, type JudgedClaim } from "./claims/judge.ts";
import { type Evidence, plannedComparisons, scoresOf, STUDIES } from "./evidence.ts";
import { sheetSvg } from "./figures/sheet.ts";
import { type Block, figuresOf, type Report, type Section } from "./page/blocks.ts";
import { reportHtml } from "./page/html.ts";
import { reportMarkdown } from "./page/markdown.ts";
import { pooled } from "./pooled.ts";
import { aggregatesSection, testsSection } from "./sections/aggregates.ts";
import { briefSection, coverageSection, type Outcome } from "./sections/brief.ts";
import { claimsSection } from "./sections/claims.ts";
import { clipRatioSections } from "./sections/clip_ratio.ts";
import { curvesFigure } from "./sections/curves.ts";
import { fidelitySection } from "./sections/fidelity.ts";
import { replaySection } from "./sections/replay.ts";
import { stabilitySection } from "./sections/stability.ts";
import { studySection } from "./sections/study.ts";
import { table1Section } from "./sections/table1.ts";
import { stability } from "./stability.ts";
import { table1 } from "./table1.ts";

/** Bootstraps of the report draw from here. */
const KEY = address(key(0), "report");

/** What is computed once for the page and the README. */
export function outcomeOf(evidence: Evidence, claims: readonly Claim[]): Outcome {
  const scores = scoresOf(evidence.table1);
  return {
    rows: table1(scores),
    planned: plannedComparisons("table1"),
    tests: cellTests(scores),
    aggregates: aggregates(KEY, scores),
    claims: judgedClaims(evidence, claims),
  };
}

/** The verdicts on claims. */
export function judgedClaims(evidence: Evidence, claims: readonly Claim[]): readonly JudgedClaim[] {
  const results = Object.fromEntries(STUDIES.map((study) => [study, scoresOf(evidence[study])]));
  return judgeAll(claims, results, KEY);
}

/** The file of verdicts, below `results/`. */
export const VERDICTS = "claims.md";

/** All files of the report by their path below `results/`. */
export function reportFiles(evidence: Evidence, outcome: Outcome): Record<string, string> {
  const report = reportOf(evidence, outcome);
  const sheets = figuresOf(report).map((figure) => [figure.file, sheetSvg(figure)]);
  return {
    ...Object.fromEntries(sheets),
    "report/index.html": reportHtml(report, "../"),
    "report/report.md": reportMarkdown(report, "../"),
    [VERDICTS]: verdictsText(evidence, outcome.claims),
  };
}

const TITLE = "Is ADAPG better than AdamW for fine-tuning diffusion policies?";

function reportOf(evidence: Evidence, outcome: Outcome): Report {
  const others = STUDIES.filter((study) => study !== "table1");
  return {
    title: TITLE,
    lead:
      "A reproduction of “Adaptive Diffusion Policy Optimization” (arXiv 2505.08376). Every number on this page is " +
      "computed from what is committed: runs, and findings on the networks that they trained. Every run can be " +
      "replayed to the same bytes; findings can be measured again once their runs have been repeated, because the " +
      "networks are not committed.",
    sections: [
      briefSection(outcome),
      coverageSection(evidence),
      ...table1Sections(evidence, outcome),
      ...others.map((study) => studySection(study, evidence[study])),
      ...clipRatioSections(evidence),
      claimsSection(outcome.claims, evidence),
      fidelitySection,
      replaySection(evidence),
    ],
  };
}

function table1Sections(evidence: Evidence, { rows, tests, aggregates }: Outcome): Section[] {
  const { table1: found } = evidence;
  if (found === undefined) return [studySection("table1", undefined)];
  const scores: readonly CellScore[] = scoresOf(found);
  const curves: Block[] = [curvesFigure(found, "Table I: learning curves")];
  return [
    table1Section(found, rows),
    aggregatesSection(aggregates, profiles(KEY, scores), pooled(scores)),
    testsSection(tests),
    stabilitySection(stability(scores)),
    { id: "curves", title: "Learning curves", blocks: curves },
  ];
}

/** The verdicts with the numbers and rules behind them, as Markdown. */
export const verdictsText = (evidence: Evidence, claims: readonly JudgedClaim[]): string =>
  reportMarkdown({
    title: "Claims of the paper and what our results say",
    lead: "Written by `deno task report`.",
    sections: [claimsSection(claims, evidence)],
  }, "");
