/**
 * What a study measures on its trained networks, beyond its table.
 *
 * @module
 */
import { join } from "@std/path";
import { type Cell, cellPath, type Setting } from "../../src/experiments/cell.ts";
import type { StudyName } from "../../src/experiments/studies.ts";
import { digestOf } from "../../src/provenance/digest.ts";
import { manifest, type Resource } from "../../src/provenance/manifest.ts";
import type { Json } from "../../src/provenance/strict_json.ts";
import { exists, readText, writeTogether } from "../io.ts";
import { ANALYSIS, ANALYSIS_MANIFEST } from "../study/analysis_file.ts";
import { moduleReader } from "../study/plan.ts";
import type { TableName } from "../study/table_files.ts";
import { digestsOfTexts, pretty } from "../study/texts.ts";
import type { TrainedCell, TrainedCells } from "./trained_cells.ts";

/** An analysis. How its findings are shown is not its business. */
export interface Analysis {
  /** The module that runs it, whose imports decide its numbers. */
  readonly module: string;
  /** Whether it looks at the networks of a cell; at those of every cell of its study where this is absent. */
  measures?(cell: Cell): boolean;
  run(request: AnalysisRequest): Findings;
}

/** What an analysis is given. */
export interface AnalysisRequest extends TrainedCells {
  /** Says what is going on. */
  say(text: string): void;
}

/** What an analysis found. */
export interface Findings {
  /** In the shape that the report knows of the study. */
  readonly findings: readonly object[];
  /** Cells that are missing, each with the reason. */
  readonly leftOut: readonly string[];
}

/** Whether the networks of a cell are measured, by the analysis of its study if that has one. */
export const isMeasured = (analysis: Analysis | undefined, cell: Cell): boolean =>
  analysis !== undefined && (analysis.measures?.(cell) ?? true);

/**
 * Runs an analysis and writes its findings, unless they are there already, made by this code from these cells. Nothing
 * is written where no trained cell is left.
 */
export function publishAnalysis(
  analysis: Analysis,
  table: string,
  { study, setting }: TableName,
  trained: TrainedCells,
  say: (text: string) => void,
): void {
  if (trained.cells.length === 0) return;
  const parameters = parametersOf(study, setting, trained);
  const dependencies = [...trained.cells.map(resourceOf), modulesResource(analysis.module)];
  const statement = (text: string) =>
    manifest({ parameters, outputs: digestsOfTexts({ [ANALYSIS]: text }), dependencies });
  const paths = [ANALYSIS, ANALYSIS_MANIFEST].map((name) => join(table, name));
  if (paths.every(exists)) {
    const [text, made] = paths.map(readText);
    if (statement(text) === made) return;
  }
  const text = findingsText(analysis, setting, { ...trained, say });
  writeTogether(table, { [ANALYSIS]: text, [ANALYSIS_MANIFEST]: statement(text) });
}

/** Runs an analysis; its findings as they are published. */
export const findingsText = (
  analysis: Analysis,
  setting: Setting,
  request: AnalysisRequest,
): string => pretty({ setting, ...analysis.run(request) });

function parametersOf(study: StudyName, setting: Setting, { cells, leftOut }: TrainedCells): Json {
  const used = cells.map(({ cell, id, checkpoint }) => ({ path: cellPath(cell), id, checkpoint }));
  return { analysis: study, setting: { ...setting }, cells: used, leftOut: [...leftOut] };
}

/** How the manifest of an analysis names a cell that it was made from: by the cell's own manifest. */
export const sourceName = (cell: Cell): string => `cells/${cellPath(cell)}/manifest.json`;

const resourceOf = ({ cell, manifest }: TrainedCell): Resource => ({
  name: sourceName(cell),
  digest: { sha256: manifest },
});

/** Digest of all that a module imports, by the code that is here. */
export function modulesResource(entry: string): Resource {
  const { files, packages } = moduleReader()([entry]);
  return { name: "modules", digest: { sha256: digestOf({ files, packages }) } };
}
