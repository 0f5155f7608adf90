import { assertEquals, assertMatch, assertStringIncludes, assertThrows } from "@std/assert";
import { join } from "@std/path";
import { DEFAULTS } from "../../../src/experiments/cell.ts";
import { STUDIES } from "../../../src/report/evidence.ts";
import {
  ANALYSIS_TEXT,
  analysisShape,
  analysisTexts,
} from "../../../src/report/analysis/published_analysis.ts";
import { studySection } from "../../../src/report/sections/study.ts";
import { analyses } from "../../../tasks/analysis/analyses.ts";
import { readText, write } from "../../../tasks/io.ts";
import { publishedEvidence } from "../../../tasks/report/evidence.ts";
import { publishedAnalysis } from "../../../tasks/study/analysis_file.ts";

const EPSILON = "results/epsilon/compact-short", SHORT = { ...DEFAULTS, budget: "short" } as const;

/** Findings like the committed ones, changed. */
function analysisWith(change: (text: string) => string) {
  const folder = Deno.makeTempDirSync();
  try {
    write(join(folder, "analysis.json"), change(readText(join(EPSILON, "analysis.json"))));
    return publishedAnalysis(folder, "epsilon");
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

Deno.test("the texts of an analysis are made from its committed findings", () => {
  const texts = analysisTexts(publishedAnalysis(EPSILON, "epsilon")!, SHORT);
  assertEquals(Object.keys(texts), [ANALYSIS_TEXT]);
  assertEquals(texts[ANALYSIS_TEXT], readText(join(EPSILON, ANALYSIS_TEXT)));
});

Deno.test("every study that measures has a shape of what it finds, and no other study", () => {
  const shaped = STUDIES.filter((study) => analysisShape(study) !== undefined);
  assertEquals(shaped, STUDIES.filter((study) => analyses[study] !== undefined));
});

Deno.test("findings are read field by field", () => {
  const place = (from: string, to: string) =>
    assertThrows(() => analysisWith((text) => text.replace(from, to)), Error).message;
  assertMatch(place('"belowEps": ', '"below": '), /findings\.0\.monitors\b.*belowEps|belowEps/);
  assertMatch(place('"seed": 0', '"seed": "0"'), /analysis\.json: findings\.0\.seed/);
  assertMatch(place('"leftOut"', '"left"'), /leftOut/);
});

Deno.test("an analysis without findings has no tables and names what is left out", () => {
  for (const study of ["adaptive", "epsilon", "idql", "robustness"] as const) {
    const empty = analysisShape(study)!.parse({ findings: [], leftOut: ["a: it diverged"] });
    assertEquals(empty.tables, []);
    assertMatch(
      analysisTexts(empty, SHORT)[ANALYSIS_TEXT],
      /^# .*\n\nLeft out:\n\n- a: it diverged\n$/,
    );
  }
});

Deno.test("the report shows what an analysis measured, and nothing where there is none", () => {
  const { epsilon, omega } = publishedEvidence("results", "compact");
  assertStringIncludes(JSON.stringify(studySection("epsilon", epsilon)), "√v̂ < ε");
  assertEquals(omega?.measures ?? [], []);
});
