import { assert, assertAlmostEquals, assertEquals, assertNotEquals } from "@std/assert";
import { type Arm, armName, type Cell, cellPath, DEFAULTS } from "../../src/experiments/cell.ts";
import { cellId } from "../../src/experiments/cell_id.ts";
import { followsFor } from "../../src/experiments/cell_modules.ts";
import { gridOf } from "../../src/experiments/grid.ts";
import { cellHyperparameters } from "../../src/experiments/open_cell.ts";
import { studies, type Study, type StudyName } from "../../src/experiments/studies.ts";
import { CELL_ENTRIES, moduleReader } from "../../tasks/study/plan.ts";

const names = Object.keys(studies) as StudyName[];
const cellsOf = (name: StudyName, only?: string[]) =>
  gridOf(studies[name], DEFAULTS, { only, seeds: [0] });
const modules = { files: {}, packages: {} };
const id = (cell: Cell) =>
  cellId({ cell, hyperparameters: cellHyperparameters(cell), fixtures: {}, modules });

Deno.test("every study's cells have folders and ids of their own", () => {
  for (const name of names) {
    const cells = cellsOf(name);
    assertEquals(new Set(cells.map(cellPath)).size, cells.length, name);
    assertEquals(new Set(cells.map(id)).size, cells.length, name);
  }
});

Deno.test("studies share the cells that they have in common with Table I", () => {
  const table = new Map(cellsOf("table1").map((cell) => [cellPath(cell), id(cell)]));
  const shared = names.flatMap((name) => cellsOf(name))
    .filter((cell) => table.has(cellPath(cell)));
  assert(shared.length > table.size, `${shared.length}`);
  for (const cell of shared) assertEquals(id(cell), table.get(cellPath(cell)), cellPath(cell));
});

Deno.test("a variant changes what it names and nothing else", () => {
  const of = (arm: string) => {
    const cell = cellsOf("decomposition", ["hopper"]).find((c) => armName(c) === arm)!;
    return cellHyperparameters(cell) as Record<string, unknown>;
  };
  const base = of("adamw"), rate = of("adamw-rate-1.25");
  assertEquals((rate.actorLr as { lr: number }).lr, 1.25e-4);
  assertEquals((rate.criticLr as { lr: number }).lr, 1.25e-3);
  assertEquals({ ...rate, actorLr: base.actorLr, criticLr: base.criticLr }, base);
  const eps = of("adamw-eps-1e-11");
  assertEquals(eps, { ...base, optimizer: { ...base.optimizer as object, eps: 1e-11 } });
  const { criticOptimizer, ...actor } = of("adapg-actor");
  assertEquals([actor, criticOptimizer], [of("adapg"), base.optimizer]);
});

Deno.test("a corrected arm is the cell of a table with corrected quirks", () => {
  const corrected = gridOf(studies.table1, { ...DEFAULTS, fidelity: "corrected" }, {
    only: ["hopper/dawr"],
    seeds: [0],
  });
  const arms = cellsOf("quirks", ["hopper/dawr"])
    .filter(({ variant }) => variant.fidelity === "corrected");
  assertEquals(arms.map(armName), ["adamw-corrected", "adapg-corrected"]);
  assertEquals(arms.map(id), corrected.map(id));
});

Deno.test("a cell depends on its own method, environment and optimizer and on no other", () => {
  const reached = moduleReader();
  const filesOf = (only: string) => {
    const [cell] = gridOf(studies.table1, DEFAULTS, { only: [only], seeds: [0] });
    return reached(CELL_ENTRIES, followsFor(cell)).files;
  };
  const dppo = filesOf("hopper/dppo-adamw"), qsm = filesOf("can/qsm-adapg");
  for (const path of ["methods/dppo", "envs/hopper", "optim/adamw", "experiments/run_cell"]) {
    assert(Object.hasOwn(dppo, `src/${path}.ts`), path);
  }
  for (const path of ["methods/qsm", "envs/manipulation/can", "optim/adapg", "methods/dawr"]) {
    assert(!Object.hasOwn(dppo, `src/${path}.ts`), path);
  }
  assert(Object.hasOwn(qsm, "src/methods/qsm.ts") && Object.hasOwn(qsm, "src/optim/adapg.ts"));
  assert(!Object.hasOwn(qsm, "src/envs/hopper.ts"));
  assertNotEquals(dppo, qsm);
  assertEquals(Object.keys(dppo).filter((path) => path.includes("blas")), []);
});

Deno.test("a study contrasts arms that it runs", () => {
  for (const name of names) {
    const { contrasts = [], parts }: Study = studies[name];
    const arms = parts.flatMap((part) => part.arms).map(armName);
    const named = contrasts.flatMap(({ arm, minus }) => [
      arm,
      ...("bestOf" in minus ? minus.bestOf : [minus]),
    ]).map(armName);
    assertEquals(named.filter((arm) => !arms.includes(arm)), [], name);
  }
});

Deno.test("the decomposition's contrasts keep the effective rate and change what they say", () => {
  const effective = ({ optimizer, variant }: Arm) =>
    (variant.rate ?? 1) * (optimizer === "adapg" ? 1 / (2 - DEFAULTS.omega) : 1);
  const [both, form] = studies.decomposition.contrasts;
  for (const { arm, minus } of [both, form]) {
    assertAlmostEquals(effective(arm), effective(minus), 1e-12);
  }
});
