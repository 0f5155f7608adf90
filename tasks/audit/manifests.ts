/**
 * What cells' manifests say, against their files, their inputs and the code.
 *
 * @module
 */
import { type Cell, cellJson, cellPath } from "../../src/experiments/cell.ts";
import { canonicalJson } from "../../src/provenance/canonical_json.ts";
import type { Modules } from "../../src/provenance/modules.ts";
import type { Json } from "../../src/provenance/strict_json.ts";
import type { Check } from "../../src/report/audit.ts";
import { jsonDifference } from "../../src/report/audit_difference.ts";
import { listTree } from "../io.ts";
import type { PlanCell, PlannedCell } from "../study/plan.ts";
import { dependenciesOf } from "../study/publish.ts";
import { folderOf } from "../study/published.ts";
import { checkEach, digestFaults } from "./check.ts";
import { statementOf } from "./published_cell.ts";

/** Files beside the outputs: the manifest itself, and observations that nothing depends on. */
const UNHASHED = ["manifest.json", "run.json"];

/** Every manifest names its cell, its configuration and its inputs, and covers the cell's files. */
export function checkManifests(
  table: string,
  cells: readonly Cell[],
  plan: PlanCell,
): Check {
  return checkEach("cells", "manifests match their files and inputs", cells, (cell) => {
    const folder = folderOf(table, cell);
    return [...fileFaults(folder), ...inputFaults(folder, plan(cell))]
      .map((fault) => `${cellPath(cell)}: ${fault}`);
  });
}

/** Where a cell's files differ from its manifest. */
export function fileFaults(folder: string): string[] {
  const { outputs } = statementOf(folder);
  const files = listTree(folder).filter((name) => !UNHASHED.includes(name));
  return [...new Set([...files, ...Object.keys(outputs)])].sort()
    .flatMap((name) => digestFaults(folder, name, outputs[name], "the manifest"));
}

function inputFaults(folder: string, planned: PlannedCell): string[] {
  const { parameters, dependencies } = statementOf(folder);
  const { id, cell, hyperparameters } = parameters;
  const recorded = new Map(dependencies.map((d) => [d.name, d.digest]));
  const current = dependenciesOf(planned.modules, planned.fixtures);
  const differing = current.filter(({ name, digest }) =>
    canonicalJson(recorded.get(name) ?? null) !== canonicalJson(digest)
  ).map(({ name }) => name);
  const sameCode = differing.length === 0;
  return [
    ...differing.filter((name) => Object.hasOwn(planned.fixtures, name))
      .map((name) => `made from another ${name}`),
    ...unequal("cell", cell, cellJson(planned.cell)),
    ...unequal("hyperparameters", hyperparameters, planned.hyperparameters),
    ...(sameCode ? unequal("id", id, planned.id) : []),
  ];
}

/** What a manifest says otherwise than the cell's name and the code. */
function unequal(name: string, recorded: Json, current: Json): string[] {
  const difference = jsonDifference({ [name]: recorded }, { [name]: current });
  return difference === undefined
    ? []
    : [`manifest.json says otherwise than the code: ${difference}`];
}

/** Whether a cell was made by exactly these files and packages. */
export function isMadeBy(folder: string, modules: Modules): boolean {
  const recorded = statementOf(folder).dependencies
    .filter(({ name }) => !/^(pretrained$|fixtures\/)/.test(name));
  return canonicalJson(recorded as unknown as Json) ===
    canonicalJson(dependenciesOf(modules, {}) as unknown as Json);
}
