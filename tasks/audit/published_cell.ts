/**
 * A published cell as an audit reads it: its logs, its scores and what its manifest says.
 *
 * @module
 */
import { join } from "@std/path";
import { z } from "zod";
import { type Cell, cellJson, cellPath } from "../../src/experiments/cell.ts";
import { gridOf } from "../../src/experiments/grid.ts";
import { studies } from "../../src/experiments/studies.ts";
import type { CellScores } from "../../src/experiments/score.ts";
import type { IterationDigests } from "../../src/experiments/sealed_checkpoint.ts";
import { canonicalJson } from "../../src/provenance/canonical_json.ts";
import { sha256 } from "../../src/provenance/digest.ts";
import type { Json } from "../../src/provenance/strict_json.ts";
import type { Check } from "../../src/report/audit.ts";
import { firstDifference } from "../../src/report/audit_difference.ts";
import { exists, list, listTree, readBytes, readJson, readText } from "../io.ts";
import type { PlanCell, PlannedCell } from "../study/plan.ts";
import { dependenciesOf, type TableName } from "../study/publish.ts";
import { folderOf } from "../study/published.ts";
import type { Modules } from "../../src/provenance/modules.ts";
import { checkEach, faultsIn } from "./check.ts";

/** The parts of a manifest that an audit compares. */
const Statement = z.object({
  subject: z.array(z.object({ name: z.string(), digest: z.object({ sha256: z.string() }) })),
  predicate: z.object({
    buildDefinition: z.object({
      externalParameters: z.object({
        id: z.string(),
        cell: z.json(),
        hyperparameters: z.json(),
      }),
      resolvedDependencies: z.array(
        z.object({ name: z.string(), digest: z.record(z.string(), z.string()) }),
      ),
    }),
  }),
});

/** Files beside the outputs: the manifest itself, and observations that nothing depends on. */
const UNHASHED = ["manifest.json", "run.json"];

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

/** Digests by iteration. */
export const digestsOf = (folder: string): IterationDigests[] =>
  linesOf(join(folder, "digests.jsonl")) as unknown as IterationDigests[];

/** Metrics by iteration. */
export const metricsOf = (folder: string): Json[] => linesOf(join(folder, "metrics.jsonl"));

/** Scores and evaluation episodes. */
export const scoresOf = (folder: string): CellScores =>
  readJson(join(folder, "scores.json")) as CellScores;

/** The id under which the cell was run. */
export const idOf = (folder: string): string => parametersOf(folder).id;

/** Descriptions of the native libraries that the cell was made with. */
export const librariesOf = (folder: string): readonly string[] =>
  statementOf(folder).predicate.buildDefinition.resolvedDependencies
    .map(({ name }) => name)
    .filter((name) => !/^(modules$|pretrained$|fixtures\/|pkg:)/.test(name));

/** Whether a cell is published with this id: made by this code from these inputs. */
export const hasId = (folder: string, id: string): boolean =>
  exists(join(folder, "manifest.json")) && idOf(folder) === id;

/** Whether the cell says legibly what it is. */
export const isLegible = (folder: string): boolean =>
  faultsIn(() => idOf(folder) === "" ? ["no id"] : []).length === 0;

function statementOf(folder: string) {
  const path = join(folder, "manifest.json"), parsed = Statement.safeParse(readJson(path));
  if (parsed.success) return parsed.data;
  const [{ path: place, message }] = parsed.error.issues;
  throw new Error(`Cannot read ${path}: it is not a manifest: ${place.join(".")}: ${message}`);
}

const parametersOf = (folder: string) =>
  statementOf(folder).predicate.buildDefinition.externalParameters;

const linesOf = (path: string): Json[] =>
  readText(path).split("\n").filter((line) => line !== "").map((line, i) => {
    try {
      return JSON.parse(line);
    } catch {
      throw new Error(`Cannot read ${path}: line ${i + 1} is not JSON`);
    }
  });

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
  const { subject } = statementOf(folder);
  const expected = Object.fromEntries(subject.map(({ name, digest }) => [name, digest.sha256]));
  const files = listTree(folder).filter((name) => !UNHASHED.includes(name));
  return [...new Set([...files, ...Object.keys(expected)])].sort().flatMap((name) => {
    if (expected[name] === undefined) return [`${name} is not in the manifest`];
    if (!files.includes(name)) return [`${name} is missing`];
    const found = sha256(readBytes(join(folder, name)));
    return found === expected[name] ? [] : [`${name} must be ${expected[name]}, found ${found}`];
  });
}

function inputFaults(folder: string, planned: PlannedCell): string[] {
  const { externalParameters, resolvedDependencies } =
    statementOf(folder).predicate.buildDefinition;
  const { id, cell, hyperparameters } = externalParameters;
  const recorded = new Map(resolvedDependencies.map((d) => [d.name, d.digest]));
  const current = dependenciesOf(planned.modules, planned.fixtures);
  const differing = current.filter(({ name, digest }) =>
    canonicalJson(recorded.get(name) ?? null) !== canonicalJson(digest)
  ).map(({ name }) => name);
  const sameCode = differing.length === 0;
  return [
    ...differing.filter((name) => name.startsWith("fixtures/"))
      .map((name) => `made from another ${name}`),
    ...unequal("cell", cell, cellJson(planned.cell)),
    ...unequal("hyperparameters", hyperparameters, planned.hyperparameters),
    ...(sameCode ? unequal("id", id, planned.id) : []),
  ];
}

/** What a manifest says otherwise than the cell's name and the code. */
function unequal(name: string, recorded: Json, current: Json): string[] {
  const side = (tree: Json) => ({ tree, blob: () => new Uint8Array() });
  const difference = firstDifference(side({ [name]: recorded }), side({ [name]: current }));
  return difference === undefined
    ? []
    : [`manifest.json says otherwise than the code: ${difference}`];
}

/** Whether a cell was made by exactly these files and packages. */
export function isMadeBy(folder: string, modules: Modules): boolean {
  const { resolvedDependencies } = statementOf(folder).predicate.buildDefinition;
  const recorded = resolvedDependencies.filter(({ name }) => !name.startsWith("fixtures/"));
  return canonicalJson(recorded as unknown as Json) ===
    canonicalJson(dependenciesOf(modules, {}) as unknown as Json);
}
