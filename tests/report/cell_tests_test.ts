import { assertEquals } from "@std/assert";
import { cellName } from "../../src/report/cell_score.ts";
import { cellTests } from "../../src/report/cell_tests.ts";
import { pair } from "./cell_scores.ts";
import { close, golden, scores } from "./golden_scores.ts";

Deno.test("cellTests() equal SciPy's tests and adjustments", () => {
  const tests = cellTests(scores);
  assertEquals(tests.length, golden.tests.length);
  tests.forEach((test, i) => {
    const expected = golden.tests[i];
    assertEquals(cellName(test), expected.cell);
    close(test.p, expected.p);
    close(test.holm, expected.holm);
    close(test.benjaminiHochberg, expected.benjaminiHochberg);
    close(test.spread, expected.spread);
    assertEquals(test.seedsNeeded, expected.seedsNeeded);
  });
});

Deno.test("cellTests() needs no division where the start is 0 or differences do not vary", () => {
  const needed = (start: number, adamw: number[], adapg: number[]) =>
    cellTests(pair("can/dppo", adapg, adamw, start))[0].seedsNeeded;
  assertEquals(needed(0, [1, 1, 1], [0.1, 0, 0.2]), null);
  assertEquals(needed(0.4, [0.5, 0.25, 1], [0.75, 0.5, 1.25]), 2);
  const [equal] = cellTests(pair("can/dppo", [0.36, 0.5, 0.12], [0.34, 0.48, 0.1], 0.4));
  assertEquals([equal.spread, equal.seedsNeeded], [0, 2]);
});

Deno.test("cellTests() sizes an experiment by the start, also where AdamW ends near 0", () => {
  const collapsed = pair("hopper/qsm", [9, 0, 31], [-1, 0, 1], 1000);
  assertEquals(cellTests(collapsed)[0].seedsNeeded, 3);
});

Deno.test("cellTests() also take the arms as independent, where the order of seeds does not matter", () => {
  const unpaired = (adapg: number[]) => cellTests(pair("can/dppo", adapg, [1, 2, 4]))[0].unpaired;
  close(unpaired([3, 5, 9]), 0.1662327519); // scipy.stats.ttest_ind
  close(unpaired([9, 3, 5]), unpaired([3, 5, 9]));
});
