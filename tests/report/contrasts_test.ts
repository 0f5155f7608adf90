import { assertAlmostEquals, assertEquals } from "@std/assert";
import type { Contrast } from "../../src/experiments/studies.ts";
import { contrastRows } from "../../src/report/contrasts.ts";
import { studySection } from "../../src/report/sections/study.ts";
import { syntheticStudy } from "./synthetic.ts";

const contrast: Contrast = {
  arm: { optimizer: "adapg", variant: { rate: 0.8 } },
  minus: { optimizer: "adamw", variant: { eps: 1e-11 } },
  isolates: "form",
};
const runs = syntheticStudy("decomposition").runs.map(({ score }) => score);

Deno.test("contrastRows() pairs the two arms named by seed, environment by environment", () => {
  const rows = contrastRows([contrast], runs);
  assertEquals(rows.map(({ env }) => env), ["hopper", "halfcheetah"]);
  const of = (arm: string) =>
    runs.filter((run) => run.env === "hopper" && run.arm === arm).map(({ final }) => final!);
  const a = of("adapg-rate-0.8"), b = of("adamw-eps-1e-11");
  const mean = a.reduce((sum, x, i) => sum + x - b[i], 0) / a.length;
  assertAlmostEquals(rows[0].difference!.mean, mean, 1e-9);
  assertEquals(rows[0].difference!.seeds, 3);
});

Deno.test("a contrast with an arm that has no runs has no difference", () => {
  const without = runs.filter(({ arm }) => arm !== "adapg-rate-0.8");
  assertEquals(contrastRows([contrast], without)[0].difference, null);
});

Deno.test("a study shows the contrasts that it names, and no table where it names none", () => {
  const captions = (study: "decomposition" | "omega") =>
    JSON.stringify(studySection(study, syntheticStudy(study, 1)));
  assertEquals(captions("decomposition").includes("made to compare"), true);
  assertEquals(captions("omega").includes("made to compare"), false);
});
