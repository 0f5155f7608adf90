import { assertEquals } from "@std/assert";
import { curvesPanel } from "../../../src/report/figures/curves.ts";
import { seriesOf } from "../../../src/report/figures/series.ts";
import { run } from "../cell_scores.ts";

Deno.test("the description of learning curves counts the seeds that reached their end", () => {
  const cut = { ...run("hopper/dppo", "adapg", 1), curve: [2] };
  const runs = [run("hopper/dppo", "adamw", 0), run("hopper/dppo", "adapg", 0, 5), cut];
  const { description } = curvesPanel(
    { title: "Hopper", evaluationEvery: 10, runs },
    seriesOf(["adamw", "adapg"]),
  );
  assertEquals(
    description,
    "Learning curves of Hopper: adamw has no evaluation; adapg ends at 5.000 over 1 seed.",
  );
});
