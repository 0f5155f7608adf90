import { assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import {
  type Cell,
  cellPath,
  DEFAULTS,
  type Setting,
  settingPath,
} from "../../src/experiments/cell.ts";
import { cellId } from "../../src/experiments/cell_id.ts";
import { gridOf as grid, type Selection } from "../../src/experiments/grid.ts";
import { studies } from "../../src/experiments/studies.ts";
import { cellHyperparameters, cellLoop } from "../../src/experiments/open_cell.ts";

const gridOf = (setting: Setting, selection: Selection) => grid(studies.table1, setting, selection);
const modules = { files: { "a.ts": "0" }, packages: {} };
const id = (cell: Cell) =>
  cellId({ cell, hyperparameters: cellHyperparameters(cell), fixtures: {}, modules });

Deno.test("gridOf() has six methods on six environments with two optimizers, pairs side by side", () => {
  const cells = gridOf(DEFAULTS, { seeds: [0] });
  assertEquals(cells.length, 72);
  cells.forEach(({ optimizer }, i) => assertEquals(optimizer, i % 2 === 0 ? "adamw" : "adapg"));
  for (let i = 0; i < 72; i += 2) {
    assertEquals(cells[i + 1], { ...cells[i], optimizer: "adapg" });
  }
});

Deno.test("gridOf() selects environments, methods and arms", () => {
  const count = (only: string[], seeds = [0]) => gridOf(DEFAULTS, { only, seeds }).length;
  assertEquals(count(["hopper"]), 12);
  assertEquals(count(["hopper/dppo"], [0, 1, 2]), 6);
  assertEquals(count(["hopper/dppo-adapg", "lift/dql"]), 3);
  assertThrows(() => count(["hopper", "ant"]), RangeError, '"ant"');
  assertThrows(() => count([""]), RangeError, 'found ""');
  assertThrows(
    () => count(["hopper/dpp"]),
    RangeError,
    "halfcheetah, lift, can, square / dppo, dipo",
  );
});

Deno.test("gridOf() refuses cells of other studies and names its own, part by part", () => {
  const only = ["hopper/dppo-adapg-omega-1.1"];
  assertThrows(
    () => grid(studies.omega, DEFAULTS, { only, seeds: [0] }),
    RangeError,
    "only must be ENV, ENV/METHOD or ENV/METHOD-ARM of hopper, walker2d, halfcheetah, lift, can / dppo / adapg, " +
      "adapg-omega-0.3, adapg-omega-0.6, adapg-omega-0.9, adapg-omega-1.5 or of square / dppo / adapg, ",
  );
});

Deno.test("the arms of a pair differ in eps and omega and in nothing else", () => {
  const [adamw, adapg] = gridOf(DEFAULTS, { only: ["can/idql"], seeds: [0] })
    .map((cell) => cellHyperparameters(cell) as { optimizer: Record<string, unknown> });
  const { eps, omega, ...rest } = adapg.optimizer;
  assertEquals([eps, omega, adamw.optimizer.eps], [1e-11, 1.2, 1e-8]);
  assertEquals({ ...adapg, optimizer: { ...rest, eps: 1e-8 } }, adamw);
});

Deno.test("a budget changes no hyperparameter but where runs stop", () => {
  const of = (budget: "smoke" | "full") => {
    const [cell] = gridOf({ ...DEFAULTS, budget }, { only: ["hopper/dql"], seeds: [0] });
    const { loop, episodes: _, ...rest } = cellHyperparameters(cell) as Record<string, object>;
    return { ...rest, loop: { ...loop, iterations: 0 } };
  };
  assertEquals(of("smoke"), of("full"));
});

Deno.test("budgets grow: smoke is shorter than short, short is shorter than full", () => {
  for (const only of ["hopper/dppo", "square/dppo"]) {
    const [smoke, short, full] = (["smoke", "short", "full"] as const).map((budget) =>
      cellLoop(gridOf({ ...DEFAULTS, budget }, { only: [only], seeds: [0] })[0]).iterations
    );
    assertEquals(smoke < short && short < full, true, `${smoke} ${short} ${full}`);
  }
});

Deno.test("cellId() depends on the cell and its inputs, and not on other cells", () => {
  const [adamw, adapg] = gridOf(DEFAULTS, { only: ["hopper/dppo"], seeds: [0] });
  const alone = gridOf(DEFAULTS, { only: ["hopper/dppo-adapg"], seeds: [5, 0] });
  assertEquals(id(alone[1]), id(adapg));
  assertNotEquals(id(adamw), id(adapg));
  assertNotEquals(id(alone[0]), id(adapg));
});

Deno.test("cellId() of the AdamW arm does not depend on omega", () => {
  const [a, b] = [1.2, 1.1].map((omega) =>
    gridOf({ ...DEFAULTS, omega }, { only: ["hopper/dppo"], seeds: [0] }).map(id)
  );
  assertEquals(a[0], b[0]);
  assertNotEquals(a[1], b[1]);
});

Deno.test("paths name what is unusual and are silent about defaults", () => {
  assertEquals(settingPath(DEFAULTS), "compact-smoke");
  const unusual = { ...DEFAULTS, fidelity: "corrected" as const, omega: 0.9 };
  assertEquals(settingPath(unusual), "compact-smoke-corrected-omega-0.9");
  const [cell] = gridOf(DEFAULTS, { only: ["lift/qsm-adapg"], seeds: [3] });
  assertEquals(cellPath(cell), "lift/qsm-adapg/seed-3");
});
