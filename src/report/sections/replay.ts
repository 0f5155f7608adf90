/**
 * Every number with the command that computes it again.
 *
 * @module
 */
import { studies } from "../../experiments/studies.ts";
import { cellPath } from "../../experiments/cell.ts";
import { cellName } from "../cell_score.ts";
import {
  auditCommand,
  type Evidence,
  type Run,
  STUDIES,
  type StudyEvidence,
  tablePath,
} from "../evidence.ts";
import { digits } from "../numbers.ts";
import { type Block, paragraph, type Section, type Text } from "../page/blocks.ts";
import { scoreSummary } from "../summary.ts";
import { shownSummary } from "../text_table.ts";

/** How to replay runs, and a table of all of them for each study. */
export const replaySection = (evidence: Evidence): Section => ({
  id: "replay",
  title: "Replay each number",
  blocks: [
    paragraph(
      "Every run is a function of its seed. The command of a row runs it again from the beginning and compares every " +
        "iteration’s digest and the scores; it exits with 0 only when all are equal bit for bit, and names the first " +
        "difference otherwise. Without ",
      { code: "--all" },
      " it replays the first iterations only. ",
      { code: "deno task report" },
      " writes this page again, to the same bytes.",
    ),
    ...STUDIES.flatMap((study) => evidence[study] === undefined ? [] : [runsOf(evidence[study])]),
  ],
});

const runsOf = (evidence: StudyEvidence): Block => ({
  kind: "details",
  summary: `${studies[evidence.study].title}: ${evidence.runs.length} runs`,
  blocks: [{
    kind: "table",
    caption:
      `Runs of ${
        studies[evidence.study].title
      }; success rates of single policies with 95 % Wilson intervals over ` +
      "their episodes",
    numbers: [1, 3],
    header: ["run", "pre-trained", "fine-tuned", "replay"],
    rows: evidence.runs.map((run) => rowOf(evidence, run)),
  }],
});

function rowOf(evidence: StudyEvidence, run: Run): Text[] {
  const { cell, score } = run, path = cellPath(cell);
  return [
    [{ link: `${tablePath(evidence)}/cells/${path}/scores.json`, text: path }],
    digits(score.pretrained),
    finalOf(run),
    [{ code: auditCommand(evidence, `${cellName(score)}-${score.arm}`, cell.seed) }],
  ];
}

function finalOf({ score, divergence }: Run): string {
  if (score.final === undefined) return `diverged: ${divergence}`;
  return shownSummary(scoreSummary([score.final], score), "–");
}
