import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { studySection } from "../../../src/report/sections/study.ts";
import { measuresMarkdown } from "../../../src/report/analysis/measures.ts";
import { isAnalysed, studyMeasures } from "../../../src/report/analysis/study_measures.ts";
import { publishedEvidence } from "../../../tasks/report/evidence.ts";

const FOLDER = "results/epsilon/compact-short";

Deno.test("the tables of an analysis are rebuilt from its committed findings", async () => {
  const { findings } = JSON.parse(await Deno.readTextFile(`${FOLDER}/analysis.json`));
  const text = await Deno.readTextFile(`${FOLDER}/analysis.md`);
  const [, title] = /^# (.*)$/m.exec(text)!;
  assertEquals(measuresMarkdown(title, studyMeasures("epsilon", findings)), text);
});

Deno.test("the report shows what an analysis measured, and nothing where there is none", () => {
  const { epsilon, omega } = publishedEvidence("results", "compact");
  assertStringIncludes(JSON.stringify(studySection("epsilon", epsilon)), "√v̂ < ε");
  assert(!isAnalysed("omega"));
  assertEquals(omega?.measures ?? [], []);
  assertEquals(studyMeasures("robustness", []), []);
});
