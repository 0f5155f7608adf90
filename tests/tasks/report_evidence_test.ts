import { assertEquals } from "@std/assert";
import { join } from "@std/path";
import { list, write } from "../../tasks/io.ts";
import { runDeno } from "../run_deno.ts";
import { publishedEvidence } from "../../tasks/report/evidence.ts";

const evaluation = (score: number) => ({ score, episodes: [{ return: score }] });

/** Publishes runs of Table I's first cell. */
function publish(root: string, budget: string, seeds: readonly number[], final: number | null) {
  for (const seed of seeds) {
    const folder = join(root, `table1/compact-${budget}/cells/hopper/dppo-adamw/seed-${seed}`);
    const scores = {
      pretrained: evaluation(1),
      final: final === null ? null : evaluation(final),
      diverged: final === null ? { message: "theta[3] is NaN" } : null,
      curve: [1],
    };
    write(join(folder, "scores.json"), JSON.stringify(scores));
    write(join(folder, "metrics.jsonl"), '{"iteration":0,"mode":"evaluate"}\n');
    write(join(folder, "manifest.json"), "{}");
  }
}

function evidenceOf(publishAll: (root: string) => void) {
  const root = Deno.makeTempDirSync();
  try {
    publishAll(root);
    return publishedEvidence(root, "compact");
  } finally {
    Deno.removeSync(root, { recursive: true });
  }
}

Deno.test("publishedEvidence() takes the budget with most runs, the longer one in a tie, and never smoke runs", () => {
  const chosen = (short: number[], full: number[]) =>
    evidenceOf((root) => {
      publish(root, "smoke", [0, 1, 2, 3], 2);
      publish(root, "short", short, 2);
      publish(root, "full", full, 2);
    }).table1?.setting.budget;
  assertEquals(chosen([0, 1], [0]), "short");
  assertEquals(chosen([0], [0]), "full");
  assertEquals(chosen([], []), undefined);
});

Deno.test("publishedEvidence() reads runs in the order of their seeds, diverged ones included", () => {
  const { table1 } = evidenceOf((root) => {
    publish(root, "short", [10, 2], 7);
    publish(root, "short", [3], null);
    // Another process is just publishing this one.
    Deno.mkdirSync(join(root, "table1/compact-short/cells/hopper/dppo-adamw/seed-4"));
  });
  assertEquals(table1!.runs.map(({ cell }) => cell.seed), [2, 3, 10]);
  assertEquals(table1!.runs.map(({ score }) => score.final), [7, undefined, 7]);
  assertEquals(table1!.runs.map(({ divergence }) => divergence), [null, "theta[3] is NaN", null]);
  assertEquals(table1!.runs[0].logs, [{ iteration: 0, mode: "evaluate" }]);
});

Deno.test("report without runs of its profile says so and writes nothing", async () => {
  const folder = Deno.makeTempDirSync();
  try {
    const task = new URL("../../tasks/report.ts", import.meta.url).href;
    const script = `Deno.chdir(${JSON.stringify(folder)}); await import(${JSON.stringify(task)})`;
    const { code, error } = await runDeno(["eval", script]);
    const message = "error: Cannot report: found no published runs of profile compact\n";
    assertEquals([code, error], [1, message]);
    assertEquals(list(folder), []);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});
