/**
 * What studies have measured on trained networks, as an audit checks it.
 *
 * @module
 */
import { join } from "@std/path";
import { z } from "zod";
import { type Cell, cellPath } from "../../src/experiments/cell.ts";
import { sha256 } from "../../src/provenance/digest.ts";
import type { Check } from "../../src/report/audit.ts";
import { exists, list, readBytes, readJson } from "../io.ts";
import { folderOf } from "../study/published.ts";
import { checkEach } from "./check.ts";

/** The parts of an analysis' manifest that an audit compares. */
const Statement = z.object({
  subject: z.array(z.object({ name: z.string(), digest: z.object({ sha256: z.string() }) })),
  predicate: z.object({
    buildDefinition: z.object({
      resolvedDependencies: z.array(
        z.object({ name: z.string(), digest: z.object({ sha256: z.string() }) }),
      ),
    }),
  }),
});

const SUFFIX = "-manifest.json";

/** The files of every analysis are those of its manifest, and it was made from the published cells. */
export function checkAnalyses(table: string, cells: readonly Cell[]): Check {
  const manifests = list(table).filter((name) => name.endsWith(SUFFIX));
  const known = new Map(cells.map((cell) => [`cells/${cellPath(cell)}/manifest.json`, cell]));
  return checkEach("analyses", "made from the published cells", manifests, (name) => {
    const { subject, predicate } = Statement.parse(readJson(join(table, name)));
    const files = subject.map((file) => ({ ...file, path: join(table, file.name) }));
    const sources = predicate.buildDefinition.resolvedDependencies.flatMap((source) => {
      const cell = known.get(source.name);
      const path = cell && join(folderOf(table, cell), "manifest.json");
      return path === undefined ? [] : [{ ...source, path }];
    });
    return [...files, ...sources].flatMap(({ name, path, digest }) => {
      if (!exists(path)) return [`${name} is missing`];
      const found = sha256(readBytes(path));
      return found === digest.sha256 ? [] : [`${name} must be ${digest.sha256}, found ${found}`];
    });
  });
}
