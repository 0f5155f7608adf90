/**
 * Whether ADAPG moves the policy as AdamW does at a larger learning rate.
 *
 * @module
 */
import { type ClipRatios, clipRatios } from "../clip_ratio.ts";
import { distinct } from "../cell_score.ts";
import type { Evidence } from "../evidence.ts";
import { digits, shownEstimate } from "../numbers.ts";
import { type Block, paragraph, type Section, type Text } from "../page/blocks.ts";
import { geometricSummary } from "../summary.ts";
import { shownSummary } from "../text_table.ts";
import { envTitle } from "./names.ts";

/** Clip fractions of DPPO, arm against arm; nothing where ADAPG and AdamW have none to compare. */
export function clipRatioSections(evidence: Evidence): Section[] {
  const rows = clipRatios(evidence), [first] = rows;
  if (first?.arm !== "adapg" || first.over !== "adamw") return [];
  return [{
    id: "clip",
    title: "Is ADAPG just a larger rate? (post hoc)",
    blocks: [
      paragraph(
        "In the long run ADAPG steps as AdamW does with the rate η/(2 − ω) (reading notes, 1). How far its updates move the " +
          "policy is logged in training: DPPO’s clip fraction, the share of denoising steps whose probability ratio leaves " +
          "the clip range. Chosen after the results; it says how far the policy goes, not how well.",
      ),
      paragraph(overall(first)),
      tableOf(rows),
    ],
  }];
}

/** Environments count once each. */
function overall({ rates, ratios }: ClipRatios): string {
  const means = Object.values(ratios).map(({ mean }) => mean);
  const { mean, interval } = geometricSummary(means)!;
  const more = means.filter((ratio) => ratio > 1).length;
  return `With ADAPG it is larger than with AdamW in ${more} of ${means.length} environments, in the geometric mean ${
    shownEstimate(mean, interval)
  } times as large (95 % t interval of the logarithm over environments), at a long-run rate that is ${
    digits(rates)
  } times as large.`;
}

function tableOf(rows: readonly ClipRatios[]): Block {
  const envs = distinct(rows.flatMap(({ ratios }) => Object.keys(ratios)));
  return {
    kind: "table",
    caption:
      "Clip fraction of one arm over another’s: means over the last quarter of the training iterations, their ratios by " +
      "seed, geometric means over seeds with 95 % t intervals of the logarithm, not corrected for how many there are. Were " +
      "the rate all that matters, arms of equal rates would have the ratio 1.",
    numbers: [2, 3 + envs.length],
    header: ["arm", "over", "long-run rates", ...envs.map(envTitle)],
    rows: rows.map(({ arm, over, rates, ratios }): Text[] => [
      [{ code: arm }],
      [{ code: over }],
      digits(rates),
      ...envs.map((env) => shownSummary(ratios[env] ?? null, "–")),
    ]),
  };
}
