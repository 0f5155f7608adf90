/**
 * All that is written from published runs.
 *
 * @module
 */
import { join } from "@std/path";
import { type Claim, readClaims } from "../../src/report/claims/claim.ts";
import { type Evidence, tablePath } from "../../src/report/evidence.ts";
import { readmeResults, withResults } from "../../src/report/readme.ts";
import { outcomeOf, reportFiles } from "../../src/report/report.ts";
import { readJson, readText } from "../io.ts";
import { type TableName, tableOf } from "../study/table_files.ts";

const RESULTS = "results", README = "README.md", CLAIMS = "fixtures/paper/claims.json";

/** The claims of the paper. */
export const paperClaims = (): readonly Claim[] => readClaims(readJson(CLAIMS), CLAIMS);

/**
 * The report, its figures, the claims, the README and all tables: texts by path.
 *
 * @param published every table that has runs, whether or not the report speaks of it
 */
export function filesOf(
  evidence: Evidence,
  published: readonly TableName[],
): Record<string, string> {
  const outcome = outcomeOf(evidence, paperClaims());
  const tables = published.flatMap((name) => {
    const folder = tablePath(name), { files } = tableOf(join(RESULTS, folder), name);
    return Object.entries(files).map(([name, text]) => [join(folder, name), text]);
  });
  const below = { ...reportFiles(evidence, outcome), ...Object.fromEntries(tables) };
  return {
    ...Object.fromEntries(
      Object.entries(below).map(([path, text]) => [join(RESULTS, path), text as string]),
    ),
    [README]: withResults(readText(README), readmeResults(evidence, outcome)),
  };
}
