import { assertEquals, assertStringIncludes } from "@std/assert";
import { valuesPanel } from "../../../src/report/figures/values.ts";
import { studyFigure } from "../../../src/report/sections/study_figure.ts";
import { shownSummary } from "../../../src/report/text_table.ts";
import { studyTable } from "../../../src/report/study_table.ts";
import { run } from "../cell_scores.ts";
import { syntheticStudy } from "../synthetic.ts";
import { arrowheads, dotFills, joined } from "./drawn.ts";

/** Final scores by the value of ε. */
type Scores = Readonly<Record<string, readonly number[]>>;

const runsOf = (scores: Scores, metric: "return" | "success") =>
  Object.entries(scores).flatMap(([eps, finals]) =>
    finals.map((final, seed) => ({
      ...run("lift/dppo", "adapg", seed, final, 0.3),
      metric,
      variant: { eps: Number(eps) },
      arm: eps,
    }))
  );
const panelOf = (scores: Scores, metric: "return" | "success") =>
  valuesPanel({
    title: "title",
    parameter: "eps",
    label: "ε",
    scale: "log",
    runs: runsOf(scores, metric),
  });

Deno.test("a line joins values with several seeds; one with a single seed is a ring apart", () => {
  const panel = panelOf({ 1e-12: [3, 4], 1e-11: [5, 7], 1e-8: [6] }, "return");
  assertEquals(joined(panel), 2);
  assertEquals(dotFills(panel), ["var(--series-2)", "var(--series-2)", "var(--background)"]);
  assertEquals(joined(panelOf({ 1e-12: [3], 1e-11: [5], 1e-8: [6] }, "return")), 0);
});

Deno.test("a sweep shows the intervals of the study's table, Wilson's for a single seed's success rate among them", () => {
  const scores = { 1e-12: [0.5], 1e-11: [0.5, 0.6] }, { description } = panelOf(scores, "success");
  for (const { arm, final } of studyTable(runsOf(scores, "success"))) {
    assertStringIncludes(description, `${arm}: ${shownSummary(final, "")}`);
  }
  assertStringIncludes(description, "1e-12: 0.50 [0.37, 0.63]");
});

Deno.test("a sweep's interval that goes on beyond the panel ends in an arrowhead", () => {
  assertEquals(arrowheads(panelOf({ 1e-12: [1, 9], 1e-11: [5, 5.1] }, "return")), [180, 0]);
});

Deno.test("the captions of study figures say what rings, intervals and arrowheads are", () => {
  for (const study of ["epsilon", "omega", "decomposition"] as const) {
    const [{ caption }] = studyFigure(syntheticStudy(study, 1));
    for (const part of ["Wilson", "one seed", "ring", "arrowhead"]) {
      assertStringIncludes(String(caption), part, study);
    }
  }
});
