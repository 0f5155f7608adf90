/**
 * Writes cells and tables below `results/`.
 *
 * @module
 */
import { join } from "@std/path";
import { environments } from "../../src/envs/mod.ts";
import { cellJson, type Setting, settingPath } from "../../src/experiments/cell.ts";
import { cellScores, type IterationMetrics } from "../../src/experiments/score.ts";
import { digestOf, sha256 } from "../../src/provenance/digest.ts";
import { manifest, type Resource } from "../../src/provenance/manifest.ts";
import type { Modules } from "../../src/provenance/modules.ts";
import type { Json } from "../../src/provenance/strict_json.ts";
import { locked, writeTogether } from "../io.ts";
import type { Finished } from "./cell_store.ts";
import type { PlannedCell } from "./plan.ts";
import { folderOf } from "./published.ts";
import { type RenderedTable, type TableName, tableOf } from "./table_files.ts";
import { digestsOfTexts, lines, pretty } from "./texts.ts";

const LOCK = ".work/publish.lock";

/** The folder of a table; a policy of the user's own is named by its digest. */
export const tableFolder = (out: string, setting: Setting, pretrained?: Uint8Array): string =>
  join(
    out,
    settingPath(setting) + (pretrained ? `-pretrained-${sha256(pretrained).slice(0, 8)}` : ""),
  );

/** Writes a cell's scores, digests, metrics and where they came from. */
export function publishCell(
  folder: string,
  { cell, id, hyperparameters, fixtures, modules }: PlannedCell,
  { scores, digests, metrics }: Finished,
): void {
  const { metric } = environments[cell.env].spec;
  const result = cellScores(metric, scores, metrics as unknown as readonly IterationMetrics[]);
  const files = {
    "digests.jsonl": lines(digests as unknown as readonly Json[]),
    "metrics.jsonl": lines(metrics),
    "scores.json": pretty(result),
  };
  const outputs = digestsOfTexts(files);
  const parameters = { id, cell: cellJson(cell), hyperparameters, rng: "threefry-2x32" };
  const dependencies = dependenciesOf(modules, fixtures);
  const statement = manifest({ outputs, parameters, dependencies });
  writeTogether(folderOf(folder, cell), { ...files, "manifest.json": statement });
}

/**
 * Writes the table of all cells published in a folder, one process at a time: else one that has read the cells before
 * another published its own would put a table without them over the other's.
 */
export const publishTable = (folder: string, name: TableName): RenderedTable =>
  locked(LOCK, () => {
    const table = tableOf(folder, name);
    writeTogether(folder, table.files);
    return table;
  });

/** What a cell's manifest says it was made from. */
export function dependenciesOf(
  { files, packages, libraries = {} }: Modules,
  fixtures: Readonly<Record<string, string>>,
): Resource[] {
  return [
    { name: "modules", digest: { sha256: digestOf(files) } },
    ...Object.entries({ ...fixtures, ...libraries })
      .map(([name, sha256]) => ({ name, digest: { sha256 } })),
    ...Object.entries(packages).map(([name, integrity]) => ({
      name: `pkg:npm/${name}`,
      digest: { sha512: integrity.replace(/^sha512-/, "") },
    })),
  ];
}
