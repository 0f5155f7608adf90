/**
 * Whether ADAPG trains more steadily.
 *
 * @module
 */
import { MIN_SEEDS } from "../comparisons.ts";
import { shownEstimate, shownP } from "../numbers.ts";
import { paragraph, type Section, type Text } from "../page/blocks.ts";
import type { Steadiness } from "../stability.ts";
import { NOTHING_COMPARED } from "./names.ts";

/** What differs between seeds and along runs, arm against arm. */
export const stabilitySection = (rows: readonly Steadiness[]): Section => ({
  id: "stability",
  title: "Training stability (post hoc)",
  blocks: rows.length === 0 ? [paragraph(NOTHING_COMPARED)] : [
    paragraph(
      "The paper’s summary says that ADAPG makes training more stable. No rule was written down for that before the " +
        "results: these measures were chosen after seeing them, so they suggest and decide nothing. Each comparison " +
        `with ${MIN_SEEDS} seeds or more counts once, as if independent of the others. The sign test counts in how many ` +
        "ADAPG’s measure is smaller; the ratio is the geometric mean of ADAPG’s measure over AdamW’s with its 95 % t " +
        "interval, and the last p is of the paired t test of their logarithms. The two need not agree: the first ignores how much, the second is moved by " +
        "single large ratios.",
    ),
    {
      kind: "table",
      caption: "ADAPG against AdamW over comparisons",
      numbers: [1, 6],
      header: ["measure", "comparisons", "smaller with ADAPG", "p (signs)", "ratio", "p (ratio)"],
      rows: rows.map(({ measure, comparisons, smaller, signP, ratio }): Text[] => [
        measure,
        String(comparisons),
        String(smaller),
        shownP(signP),
        ratio === null ? "–" : shownEstimate(ratio.value, ratio.interval),
        ratio === null ? "–" : shownP(ratio.p),
      ]),
    },
  ],
});
