/**
 * Monitors of optimizers after training, averaged over seeds.
 *
 * @module
 */
import type { MomentFinding } from "../../experiments/analysis/moment_findings.ts";
import { threeDigits } from "../numbers.ts";
import { summary } from "../summary.ts";
import type { MeasureRow, MeasureTable } from "./measures.ts";

/** Gradients, ε and overflow, row by row for every environment, arm and network. */
export const momentTables = (findings: readonly MomentFinding[]): MeasureTable[] => [
  {
    title: "Gradients",
    note:
      "From the moments after the last step: ‖m̂‖, the norm of the mean gradient of the last ten or so steps, and √Σv̂, the\n" +
      "root mean square of its norm over the last thousand or so. The norm of each single gradient is not recorded.",
    header: [...LABELS, "‖m̂‖", "√Σv̂", "steps"],
    rows: rowsOf(findings, [
      (m) => m.meanGradientNorm,
      (m) => m.rmsGradientNorm,
      (m) => m.steps,
    ]),
  },
  {
    title: "ε against √v̂",
    note:
      "Shares of coordinates: √v̂ below the arm's own ε, which damps them by more than half, and √v̂ by size. `= 0` never saw\n" +
      `a gradient that its v could hold. ${reachOf(findings)}`,
    header: [...LABELS, "√v̂ < ε", "= 0", "(0, 1e-11]", "(1e-11, 1e-8]", "(1e-8, 1e-6]", "> 1e-6"],
    rows: rowsOf(findings, [
      (m) => m.belowEps,
      (m) => m.shares.zero,
      (m) => m.shares.upTo1em11,
      (m) => m.shares.upTo1em8,
      (m) => m.shares.upTo1em6,
      (m) => m.shares.above1em6,
    ]),
  },
  {
    title: "Overflow and runaway",
    note:
      "|m̂|/(√v̂ + ε) is how far a step of rate 1 moves a coordinate, its largest and its mean. Underflown: v lost precision\n" +
      "or vanished while m did not. Headroom: powers of ten between the largest v and the largest float32.",
    header: [
      ...LABELS,
      "largest step",
      "mean step",
      "underflown",
      "headroom",
      "largest θ",
      "not finite",
      "diverged",
    ],
    rows: rowsOf(findings, [
      (m) => m.largestStep,
      (m) => m.meanStep,
      (m) => m.underflown,
      (m) => m.headroom,
      (m) => m.largestParameter,
      (m) => m.nonFinite,
      (_, { diverged }) => Number(diverged !== null),
    ]),
  },
];

/** Where the values of ε that are compared can make a difference at all. */
function reachOf(findings: readonly MomentFinding[]): string {
  const most = (size: keyof MomentFinding["monitors"]["shares"]) =>
    threeDigits(Math.max(...findings.map(({ monitors }) => monitors.shares[size])));
  return `Of a network's coordinates at most ${most("upTo1em11")} lie in (0, 1e-11], at most ${
    most("upTo1em8")
  } in\n(1e-11, 1e-8] and at most ${
    most("upTo1em6")
  } in (1e-8, 1e-6]; above, even ε = 1e-8 damps a step by less than 1 %.\n` +
    "Where these shares are small, the arms differ directly in few coordinates, and their scores may differ largely by\n" +
    "small differences that training amplifies, between ε = 1e-11 and 1e-12 of the size of rounding: an inference from the\n" +
    "moments after the last step, which do not tell how small √v̂ was before.";
}

const LABELS = ["environment", "arm", "network"];

const labelsOf = ({ env, arm, network }: MomentFinding) => [env, arm, network];

type Read = (monitors: MomentFinding["monitors"], finding: MomentFinding) => number;

function rowsOf(findings: readonly MomentFinding[], reads: readonly Read[]): MeasureRow[] {
  return [...Map.groupBy(findings, (f) => labelsOf(f).join()).values()].map((own) => ({
    labels: labelsOf(own[0]),
    values: reads.map((read) => summary(own.map((f) => read(f.monitors, f)))),
  }));
}
