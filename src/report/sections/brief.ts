/**
 * The answer on one screen, and what it rests on.
 *
 * @module
 */
import { studies, type StudyName } from "../../experiments/studies.ts";
import { quantile } from "../../stats/moments.ts";
import { type Aggregate, ALL_METHODS } from "../aggregates.ts";
import { cellName, type Compared, distinct } from "../cell_score.ts";
import { type CellTest, LEVEL, VISIBLE_SHARE } from "../cell_tests.ts";
import type { JudgedClaim } from "../claims/judge.ts";
import { MIN_SEEDS } from "../comparisons.ts";
import {
  countRuns,
  type Evidence,
  plannedComparisons,
  plannedRuns,
  reproduceCommand,
  scoresOf,
  STUDIES,
  type StudyEvidence,
  tablePath,
  WANTED,
} from "../evidence.ts";
import { counted, shownEstimate } from "../numbers.ts";
import { type Block, type Inline, paragraph, type Section, type Text } from "../page/blocks.ts";
import { isUndecidable, type Table1Row } from "../table1.ts";
import { listed } from "./names.ts";

/** Everything that the first lines speak of. */
export interface Outcome {
  readonly rows: readonly Table1Row[];
  /** The comparisons of Table I, run or not. */
  readonly planned: readonly Compared[];
  readonly tests: readonly CellTest[];
  readonly aggregates: readonly Aggregate[];
  readonly claims: readonly JudgedClaim[];
}

/** The answer in sentences. */
export const briefSection = (outcome: Outcome): Section => ({
  id: "answer",
  title: "The answer in brief",
  blocks: [{ kind: "list", items: answer(outcome) }],
});

/** Sentences on the comparisons, on all of them together and on the claims. */
export function answer(outcome: Outcome): Text[] {
  const all = outcome.aggregates.find(({ group }) => group === ALL_METHODS);
  return [
    comparisonsOf(outcome),
    ...powerOf(outcome.tests),
    ...(all === undefined ? [] : [improvementOf(all)]),
    claimsOf(outcome.claims),
  ];
}

/** A comparison is a method in an environment, a cell one arm of it. */
function comparisonsOf({ rows, planned, tests }: Outcome): Inline[] {
  if (rows.length === 0) return ["Table I has no results yet."];
  const full = rows.filter((row) => !isUndecidable(row));
  const count = (verdict: string) => full.filter((row) => row.verdict === verdict).length;
  const missing = without(planned, rows);
  return [
    `Of the ${counted(planned.length, "comparison")} of Table I (${2 * planned.length} cells), ` +
    `${rows.length} have runs and ${full.length} the ${MIN_SEEDS} seeds that a verdict needs. ` +
    "Among these ADAPG is better in ",
    { strong: String(count("supported")) },
    ", worse in ",
    { strong: String(count("not supported")) },
    " and not told apart from AdamW in ",
    { strong: String(count("inconclusive")) },
    " (95 % t interval of the paired difference, not corrected for the number of comparisons; after Holm’s correction " +
    `${tests.filter(({ holm }) => holm < LEVEL).length} differ).`,
    ...(missing.length === 0 ? [] : [` Not run yet: ${listed(missing, planned)}.`]),
  ];
}

/** Not to see a difference is not to see that there is none. */
function powerOf(tests: readonly CellTest[]): string[] {
  const needed = tests.flatMap(({ seedsNeeded }) => seedsNeeded ?? []);
  if (needed.length === 0) return [];
  const seeds = distinct(tests.map((test) => test.seeds)).sort((a, b) => a - b).join(" or ");
  return [
    `That does not make the arms equal: with ${seeds} seeds only large differences show. To see one of ` +
    `${
      100 * VISIBLE_SHARE
    } % of the pre-trained score, half of these comparisons would need more than ` +
    `${Math.round(quantile(needed, 0.5))} seeds.`,
  ];
}

function improvementOf({ improvement, cells, seeds }: Aggregate): Inline[] {
  const { value, interval } = improvement, decided = interval.low > 0.5 || interval.high < 0.5;
  const shown = shownEstimate(value, interval);
  return [
    "A run with ADAPG beats a run with AdamW with probability ",
    decided ? { strong: shown } : shown,
    ` over ${counted(cells.length, "comparison")} with ${counted(seeds, "seed")} each; `,
    decided ? "the interval excludes one half." : "the interval holds one half.",
  ];
}

function claimsOf(claims: readonly JudgedClaim[]): Inline[] {
  const count = (verdict: string) => claims.filter((claim) => claim.verdict === verdict).length;
  return [
    `Of ${claims.length} claims drawn from the summary of the paper, ${
      count("supported")
    } are supported, ` +
    `${count("not supported")} not supported and ${count("inconclusive")} inconclusive, by rules ` +
    "written down before the results; gaps in their words were closed after the first ones (reading notes, 10).",
  ];
}

/** Which studies have results, how many of their runs, and the command that makes the rest. */
export const coverageSection = (evidence: Evidence): Section => ({
  id: "coverage",
  title: "What there is and what is missing",
  blocks: [
    {
      kind: "table",
      caption:
        "Published runs by study. Where several budgets are published, the one with most runs is reported, " +
        "and smoke runs, which are too short to tell anything, never are. Runs of further seeds, which --seeds adds, " +
        "stand after the plus sign.",
      numbers: [3, 4],
      header: ["study", "question", "setting", "runs", "command"],
      rows: STUDIES.map((study) => coverageRow(study, evidence[study])),
    },
    ...missingBlocks(evidence),
  ],
});

function coverageRow(study: StudyName, found: StudyEvidence | undefined): Text[] {
  const { title, question } = studies[study], setting = found?.setting ?? WANTED;
  const seeds = found?.runs.map(({ cell }) => cell.seed) ?? [];
  const { planned, further } = countRuns(setting, seeds);
  const runs = `${planned}/${plannedRuns(study, setting)}` + (further === 0 ? "" : ` + ${further}`);
  const where: Text = found === undefined
    ? "missing"
    : [{ link: `${tablePath(found)}/table.md`, text: `${setting.profile}, ${setting.budget}` }];
  return [title, question, where, runs, [{ code: reproduceCommand(study, setting) }]];
}

function missingBlocks(evidence: Evidence): Block[] {
  const partly = STUDIES.flatMap((study) => missingIn(study, evidence[study]));
  const missing = STUDIES.filter((study) => evidence[study] === undefined);
  const names = missing.map((study) => studies[study].title).join(", ");
  const lines = [
    ...(partly.length === 0
      ? []
      : [`Without runs in a study that has some: ${partly.join("; ")}.`]),
    ...(missing.length === 0
      ? []
      : [`Not run yet: ${names}. Claims that rest on them are inconclusive.`]),
  ];
  return lines.map((line) => paragraph(line));
}

/** The comparisons of a study that have no run; nothing where all do or none does. */
function missingIn(study: StudyName, found: StudyEvidence | undefined): string[] {
  if (found === undefined) return [];
  const planned = plannedComparisons(study), missing = without(planned, scoresOf(found));
  return missing.length === 0 ? [] : [`${studies[study].title} lacks ${listed(missing, planned)}`];
}

/** Those that are not among others. */
function without(comparisons: readonly Compared[], others: readonly Compared[]): Compared[] {
  const names = new Set(others.map(cellName));
  return comparisons.filter((one) => !names.has(cellName(one)));
}
