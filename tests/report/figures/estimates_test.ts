import { assertEquals, assertStringIncludes } from "@std/assert";
import type { Interval } from "../../../src/stats/interval.ts";
import { estimatesPanel } from "../../../src/report/figures/estimates.ts";
import { blockMarkdown } from "../../../src/report/page/markdown.ts";
import { table1Section } from "../../../src/report/sections/table1.ts";
import { table1 } from "../../../src/report/table1.ts";
import { pair } from "../cell_scores.ts";
import { syntheticStudy } from "../synthetic.ts";
import { arrowheads, dotFills } from "./drawn.ts";

/** One line per interval on an axis from −1 to 1. */
const panelOf = (intervals: readonly (Interval | null)[], hollow = false) =>
  estimatesPanel(
    { title: "title", description: "description" },
    intervals.map((interval, i) => ({
      label: String(i),
      value: 0,
      interval,
      hollow,
      colour: "var(--series-1)",
    })),
    { label: "score", reference: 0, domain: [-1, 1] },
  );

Deno.test("an interval that goes on beyond the axis ends in an arrowhead on that side, one that does not in none", () => {
  const within = { low: -1, high: 1 }, left = { low: -2, high: 0.5 }, right = { low: 0, high: 9 };
  assertEquals(arrowheads(panelOf([within])), []);
  assertEquals(arrowheads(panelOf([left, within])), [-90]);
  assertEquals(arrowheads(panelOf([right])), [90]);
  assertEquals(arrowheads(panelOf([{ low: -2, high: 2 }, null])), [-90, 90]);
});

Deno.test("a hollow line's dot has the colour of the page inside", () => {
  assertEquals(dotFills(panelOf([null])), ["var(--series-1)"]);
  assertEquals(dotFills(panelOf([null], true)), ["var(--background)"]);
});

Deno.test("Table I's figure draws rings where a comparison has too few seeds or no interval, and says so", () => {
  const rows = table1([
    ...pair("hopper/dppo", [1, 2, 4], [2, 2, 3]),
    ...pair("hopper/dipo", [1, 2], [2, 2]),
    ...pair("hopper/idql", [1, 2, 3], [2, 3, 4]),
  ]);
  const { blocks } = table1Section(syntheticStudy("table1"), rows);
  const figure = blocks.find(({ kind }) => kind === "figure")!;
  if (figure.kind !== "figure") throw new Error(figure.kind);
  const [ring, dot] = ["var(--background)", "var(--series-2)"];
  assertEquals(dotFills(figure.panels[0]), [dot, ring, ring]);
  const text = blockMarkdown(figure, "");
  assertStringIncludes(text, "A ring decides nothing: it has fewer than 3 seeds, or no interval");
  assertStringIncludes(text, "An arrowhead marks an interval that goes on beyond the axis");
  assertStringIncludes(text, "twice the largest difference, or at 0.1 where that is more");
});
