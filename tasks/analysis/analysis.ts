/**
 * What a study measures on its trained networks, beyond its table.
 *
 * @module
 */
import { join } from "@std/path";
import { cellPath, type Setting } from "../../src/experiments/cell.ts";
import type { StudyName } from "../../src/experiments/studies.ts";
import { digestOf } from "../../src/provenance/digest.ts";
import { manifest, type Resource } from "../../src/provenance/manifest.ts";
import type { Json } from "../../src/provenance/strict_json.ts";
import { exists, readText, writeTogether } from "../io.ts";
import { moduleReader } from "../study/plan.ts";
import { digestsOfTexts, type TableName } from "../study/publish.ts";
import type { TrainedCell, TrainedCells } from "./trained_cells.ts";

/** An analysis: its files are `analysis.json`, `analysis.md` and the like beside the table. */
export interface Analysis {
  /** The module that runs it, whose imports decide its numbers. */
  readonly module: string;
  /** Kinds of files that it makes. */
  readonly kinds: readonly string[];
  /** Texts by kind. */
  run(request: AnalysisRequest): Readonly<Record<string, string>>;
}

/** What an analysis is given. */
export interface AnalysisRequest extends TrainedCells {
  readonly setting: Setting;
  /** Says what is going on. */
  say(text: string): void;
}

/** Says which cells and code made the files of an analysis. */
export const ANALYSIS_MANIFEST = "analysis-manifest.json";

const fileOf = (kind: string): string => `analysis.${kind}`;

/**
 * Runs an analysis and writes its files, unless they are there already, made by this code from these cells.
 *
 * @returns the paths of its files; none where no trained cell is left
 */
export function publishAnalysis(
  analysis: Analysis,
  table: string,
  { study, setting }: TableName,
  trained: TrainedCells,
  say: (text: string) => void,
): readonly string[] {
  const names = analysis.kinds.map(fileOf);
  if (trained.cells.length === 0) return [];
  const parameters = parametersOf(study, setting, trained);
  const dependencies = [...trained.cells.map(resourceOf), modulesResource(analysis.module)];
  const statement = (texts: Readonly<Record<string, string>>) =>
    manifest({ parameters, outputs: digestsOfTexts(texts), dependencies });
  const paths = [...names, ANALYSIS_MANIFEST].map((name) => join(table, name));
  if (paths.every(exists)) {
    const texts = names.map((name) => [name, readText(join(table, name))]);
    if (statement(Object.fromEntries(texts)) === readText(paths.at(-1)!)) return paths;
  }
  const made = analysis.run({ ...trained, setting, say });
  const files = Object.fromEntries(analysis.kinds.map((kind) => [fileOf(kind), made[kind]]));
  writeTogether(table, { ...files, [ANALYSIS_MANIFEST]: statement(files) });
  return paths;
}

function parametersOf(study: StudyName, setting: Setting, { cells, leftOut }: TrainedCells): Json {
  const used = cells.map(({ cell, id, checkpoint }) => ({ path: cellPath(cell), id, checkpoint }));
  return { analysis: study, setting: { ...setting }, cells: used, leftOut: [...leftOut] };
}

const resourceOf = ({ cell, manifest }: TrainedCell): Resource => ({
  name: `cells/${cellPath(cell)}/manifest.json`,
  digest: { sha256: manifest },
});

/** Digest of all that a module imports, by the code that is here. */
export function modulesResource(entry: string): Resource {
  const { files, packages } = moduleReader()([entry]);
  return { name: "modules", digest: { sha256: digestOf({ files, packages }) } };
}

/** What readers are told about cells that are missing. */
export const leftOutNote = (leftOut: readonly string[]): string =>
  leftOut.length === 0 ? "" : `\nLeft out:\n\n${leftOut.map((line) => `- ${line}\n`).join("")}`;
