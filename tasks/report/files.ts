/**
 * All that is written from published runs.
 *
 * @module
 */
import { join } from "@std/path";
import { readClaims } from "../../src/report/claims/claim.ts";
import { type Evidence, tablePath } from "../../src/report/evidence.ts";
import { readmeResults, withResults } from "../../src/report/readme.ts";
import { outcomeOf, reportFiles } from "../../src/report/report.ts";
import { readJson, readText } from "../io.ts";
import { tableOf } from "../study/publish.ts";

const RESULTS = "results", README = "README.md", CLAIMS = "fixtures/paper/claims.json";

/** The report, its figures, the claims, the tables of the studies reported and the README: texts by path. */
export function filesOf(evidence: Evidence): Record<string, string> {
  const outcome = outcomeOf(evidence, readClaims(readJson(CLAIMS), CLAIMS));
  const tables = Object.values(evidence).flatMap((study) => {
    const folder = tablePath(study), { files } = tableOf(join(RESULTS, folder), study);
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
