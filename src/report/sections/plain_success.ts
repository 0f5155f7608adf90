/**
 * Success by another rule than the one that scores count.
 *
 * @module
 */
import { cellName, type CellScore } from "../cell_score.ts";
import type { Block, Text } from "../page/blocks.ts";
import { scoreSummary, startSummary } from "../summary.ts";
import { onePerSeed } from "../table1.ts";
import { shownSummary } from "../text_table.ts";
import { envTitle } from "./names.ts";

/** Both arms of every comparison whose score is a success rate; nothing where none is. */
export function plainSuccessTable(scores: readonly CellScore[]): Block[] {
  const arms = scores.filter(({ plain }) => plain !== null);
  if (arms.length === 0) return [];
  return [{
    kind: "table",
    caption:
      "Plain success: episodes with any successful step, with 95 % Wilson intervals as in Table I, which " +
      "counts as the reference does: an episode succeeds when all four steps of one chunk do.",
    numbers: [2, 5],
    header: ["environment", "method", "pre-trained", "AdamW", "ADAPG"],
    rows: [...Map.groupBy(arms, cellName).values()].map(rowOf),
  }];
}

function rowOf(cells: readonly CellScore[]): Text[] {
  const [first] = cells;
  const starts = onePerSeed(cells).map(({ plain }) => plain!.pretrained);
  const ends = (optimizer: string) =>
    cells.filter((cell) => cell.optimizer === optimizer).flatMap(({ plain }) => plain!.final ?? []);
  return [
    envTitle(first.env),
    first.method.toUpperCase(),
    ...[
      startSummary(starts, first),
      scoreSummary(ends("adamw"), first),
      scoreSummary(ends("adapg"), first),
    ].map((summary) => shownSummary(summary, "–")),
  ];
}
