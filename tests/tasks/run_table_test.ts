import { assertEquals } from "@std/assert";
import { join } from "@std/path";
import { DEFAULTS } from "../../src/experiments/cell.ts";
import { gridOf } from "../../src/experiments/grid.ts";
import { studies } from "../../src/experiments/studies.ts";
import { analyses } from "../../tasks/analysis/analyses.ts";
import { isMeasured } from "../../tasks/analysis/analysis.ts";
import { remove } from "../../tasks/io.ts";
import { CellFolder, WORK } from "../../tasks/study/cell_store.ts";
import type { PlannedCell } from "../../tasks/study/plan.ts";
import { workloadOf } from "../../tasks/study/run_table.ts";

const ARMS = ["hopper/dppo-adaptive", "hopper/dppo-adapg"];
const planned = gridOf(studies.adaptive, DEFAULTS, { only: ARMS, seeds: [0] }).map((cell) =>
  ({ cell, id: `run-table-test-${cell.optimizer}`, iterations: 7 }) as PlannedCell
);

Deno.test("a finished cell whose networks are gone runs again where its study measures them", () => {
  const scores = { pretrained: [], final: null, diverged: null };
  try {
    for (const { id } of planned) {
      new CellFolder(WORK, id).finish({ scores, digests: [], metrics: [] } as never);
    }
    const networks = (study: "adaptive" | "omega") => ({
      networks: (cell: PlannedCell["cell"]) => isMeasured(analyses[study], cell),
    });
    const openOf = (study: "adaptive" | "omega") =>
      workloadOf(planned, networks(study)).tasks.filter(({ finished }) => finished === undefined)
        .map((task) => task.planned.cell.optimizer);
    assertEquals(openOf("adaptive"), ["adaptive"]);
    assertEquals(openOf("omega"), []);
  } finally {
    for (const { id } of planned) remove(join(WORK, id));
  }
});
