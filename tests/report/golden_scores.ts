/** Scores that other libraries have judged, and what they say. */
import { assertAlmostEquals } from "@std/assert";
import golden from "../../fixtures/golden/report.json" with { type: "json" };
import { mean } from "../../src/stats/moments.ts";
import { run } from "./cell_scores.ts";

export { golden };

export const close = (actual: number, expected: number) =>
  assertAlmostEquals(actual, expected, 1e-7);

/** By cell, arm and seed. The golden seeds needed are for shares of AdamW's mean, so every run starts there. */
export const scores = Object.entries(golden.scores).flatMap(([cell, arms]) =>
  Object.entries(arms).flatMap(([arm, finals]) =>
    finals.map((x, seed) => run(cell, arm, seed, x, mean(arms.adamw)))
  )
);
