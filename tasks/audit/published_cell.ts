/**
 * A published cell as an audit reads it: its logs, its scores and what its manifest says.
 *
 * @module
 */
import { join } from "@std/path";
import { z } from "zod";
import { type Cell, cellPath } from "../../src/experiments/cell.ts";
import { gridOf } from "../../src/experiments/grid.ts";
import { studies } from "../../src/experiments/studies.ts";
import type { CellScores } from "../../src/experiments/score.ts";
import type { IterationDigests } from "../../src/experiments/sealed_checkpoint.ts";
import { exists, list } from "../io.ts";
import { readShapedLines } from "../shaped_json.ts";
import type { TableName } from "../study/table_files.ts";
import { readScores } from "../study/scores_file.ts";
import { faultsIn } from "./check.ts";
import { readStatement } from "./statement.ts";

/** What a cell's manifest says was asked for, as far as an audit compares it. */
const Parameters = z.object({ id: z.string(), cell: z.json(), hyperparameters: z.json() });

/** What an audit is restricted to; absent fields restrict nothing. */
export interface Selection {
  readonly only?: readonly string[];
  readonly seed?: number;
}

/**
 * The cells published in a table's folder.
 *
 * @throws {Error} when nothing is published there that was asked for, or something that is no cell
 */
export function publishedCells(
  folder: string,
  { study, setting }: TableName,
  { only, seed }: Selection = {},
): Cell[] {
  const root = join(folder, "cells");
  const arms = list(root).flatMap((env) => list(join(root, env)).map((arm) => join(env, arm)));
  const paths = arms.flatMap((arm) => list(join(root, arm)).map((name) => join(arm, name)));
  const seeds = [...new Set(paths.map((path) => Number(path.split("/seed-")[1])))];
  const known = new Set(gridOf(studies[study], setting, { seeds }).map(cellPath));
  const stranger = paths.find((path) => !known.has(path));
  if (stranger !== undefined) {
    throw new Error(`Cannot audit: ${join(root, stranger)} is no cell of this table`);
  }
  const asked = seeds.filter((n) => seed === undefined || n === seed).sort((a, b) => a - b);
  const cells = gridOf(studies[study], setting, { only, seeds: asked })
    .filter((cell) => paths.includes(cellPath(cell)));
  if (cells.length === 0) throw new Error(`Cannot audit: ${folder} holds no cell asked for`);
  return cells;
}

const Digests = z.strictObject({
  iteration: z.number(),
  rollout: z.string(),
  state: z.string(),
});

/** Digests by iteration. */
export const digestsOf = (folder: string): IterationDigests[] =>
  readShapedLines(join(folder, "digests.jsonl"), Digests);

const Metrics = z.object({
  iteration: z.number(),
  mode: z.enum(["evaluate", "train"]),
  curveReturn: z.number().optional(),
  curveSuccess: z.number().optional(),
}).catchall(z.union([z.number(), z.string()]));

/** What an iteration logged: its numbers by name, those that JSON cannot hold as text. */
export type LoggedMetrics = Readonly<z.infer<typeof Metrics>>;

/** Metrics by iteration. */
export const metricsOf = (folder: string): LoggedMetrics[] =>
  readShapedLines(join(folder, "metrics.jsonl"), Metrics);

/** Scores and evaluation episodes. */
export const scoresOf = (folder: string): CellScores => readScores(join(folder, "scores.json"));

/** The id under which the cell was run. */
export const idOf = (folder: string): string => statementOf(folder).parameters.id;

/** Descriptions of the native libraries that the cell was made with. */
export const librariesOf = (folder: string): readonly string[] =>
  statementOf(folder).dependencies
    .map(({ name }) => name)
    .filter((name) => !/^(modules$|pretrained$|fixtures\/|pkg:)/.test(name));

/** Whether a cell is published with this id: made by this code from these inputs. */
export const hasId = (folder: string, id: string): boolean =>
  exists(join(folder, "manifest.json")) && idOf(folder) === id;

/** Whether the cell says legibly what it is and what it recorded. */
export const isLegible = (folder: string): boolean =>
  faultsIn(() => {
    [idOf, digestsOf, metricsOf, scoresOf].forEach((read) => read(folder));
    return [];
  }).length === 0;

/** What the cell's manifest says. */
export const statementOf = (folder: string) =>
  readStatement(join(folder, "manifest.json"), Parameters);
