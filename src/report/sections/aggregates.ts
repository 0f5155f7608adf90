/**
 * All comparisons together, and how sure one can be of each.
 *
 * @module
 */
import { detectableDifference } from "../../stats/power.ts";
import { type Aggregate, ALL_METHODS, type ProfilePoint } from "../aggregates.ts";
import { type CellTest, LEVEL, VISIBLE_SHARE } from "../cell_tests.ts";
import { profilePanel } from "../figures/profile.ts";
import { seriesOf } from "../figures/series.ts";
import { REFERENCES } from "../normalized_score.ts";
import { counted, exact, fourDigits, shownEstimate, shownP, thousandths } from "../numbers.ts";
import type { Pairing, Pooled } from "../pooled.ts";
import { type Block, paragraph, type Section, type Text } from "../page/blocks.ts";
import type { Summary } from "../summary.ts";
import { cellTitle, envTitle, NOTHING_COMPARED } from "./names.ts";

/** Interquartile means, probabilities of improvement and profiles. */
export const aggregatesSection = (
  rows: readonly Aggregate[],
  profiles: readonly ProfilePoint[],
  all: Pooled | undefined,
): Section => ({
  id: "aggregates",
  title: "Methods and environments together",
  blocks: [
    paragraph(
      "Returns of different robots have different sizes, so they are normalised before they are put together: " +
        "(score − random) / (expert − random) with D4RL’s published reference returns, which no result of ours can move " +
        `(${
          Object.entries(REFERENCES).map(referenceOf).join("; ")
        }). Success rates are left as they are. A score ` +
        "above 1 beats D4RL’s expert; our tasks follow the same v2 definitions, but the demonstrations are our own.",
    ),
    ...(rows.length === 0
      ? [paragraph(NOTHING_COMPARED)]
      : [tableOf(rows), ...pooledParagraph(all), profileFigure(profiles)]),
  ],
});

const referenceOf = ([env, { random, expert }]: [string, typeof REFERENCES[string]]): string =>
  `${envTitle(env)} ${exact(random)} and ${exact(expert)}`;

const tableOf = (rows: readonly Aggregate[]): Block => ({
  kind: "table",
  caption:
    "Interquartile means of normalised final scores over runs and environments, and the probability that a run with " +
    "ADAPG beats one with AdamW on the same environment, with 95 % stratified bootstrap intervals (2000 resamples from " +
    "a fixed key). Bold where the interval excludes one half. With three seeds such intervals are too narrow.",
  numbers: [1, 6],
  header: ["method", "comparisons", "seeds", "AdamW", "ADAPG", "probability of improvement"],
  rows: rows.map(({ group, cells, seeds, adamw, adapg, improvement }): Text[] => {
    const { value, interval } = improvement, estimate = shownEstimate(value, interval);
    const decided = interval.low > 0.5 || interval.high < 0.5;
    return [
      group === ALL_METHODS ? group : group.toUpperCase(),
      String(cells.length),
      String(seeds),
      shownEstimate(adamw.value, adamw.interval),
      shownEstimate(adapg.value, adapg.interval),
      decided ? [{ strong: estimate }] : estimate,
    ];
  }),
});

/** The same comparisons in one number, and what sharing seeds was worth. */
function pooledParagraph(all: Pooled | undefined): Block[] {
  if (all === undefined) return [];
  const { difference, curves, pairs, ahead, behind, pairing } = all;
  const over = counted(difference.seeds, "comparison");
  const shown = ({ mean, interval }: Summary) => shownEstimate(mean, interval, thousandths);
  const effect =
    `Post hoc, over the same ${over}: the mean of ADAPG − AdamW in normalised scores is ${
      shown(difference)
    } (95 % t interval over comparisons, each of which counts once). Of ${pairs} pairs of runs with the same seed ADAPG ` +
    `is ahead in ${ahead} and behind in ${behind}. Over whole learning curves, their first evaluation included, the mean ` +
    `difference is ${
      shown(curves.difference)
    }; there ADAPG is ahead in ${curves.ahead} comparisons and behind in ` +
    `${curves.behind}.`;
  return [paragraph(effect), ...pairing === null ? [] : [paragraph(worthOf(pairing))]];
}

/** Pairing pays where it lessens the variance by more than its lost degrees of freedom widen intervals. */
const worthOf = ({ variance, seeds, width }: Pairing): string =>
  `The variance of paired differences is ${
    variance.toFixed(2)
  } times that of unpaired ones (median over comparisons; ` +
  "1 where sharing seeds gains nothing, less where it makes the arms alike). Pairing costs degrees of freedom, " +
  `${seeds - 1} in place of ${2 * seeds - 2} with ${seeds} seeds, which makes intervals ${
    width.toFixed(2)
  } times as wide: it pays where that ratio is below ${(1 / width ** 2).toFixed(2)}.`;

function profileFigure(profiles: readonly ProfilePoint[]): Block {
  const series = seriesOf(["adamw", "adapg"]), panel = profilePanel(profiles, series);
  return {
    kind: "figure",
    title: panel.title,
    caption:
      "Performance profile: for each normalised score, the share of runs of all comparisons above that score, with pointwise " +
      "95 % stratified bootstrap bands.",
    legend: series,
    panels: [panel],
    file: "report/profile.svg",
  };
}

const VISIBLE = `${100 * VISIBLE_SHARE} %`;

/** Tests over comparisons and the seeds they would need. */
export const testsSection = (tests: readonly CellTest[]): Section => ({
  id: "tests",
  title: "Tests over comparisons, and their power",
  blocks: tests.length === 0 ? [paragraph(NOTHING_COMPARED)] : [
    paragraph(
      "Paired t tests of “the arms score the same”. Asking in many comparisons finds differences by chance, so p is " +
        "also given after Holm (no false alarm anywhere) and after Benjamini and Hochberg (few among the alarms). The " +
        `last column says how many seeds a comparison would need to show a difference of ${VISIBLE} of the ` +
        `pre-trained policy’s mean with power 0.8 at level ${LEVEL}, given the spread seen so far; with few seeds that ` +
        "spread itself is rough.",
    ),
    paragraph(unpairedCheck(tests)),
    {
      kind: "table",
      caption: "Paired tests by comparison",
      numbers: [1, 8],
      header: [
        "comparison",
        "seeds",
        "p",
        "Holm",
        "Benjamini–Hochberg",
        "p, unpaired",
        "spread of differences",
        `seeds for ${VISIBLE} of pre-trained`,
      ],
      rows: tests.map((test): Text[] => [
        cellTitle(test),
        String(test.seeds),
        shownP(test.p),
        shownP(test.holm),
        shownP(test.benjaminiHochberg),
        shownP(test.unpaired),
        fourDigits(test.spread),
        test.seedsNeeded === null ? "–" : String(test.seedsNeeded),
      ]),
    },
  ],
});

/** Whether pairing hid a difference, and how large one must be. */
function unpairedCheck(tests: readonly CellTest[]): string {
  const p = tests.map(({ unpaired }) => unpaired), seeds = Math.min(...tests.map((t) => t.seeds));
  const below = p.filter((x) => x < LEVEL).length;
  return "Post hoc, as a check of the pairing: t tests with pooled variance, which take the arms as independent, find " +
    `${below} of ${counted(p.length, "comparison")} with p below ${LEVEL}; the smallest is ${
      shownP(Math.min(...p))
    }. With ${seeds} seeds a paired test shows a difference of ${
      detectableDifference(seeds, { alpha: LEVEL }).toFixed(2)
    } standard deviations of the differences with power 0.8; smaller ones it mostly misses.`;
}
