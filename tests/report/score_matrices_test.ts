import { assertEquals } from "@std/assert";
import { armMatrices } from "../../src/report/score_matrices.ts";
import { pair, run } from "./cell_scores.ts";
import { golden, scores } from "./golden_scores.ts";

Deno.test("armMatrices() leaves cells with too few seeds out and cuts the others to the same number", () => {
  const few = pair("can/dql", [1], [1]);
  const more = [...scores, run("hopper/dppo", "adamw", 9, 1), run("hopper/dppo", "adapg", 9, 1)];
  const matrices = armMatrices([...more, ...few])!;
  assertEquals(matrices.cells, Object.keys(golden.scores));
  assertEquals(matrices.adamw.length, armMatrices(scores)!.adamw.length);
  assertEquals(armMatrices(few), undefined);
});
