import { assert, assertAlmostEquals, assertEquals, assertMatch } from "@std/assert";
import { PERTURBATIONS } from "../../../src/experiments/analysis/robustness_probe.ts";
import { measureLines, measuresMarkdown } from "../../../src/report/analysis/measures.ts";
import {
  robustnessCsv,
  type RobustnessFinding,
  robustnessRows,
  robustnessTable,
} from "../../../src/report/analysis/robustness_table.ts";
import {
  robustnessTests,
  robustnessTestsTable,
} from "../../../src/report/analysis/robustness_tests.ts";

/** Scores that keep a share of the nominal one under every change. */
const scores = (nominal: number, kept: number) =>
  Object.fromEntries(
    Object.keys(PERTURBATIONS).map((name) => [name, name === "none" ? nominal : kept * nominal]),
  ) as RobustnessFinding["scores"]["adamw"];

const finding = (seed: number, adamw: number, adapg: number): RobustnessFinding => ({
  env: "hopper",
  seed,
  scores: { pretrained: scores(1000, 0.5), adamw: scores(adamw, 0.8), adapg: scores(adapg, 0.6) },
});

const rows = robustnessRows([finding(0, 2000, 3000), finding(1, 3000, 3500)]);
const row = (change: string, policy: string) =>
  rows.find((r) => r.change === change && r.policy === policy)!;

Deno.test("robustnessRows() has a row for every change and policy", () => {
  assertEquals(rows.length, 3 * Object.keys(PERTURBATIONS).length);
  assertEquals(row("none", "adamw").score!.mean, 2500);
});

Deno.test("robustnessRows() measures drops against each policy's own score, differences by seed", () => {
  const { score, minusAdamw, drop, dropMinusAdamw } = row("mass × 1.2", "adapg");
  assertAlmostEquals(score!.mean, 0.6 * 3250, 1e-9);
  assertAlmostEquals(minusAdamw!.mean, 0.6 * 3250 - 0.8 * 2500, 1e-9);
  assertAlmostEquals(drop!.mean, 0.4, 1e-12);
  assertAlmostEquals(dropMinusAdamw!.mean, 0.2, 1e-12);
  assertEquals(row("mass × 1.2", "adamw").minusAdamw, null);
});

Deno.test("the pre-trained policy counts once, however many seeds it is compared with", () => {
  const { score, minusAdamw } = row("none", "pretrained");
  assertEquals([score!.seeds, score!.interval, minusAdamw!.seeds], [1, null, 2]);
});

Deno.test("a drop is not defined for a score that is not positive", () => {
  const [first] = robustnessRows([finding(0, -10, 20)]).filter((r) => r.policy === "adamw");
  assertEquals([first.drop, first.score!.mean], [null, -10]);
});

Deno.test("robustnessTests() corrects every change but none, and leaves undefined drops out", () => {
  const three = [2000, 2500, 3000].map((adamw, seed) => {
    const found = finding(seed, adamw, 3000), { adapg } = found.scores;
    return {
      ...found,
      scores: { ...found.scores, adapg: { ...adapg, "mass × 1.2": 2000 + seed } },
    };
  });
  const tests = robustnessTests(three), mass = tests.find((t) => t.change === "mass × 1.2")!;
  assertEquals(tests.length, Object.keys(PERTURBATIONS).length - 1);
  assertEquals(tests.some(({ change }) => change === "none"), false);
  assertAlmostEquals(mass.difference!.mean, 1 - 2001 / 3000 - 0.2, 1e-12);
  const [least, next] = tests.map(({ p }) => p).sort((a, b) => a - b);
  assert(mass.p < 0.001 && least <= mass.p && next <= 1);
  for (const { p, holm } of tests) assert(p <= holm && holm <= 1);
  assertEquals(robustnessTests([finding(0, -10, 20)]), []);
  const { header, note } = robustnessTestsTable(tests);
  assertEquals(header.at(-1), "Holm");
  assertMatch(note, new RegExp(`Holm over the ${tests.length} changes`));
});

Deno.test("robustnessTests() show scores beside drops: who loses the larger share may still score more", () => {
  const [noise] = robustnessTests([finding(0, 2000, 3000), finding(1, 2000, 2500)]);
  assert(noise.difference!.mean > 0);
  assertAlmostEquals(noise.score!.mean, 0.6 * 2750 - 0.8 * 2000, 1e-9);
  assertEquals([noise.ahead, noise.belowStart], [1, 0]);
  const [weak] = robustnessTests([finding(0, 600, 700), finding(1, 700, 950)]);
  assertEquals([weak.ahead, weak.belowStart], [1, 2]);
  const [cells] = measureLines(robustnessTestsTable([weak]));
  assertEquals(cells.slice(3, 5), ["1 of 2", "2 of 4"]);
});

Deno.test("the robustness table prints every row as Markdown and CSV", () => {
  const markdown = measuresMarkdown("Robustness", [robustnessTable(rows)]);
  assertMatch(markdown, /\| hopper \| mass × 1\.2 \| adapg \| 1950 \[/);
  assertEquals(robustnessCsv(rows).trim().split("\n").length, rows.length + 1);
});
