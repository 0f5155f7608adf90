import { assert, assertEquals } from "@std/assert";
import { exists, readText } from "../../tasks/io.ts";
import { publishedEvidence } from "../../tasks/report/evidence.ts";
import { filesOf } from "../../tasks/report/files.ts";

const files = filesOf(publishedEvidence("results", "compact"));

Deno.test("the README, the report, the claims and the tables are, to the byte, what the published runs give", () => {
  for (const path of ["README.md", "results/report/report.md", "results/claims.md"]) {
    assert(Object.hasOwn(files, path), path);
  }
  const stale = Object.keys(files).filter((path) =>
    !exists(path) || readText(path) !== files[path]
  );
  assertEquals(stale, [], "run deno task report");
});
