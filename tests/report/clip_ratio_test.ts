import { assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { armName } from "../../src/experiments/cell.ts";
import type { StudyName } from "../../src/experiments/studies.ts";
import { clipRatios } from "../../src/report/clip_ratio.ts";
import type { Evidence, Run, StudyEvidence } from "../../src/report/evidence.ts";
import { clipRatioSections } from "../../src/report/sections/clip_ratio.ts";
import { syntheticStudy } from "./synthetic.ts";

/** Clip fractions of four training iterations, of which the last counts, in proportion to an arm's rate. */
const RATES: Readonly<Record<string, number>> = { "adapg": 1.25, "adamw-rate-1.25": 1.25 };
function clipped(run: Run): Run {
  const { seed } = run.cell, rate = RATES[armName(run.cell)] ?? 1;
  const log = (clipFrac: number) => ({ mode: "train", clipFrac });
  const logs = [9, 9, 9, 0.05 * rate * (1 + seed)].map(log);
  return { ...run, logs: [{ mode: "evaluate", clipFrac: 7 }, ...logs] };
}
const study = (name: StudyName, seeds = 3): StudyEvidence => {
  const whole = syntheticStudy(name, seeds);
  return { ...whole, runs: whole.runs.map(clipped) };
};
const evidence = { table1: study("table1"), decomposition: study("decomposition") };

const ratio = (evidence: Evidence, arm: string, over: string) =>
  clipRatios(evidence).find((row) => row.arm === arm && row.over === over);

Deno.test("clipRatios() compare the last quarter of training seed by seed, with the long-run rates beside", () => {
  const { rates, ratios } = ratio(evidence, "adapg", "adamw")!;
  assertAlmostEquals(rates, 1.25, 1e-12);
  assertEquals(Object.keys(ratios).length, 6);
  assertAlmostEquals(ratios.hopper.mean, 1.25, 1e-12);
  const matched = ratio(evidence, "adapg", "adamw-rate-1.25")!;
  assertAlmostEquals(matched.rates, 1, 1e-12);
  assertAlmostEquals(matched.ratios.hopper.mean, 1, 1e-12);
});

Deno.test("clipRatios() put every ω of the sweep beside AdamW, slowest first", () => {
  const arms = clipRatios({ ...evidence, omega: study("omega") }).map(({ arm }) => arm).slice(4);
  assertEquals(arms.slice(0, 3), ["adapg-omega-0.3", "adapg-omega-0.6", "adapg-omega-0.9"]);
  assertEquals(arms.at(-1), "adapg-omega-1.5");
});

Deno.test("clipRatios() leave out runs that did not finish, few seeds and studies in another setting", () => {
  const runs = evidence.table1.runs.map((run) =>
    run.cell.env === "can" && run.cell.seed === 0
      ? { ...run, score: { ...run.score, final: undefined } }
      : run
  );
  const lacking = { ...evidence, table1: { ...evidence.table1, runs } };
  assertEquals("can" in ratio(lacking, "adapg", "adamw")!.ratios, false);
  assertEquals(clipRatios({ table1: study("table1", 2) }), []);
  const other = { ...evidence.decomposition.setting, budget: "full" as const };
  const apart = { ...evidence, decomposition: { ...evidence.decomposition, setting: other } };
  assertEquals(ratio(apart, "adapg", "adamw-rate-1.25"), undefined);
});

Deno.test("the section counts environments, and is left out where nothing was clipped", () => {
  const [{ blocks }] = clipRatioSections(evidence);
  const text = JSON.stringify(blocks);
  assertStringIncludes(text, "in 6 of 6 environments, in the geometric mean 1.25");
  assertStringIncludes(text, "long-run rate that is 1.25 times as large");
  assertEquals(clipRatioSections({ table1: syntheticStudy("table1") }), []);
  assertEquals(clipRatioSections({}), []);
});
