import { assertEquals, assertThrows } from "@std/assert";
import { join } from "@std/path";
import { list, write } from "../../tasks/io.ts";
import { publishedEvidence, publishedTables } from "../../tasks/report/evidence.ts";
import { studies } from "../../src/experiments/studies.ts";
import { DEFAULTS } from "../../src/experiments/cell.ts";
import { publishedScores } from "../../tasks/study/published.ts";
import { runDeno } from "../run_deno.ts";

const evaluation = (score: number) => ({
  score,
  episodes: [{ return: score, bestReward: 1, steps: 10 }],
});
const divergence = {
  stream: "update",
  iteration: 0,
  place: "theta[3]",
  message: "theta[3] is NaN",
};
const FIRST = "table1/compact-short/cells/hopper/dppo-adamw";

/** Publishes runs of Table I's first cell. */
function publish(root: string, budget: string, seeds: readonly number[], final: number | null) {
  for (const seed of seeds) {
    const folder = join(root, `table1/compact-${budget}/cells/hopper/dppo-adamw/seed-${seed}`);
    const scores = {
      metric: "return",
      pretrained: evaluation(1),
      final: final === null ? null : evaluation(final),
      diverged: final === null ? divergence : null,
      curve: [1],
    };
    write(join(folder, "scores.json"), JSON.stringify(scores));
    write(join(folder, "metrics.jsonl"), '{"iteration":0,"mode":"evaluate"}\n');
    write(join(folder, "manifest.json"), "{}");
  }
}

function inFolder<T>(body: (root: string) => T): T {
  const root = Deno.makeTempDirSync();
  try {
    return body(root);
  } finally {
    Deno.removeSync(root, { recursive: true });
  }
}

const evidenceOf = (publishAll: (root: string) => void) =>
  inFolder((root) => (publishAll(root), publishedEvidence(root, "compact")));

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

Deno.test("publishedTables() leaves out a table of which no cell has been published whole", () => {
  const budgets = inFolder((root) => {
    publish(root, "full", [0], 7);
    Deno.mkdirSync(join(root, FIRST, "seed-0"), { recursive: true });
    return publishedTables(root, "compact").map(({ study, setting }) => [study, setting.budget]);
  });
  assertEquals(budgets, [["table1", "full"]]);
});

Deno.test("publishedEvidence() and publishedScores() name the file of damaged scores", () => {
  const damages = [
    ["{", "not JSON: "],
    ["{}", "metric: Invalid option"],
    ['{"metric":"return","pretrained":{"score":1}}', "pretrained.episodes: Invalid input"],
  ];
  for (const [text, reason] of damages) {
    inFolder((root) => {
      const file = join(root, FIRST, "seed-0/scores.json");
      publish(root, "short", [0], 7);
      write(file, text);
      const table = join(root, "table1/compact-short"), message = `Cannot read ${file}: ${reason}`;
      const setting = { ...DEFAULTS, budget: "short" } as const;
      assertThrows(() => publishedEvidence(root, "compact"), Error, message);
      assertThrows(() => publishedScores(table, studies.table1, setting), Error, message);
    });
  }
});

Deno.test("publishedEvidence() names a folder that is no seed", () => {
  for (const name of ["seed-01", "seed-0 (copy)", "backup"]) {
    inFolder((root) => {
      publish(root, "short", [0], 7);
      Deno.renameSync(join(root, FIRST, "seed-0"), join(root, FIRST, name));
      const message = `Cannot read ${join(root, FIRST, name)}: its name must be like seed-0`;
      assertThrows(() => publishedEvidence(root, "compact"), Error, message);
    });
  }
});

Deno.test("publishedEvidence() names an analysis without findings", () => {
  inFolder((root) => {
    const file = join(root, "epsilon/compact-short/analysis.json");
    publish(root, "short", [0], 7);
    write(file, '{"findings":3}');
    const message = `Cannot read ${file}: findings: Invalid input`;
    assertThrows(() => publishedEvidence(root, "compact"), Error, message);
  });
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
