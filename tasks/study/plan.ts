/**
 * What a table needs: its cells, their inputs and their ids.
 *
 * @module
 */
import { type BlasOptions, openBlas } from "../../src/adapters/blas_library.ts";
import type { Cell } from "../../src/experiments/cell.ts";
import type { EnvName } from "../../src/envs/mod.ts";
import { cellId } from "../../src/experiments/cell_id.ts";
import { followsFor } from "../../src/experiments/cell_modules.ts";
import { cellHyperparameters, cellLoop, pretrainedPath } from "../../src/experiments/open_cell.ts";
import { gridOf } from "../../src/experiments/grid.ts";
import { studies } from "../../src/experiments/studies.ts";
import { sha256 } from "../../src/provenance/digest.ts";
import { type Follows, type Modules, modulesOf } from "../../src/provenance/modules.ts";
import type { Json } from "../../src/provenance/strict_json.ts";
import { type FixtureDigests, fixtureDigests, readFixture } from "../fixtures.ts";
import { readBytes, readJson } from "../io.ts";
import { requireFitting } from "../own_policy.ts";
import type { Flags } from "./flags.ts";

/** What runs a cell. How its orders and reports travel decides no number. */
export const CELL_ENTRIES = [
  "src/adapters/mujoco_engines.ts",
  "src/experiments/open_cell.ts",
  "src/experiments/run_cell.ts",
  "src/experiments/sealed_checkpoint.ts",
];

/** A cell with everything that decides its numbers. */
export interface PlannedCell {
  readonly cell: Cell;
  readonly id: string;
  readonly iterations: number;
  readonly hyperparameters: Json;
  readonly fixtures: Readonly<Record<string, string>>;
  /** The files and packages that the cell runs on. */
  readonly modules: Modules;
  readonly pretrained: Uint8Array;
}

/** Plans one cell; throws where a fixture is corrupt. */
export type PlanCell = (cell: Cell) => PlannedCell;

/** What is to be run. */
export interface Plan {
  readonly cells: readonly PlannedCell[];
  /** Environments of the study left out, because they have no pre-trained policy. */
  readonly leftOut: readonly EnvName[];
}

/**
 * Finds the cells asked for and checks what they read. Cells without a pre-trained policy are left out, unless they
 * were asked for by name.
 *
 * @throws {Error} when a fixture is corrupt, a cell asked for by name has no policy, no cell is left, or a policy of
 *   the user's own does not fit
 */
export function planOf(flags: Flags, digests = fixtureDigests()): Plan {
  const { study, setting, pretrained, only, seeds } = flags;
  const all = gridOf(studies[study], setting, { only, seeds }), plan = planner(digests, flags);
  if (pretrained !== undefined) return { cells: fitting(all, pretrained).map(plan), leftOut: [] };
  const { ready = [], lacking = [] } = Object.groupBy(
    all,
    (cell) => pretrainedPath(cell).replace("fixtures/", "") in digests ? "ready" : "lacking",
  );
  const leftOut = [...new Set(lacking.map(({ env }) => env))];
  if (ready.length === 0 || (only !== undefined && lacking.length > 0)) {
    throw new Error(
      `Cannot plan: no pre-trained ${setting.profile} policy for ${leftOut.join(", ")}; ${REMEDY}`,
    );
  }
  return { cells: ready.map(plan), leftOut };
}

/** How an environment comes by a pre-trained policy. */
export const REMEDY = "deno task pretrain makes one, deno task fixtures:list adds it to the list";

/** Cells, if a policy of the user's own fits all of them. */
function fitting(cells: readonly Cell[], pretrained: string): readonly Cell[] {
  const envs = new Set(cells.map(({ env }) => env));
  if (envs.size > 1) {
    throw new Error(
      `Cannot plan: --pretrained fits cells of one environment, found ${[...envs].join(", ")}; ` +
        "name one with --only",
    );
  }
  requireFitting(cells, readBytes(pretrained), pretrained);
  return cells;
}

/**
 * Plans cells by the code, lock file and fixtures that are here now and, with BLAS, by the library.
 *
 * @param pretrained a policy in place of the fixtures
 * @throws {Error} when the library cannot be opened
 */
export function planner(
  digests: FixtureDigests,
  { pretrained: own, blas }: Pick<Flags, "pretrained" | "blas"> = {},
): PlanCell {
  const read = memoized(readBytes), reached = moduleReader(read);
  const library = blas && { ...reached(["src/adapters/blas.ts"]), ...libraryOf(blas) };
  return (cell) => {
    const modules = joined(reached(CELL_ENTRIES, followsFor(cell)), library);
    const path = own ?? pretrainedPath(cell);
    const pretrained = own === undefined ? readFixture(path, digests) : read(path);
    const fixtures = { [own === undefined ? path : "pretrained"]: sha256(pretrained) };
    const hyperparameters = cellHyperparameters(cell);
    const id = cellId({ cell, hyperparameters, fixtures, modules });
    const { iterations } = cellLoop(cell);
    return { cell, id, iterations, hyperparameters, fixtures, modules, pretrained };
  };
}

/** What modules reach by the import map and the lock file that are here now. */
export function moduleReader(
  read = readBytes,
): (entries: readonly string[], follows?: Follows) => Modules {
  const { imports } = readJson("deno.json") as { imports: Record<string, string> };
  const lock = readJson("deno.lock") as Parameters<typeof modulesOf>[3];
  return (entries, follows) => modulesOf(entries, read, imports, lock, follows);
}

function libraryOf(blas: BlasOptions): Pick<Modules, "libraries"> {
  const { description } = openBlas(blas);
  return { libraries: { [description]: sha256(description) } };
}

const joined = (cell: Modules, library: Modules | undefined): Modules =>
  library === undefined ? cell : {
    files: { ...cell.files, ...library.files },
    packages: { ...cell.packages, ...library.packages },
    libraries: library.libraries,
  };

function memoized<T>(f: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>();
  return (key) => {
    if (!known.has(key)) known.set(key, f(key));
    return known.get(key)!;
  };
}
