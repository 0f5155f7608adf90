import { assertEquals } from "@std/assert";
import { learningCurve } from "../../src/report/learning_curve.ts";
import { run } from "./cell_scores.ts";

Deno.test("learningCurve() averages the seeds that got there", () => {
  const runs = [run("can/dql", "adamw", 0, 4), { ...run("can/dql", "adamw", 1), curve: [2] }];
  const [first, second] = learningCurve(runs, 10);
  assertEquals([first.iteration, first.mean, first.seeds], [0, 1, 2]);
  assertEquals([second.iteration, second.mean, second.seeds, second.interval], [10, 4, 1, null]);
});
