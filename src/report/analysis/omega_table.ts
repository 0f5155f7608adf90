/**
 * The ω at which the adaptive optimizer has arrived, averaged over seeds.
 *
 * @module
 */
import type { OmegaFinding } from "../../experiments/analysis/omega_findings.ts";
import { summary } from "../summary.ts";
import type { MeasureTable } from "./measures.ts";

/** A row for every environment and network. */
export const omegaTable = (findings: readonly OmegaFinding[]): MeasureTable => ({
  title: "ω reached",
  note:
    "ω of the last step, which starts at 1 in every network and stays in (0.5, 1.5): mean over seeds with 95 % t intervals,\n" +
    "which do not know these bounds, and the seeds' smallest and largest. The way that ω took is not recorded.",
  header: ["environment", "network", "ω", "smallest", "largest", "steps", "seeds"],
  rows: [...Map.groupBy(findings, ({ env, network }) => `${env}/${network}`).values()].map(
    (own) => {
      const omegas = own.map(({ omega }) => omega), steps = own.map((finding) => finding.steps);
      return {
        labels: [own[0].env, own[0].network],
        values: [
          summary(omegas),
          Math.min(...omegas),
          Math.max(...omegas),
          summary(steps),
          own.length,
        ],
      };
    },
  ),
});
