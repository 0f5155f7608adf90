import { assertAlmostEquals, assertEquals, assertNotEquals } from "@std/assert";
import type { CellScore } from "../../src/report/cell_score.ts";
import { studyTable } from "../../src/report/study_table.ts";
import { table1 } from "../../src/report/table1.ts";
import { table1Csv, table1Markdown, table1Text } from "../../src/report/table1_text.ts";
import { pairedInterval } from "../../src/stats/paired.ts";
import { pooledWilsonInterval, wilsonInterval } from "../../src/stats/wilson.ts";
import { cellScore } from "./cell_scores.ts";

const score = (optimizer: string, seed: number, final?: number): CellScore =>
  cellScore("hopper/dppo", optimizer, seed, { pretrained: 100 + seed, final, curve: [] });

/** Finals of both arms by seed. */
const rowOf = (adamw: (number | undefined)[], adapg: (number | undefined)[]) =>
  table1([
    ...adamw.map((final, seed) => score("adamw", seed, final)),
    ...adapg.map((final, seed) => score("adapg", seed, final)),
  ])[0];

Deno.test("table1() pairs arms by seed: a common shift is certain however much seeds differ", () => {
  const row = rowOf([100, 500, 900], [110, 511, 909]);
  assertAlmostEquals(row.difference!.mean, 10);
  assertEquals(row.verdict, "supported");
  assertEquals(rowOf([110, 511, 909], [100, 500, 900]).verdict, "not supported");
  assertEquals(rowOf([100, 500, 900], [90, 511, 909]).verdict, "inconclusive");
});

Deno.test("table1() decides nothing with fewer than three seeds", () => {
  assertEquals(rowOf([1, 2], [101, 102]).verdict, "inconclusive");
  assertEquals(rowOf([1], [101]).difference!.interval, null);
});

Deno.test("table1() counts runs that diverged and leaves them out of means and pairs", () => {
  const row = rowOf([1, 2, 3, undefined], [2, undefined, 4, 5]);
  assertEquals([row.diverged, row.adamw!.seeds, row.difference!.seeds], [2, 3, 2]);
  assertEquals([row.adamw!.mean, row.difference!.mean], [2, 1]);
  assertEquals(rowOf([undefined], [1]).adamw, null);
});

Deno.test("table1() takes one pre-trained score per seed, not one per arm", () => {
  assertEquals(rowOf([1, 2, 3], [1, 2, 3]).pretrained.seeds, 3);
});

Deno.test("one policy scored for every seed has no interval, several have", () => {
  const starts = (method: string, of: (seed: number) => number) => {
    const cells = [0, 1, 2]
      .map((seed) => ({ ...score("adamw", seed, 5), method, pretrained: of(seed) }));
    return [table1(cells)[0].pretrained, studyTable(cells)[0].pretrained!];
  };
  for (const { interval, seeds } of starts("dppo", () => 1330)) {
    assertEquals([interval, seeds], [null, 3]);
  }
  for (const { interval } of starts("idql", (seed) => seed)) assertNotEquals(interval, null);
});

Deno.test("success rates have pooled Wilson intervals, their difference a t interval", () => {
  const cells = [0.9, 1, 1].flatMap((final, seed) =>
    ["adamw", "adapg"].map((optimizer): CellScore => ({
      ...score(optimizer, seed, optimizer === "adamw" ? final : 1),
      metric: "success",
      episodes: 10,
      pretrained: 0.5,
    }))
  );
  const [{ adamw, adapg, pretrained, difference }] = table1(cells);
  assertEquals(adamw!.interval, pooledWilsonInterval([9, 10, 10], 10));
  assertEquals(adapg!.interval, wilsonInterval(30, 30));
  assertEquals([pretrained.interval, pretrained.seeds], [wilsonInterval(5, 10), 3]);
  assertEquals(difference!.interval, pairedInterval([1, 1, 1], [0.9, 1, 1]));
  assertEquals(studyTable(cells)[0].final, adamw);
});

Deno.test("differences of success rates have intervals within [−1, 1], those of returns any", () => {
  const cells = (metric: "success" | "return") =>
    [[0, 0.9], [0.5, 0.5]].flatMap(([adamw, adapg], seed) => [
      { ...score("adamw", seed, adamw), metric },
      { ...score("adapg", seed, adapg), metric },
    ]);
  const [{ difference, gains }] = table1(
    cells("success").map((cell) => ({ ...cell, pretrained: 0.3 })),
  );
  assertEquals([difference!.interval, gains.adamw!.interval], [{ low: -1, high: 1 }, {
    low: -1,
    high: 1,
  }]);
  assertEquals(table1(cells("return"))[0].difference!.interval!.high > 1, true);
});

Deno.test("Table I counts the seeds that its difference pairs, not those of one arm", () => {
  const [header, line] = table1Text([rowOf([1, 2, 3], [4])]).split("\n");
  assertEquals(line.slice(header.indexOf("seeds")).trim().split(/\s+/)[0], "1");
});

Deno.test("the texts of a table show every row, and the CSV all digits", () => {
  const rows = [rowOf([1 / 3, 2 / 3, 1], [1, 1, 1]), rowOf([1500], [undefined])];
  assertEquals(table1Markdown(rows, "caption").trimEnd().split("\n").length, 6);
  assertEquals(table1Text(rows).split("\n").length, 3);
  const [header, first] = table1Csv(rows).split("\n");
  const at = (name: string) => first.split(",")[header.split(",").indexOf(name)];
  assertEquals(Number(at("adamw")), (1 / 3 + 2 / 3 + 1) / 3);
  assertEquals(table1Csv(rows).includes("\r"), false);
});
