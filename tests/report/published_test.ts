import { assert, assertEquals } from "@std/assert";
import { exists, readText } from "../../tasks/io.ts";
import { publishedEvidence, publishedTables } from "../../tasks/report/evidence.ts";
import { filesOf } from "../../tasks/report/files.ts";

const files = filesOf(
  publishedEvidence("results", "compact"),
  publishedTables("results", "compact"),
);

const SMOKE = "results/table1/compact-smoke/table.md";

Deno.test("the README, the report, the claims and the tables are, to the byte, what the published runs give", () => {
  for (const path of ["README.md", "results/report/report.md", "results/claims.md", SMOKE]) {
    assert(Object.hasOwn(files, path), path);
  }
  const stale = Object.keys(files).filter((path) =>
    !exists(path) || readText(path) !== files[path]
  );
  assertEquals(stale, [], "run deno task report");
});
