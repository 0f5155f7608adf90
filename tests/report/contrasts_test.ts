import { assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { type Arm, armName } from "../../src/experiments/cell.ts";
import type { Contrast } from "../../src/experiments/studies.ts";
import { contrastRows } from "../../src/report/contrasts.ts";
import { contrastsOf } from "../../src/report/sections/contrasts.ts";
import { studySection } from "../../src/report/sections/study.ts";
import { syntheticStudy } from "./synthetic.ts";

const contrast: Contrast = {
  arm: { optimizer: "adapg", variant: { rate: 0.8 } },
  minus: { optimizer: "adamw", variant: { eps: 1e-11 } },
  isolates: "form",
};
const SLOW: Arm = { optimizer: "adapg", variant: { omega: 0.3 } };
const FAST: Arm = { optimizer: "adapg", variant: { omega: 1.5 } };
const chosen: Contrast = {
  arm: { optimizer: "adaptive", variant: {} },
  minus: { bestOf: [SLOW, FAST] },
  isolates: "adaptation",
};
const runs = syntheticStudy("decomposition").runs.map(({ score }) => score);

/** The adaptive arm scores 2, the fast one 3, the slow one 1, or 9 on HalfCheetah. */
const scored = syntheticStudy("adaptive").runs.map(({ score }) => {
  const slow = score.env === "halfcheetah" ? 9 : 1;
  const final = { [armName(SLOW)]: slow, [armName(FAST)]: 3 }[score.arm] ?? 2;
  return { ...score, final };
});

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

Deno.test("a contrast with the best of several takes the highest mean of each environment", () => {
  const [hopper, , halfcheetah] = contrastRows([chosen], scored);
  assertEquals([hopper.minus, halfcheetah.minus], [FAST, SLOW]);
  assertAlmostEquals(hopper.difference!.mean, 2 - 3, 1e-9);
  assertAlmostEquals(halfcheetah.difference!.mean, 2 - 9, 1e-9);
  assertEquals(hopper.difference!.seeds, 3);
});

Deno.test("a contrast with the best of several takes none by the few seeds that it finished", () => {
  const unfinished = scored.filter(({ arm, seed }) => arm !== armName(FAST) || seed === 0);
  assertEquals(contrastRows([chosen], unfinished)[0].minus, SLOW);
});

Deno.test("a contrast with the best of several has none where the arm shares no seed with them", () => {
  const alone = scored.filter(({ arm }) => arm === armName(chosen.arm));
  const [{ minus, difference }] = contrastRows([chosen], alone);
  assertEquals([minus, difference], [chosen.minus, null]);
});

Deno.test("the report names the fixed omega that is best and says that it was chosen", () => {
  const shown = (study: "adaptive" | "decomposition") =>
    JSON.stringify(contrastsOf(syntheticStudy(study)));
  const name = '[{"code":"adaptive"}," − ",{"code":"adapg"},", the best of 5"]';
  assertEquals(shown("adaptive").split(name).length - 1, 3);
  assertStringIncludes(shown("adaptive"), "that choice favours it");
  assertEquals(shown("decomposition").includes("the best of"), false);
});

Deno.test("a study shows the contrasts that it names, and no table where it names none", () => {
  const captions = (study: "decomposition" | "omega") =>
    JSON.stringify(studySection(study, syntheticStudy(study, 1)));
  assertEquals(captions("decomposition").includes("made to compare"), true);
  assertEquals(captions("omega").includes("made to compare"), false);
});
