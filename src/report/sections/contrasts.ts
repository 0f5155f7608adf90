/**
 * The differences that a study was made for, as a table.
 *
 * @module
 */
import { armName } from "../../experiments/cell.ts";
import { studies, type Study } from "../../experiments/studies.ts";
import { type ContrastRow, contrastRows } from "../contrasts.ts";
import { scoresOf, type StudyEvidence } from "../evidence.ts";
import type { Block, Inline, Text } from "../page/blocks.ts";
import { shownSummary } from "../text_table.ts";
import { envTitle } from "./names.ts";

/** A table where the study names such differences. */
export function contrastsOf(evidence: StudyEvidence): Block[] {
  const { contrasts = [] }: Study = studies[evidence.study];
  if (contrasts.length === 0) return [];
  const isChosen = contrasts.some(({ minus }) => "bestOf" in minus);
  return [{
    kind: "table",
    caption: isChosen ? `${CAPTION} ${CHOICE}` : CAPTION,
    numbers: [4, 6],
    header: ["environment", "method", "difference", "isolates", "final scores", "seeds"],
    rows: contrastRows(contrasts, scoresOf(evidence)).map(lineOf),
  }];
}

const CAPTION =
  "What the study was made to compare: differences paired by seed, with 95 % t intervals, not corrected for how many " +
  "there are.";

const CHOICE =
  "The best of several arms is the one with the highest mean final score over these same seeds: that choice favours " +
  "it, and nothing is corrected for it.";

const lineOf = (row: ContrastRow): Text[] => [
  envTitle(row.env),
  row.method.toUpperCase(),
  [{ code: armName(row.contrast.arm) }, " − ", ...subtracted(row)],
  row.contrast.isolates,
  shownSummary(row.difference, "–"),
  String(row.difference?.seeds ?? 0),
];

/** The arm that is subtracted and, where it was chosen, from how many. */
function subtracted({ contrast, minus }: ContrastRow): Inline[] {
  if ("bestOf" in minus) return [`the best of ${minus.bestOf.length}`];
  const choice = "bestOf" in contrast.minus
    ? [`, the best of ${contrast.minus.bestOf.length}`]
    : [];
  return [{ code: armName(minus) }, ...choice];
}
