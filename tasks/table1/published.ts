/**
 * Reads published cells back.
 *
 * @module
 */
import { join } from "@std/path";
import { environments, type EnvName } from "../../src/envs/mod.ts";
import { ARMS } from "../../src/experiments/cell.ts";
import { methods } from "../../src/methods/mod.ts";
import type { CellScores } from "../../src/experiments/score.ts";
import { sha256 } from "../../src/provenance/digest.ts";
import type { CellScore } from "../../src/report/cell_score.ts";
import { list, readText } from "../io.ts";

/** The scores of all cells in a table's folder and the digests of their files. */
export interface Published {
  readonly scores: readonly CellScore[];
  readonly digests: Readonly<Record<string, string>>;
}

/** Reads every cell of the known grid, in its order, seeds in ascending order. */
export function publishedScores(folder: string): Published {
  const scores: CellScore[] = [], digests: Record<string, string> = {};
  for (const env of Object.keys(environments) as EnvName[]) {
    for (const method of Object.keys(methods)) {
      for (const optimizer of ARMS) {
        const arm = `cells/${env}/${method}-${optimizer}`;
        for (const seed of seedsIn(join(folder, arm))) {
          const path = `${arm}/seed-${seed}/scores.json`, text = readText(join(folder, path));
          digests[path] = sha256(text);
          scores.push(scoreOf({ env, method, optimizer, seed }, JSON.parse(text)));
        }
      }
    }
  }
  return { scores, digests };
}

const seedsIn = (folder: string): number[] =>
  list(folder).map((name) => Number(name.replace("seed-", ""))).sort((a, b) => a - b);

const scoreOf = (
  cell: Pick<CellScore, "env" | "method" | "optimizer" | "seed">,
  { pretrained, final, curve }: CellScores,
): CellScore => ({
  ...cell,
  variant: {},
  pretrained: pretrained.score,
  final: final?.score,
  curve,
});
