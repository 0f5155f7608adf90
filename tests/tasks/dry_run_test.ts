import { assertEquals } from "@std/assert";
import { DEFAULTS } from "../../src/experiments/cell.ts";
import { gridOf } from "../../src/experiments/grid.ts";
import { studies } from "../../src/experiments/studies.ts";
import { dryRunJson, dryRunText } from "../../tasks/study/dry_run.ts";
import type { Workload } from "../../tasks/study/run_table.ts";

/** Three cells of seven iterations: untouched, begun and finished. */
function workload(): Workload {
  const logs = (n: number) => ({ digests: Array(n).fill({}), metrics: Array(n).fill({}) });
  const states = [{}, { kept: { tree: null, ...logs(3) } }, { finished: { ...logs(7) } }];
  const only = ["hopper/dppo", "hopper/dipo-adamw"];
  const tasks = gridOf(studies.table1, DEFAULTS, { only, seeds: [0] })
    .map((cell, i) => ({ planned: { cell, id: `${i}`, iterations: 7 }, ...states[i] }));
  return { tasks: tasks as unknown as Workload["tasks"], parts: 13 };
}

Deno.test("dryRunText() lists what would run, from the last checkpoint on, and counts the rest", () => {
  assertEquals(dryRunText(5, workload()).split("\n"), [
    "hopper/dppo-adamw/seed-0  7 iterations",
    "hopper/dppo-adapg/seed-0  4 of 7 iterations",
    "2 of 5 cells would run, 11 iterations in all; 2 published already; 1 finished, only to be published; nothing written",
  ]);
});

Deno.test("dryRunText() says in one line that nothing would run", () => {
  assertEquals(
    dryRunText(2, { tasks: [] }),
    "0 of 2 cells would run, 0 iterations in all; 2 published already; nothing written",
  );
});

Deno.test("dryRunJson() holds every cell with the iterations that are left of it", () => {
  const { iterations, cells } = JSON.parse(dryRunJson(DEFAULTS, workload()));
  assertEquals(iterations, 11);
  assertEquals(cells.map(({ left }: { left: number }) => left), [7, 4, 0]);
});
