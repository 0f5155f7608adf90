import { assert, assertEquals } from "@std/assert";
import { join } from "@std/path";
import { exists, readText } from "../../tasks/io.ts";

const text = readText("results/CHECKLIST.md");
const rows = text.split("\n").filter((line) => line.startsWith("| "));
const links = (line: string) => [...line.matchAll(/\]\(([^)]+)\)/g)].map(([, path]) => path);

Deno.test("every path that the checklists name is there", () => {
  const paths = links(text).map((path) => join("results", path));
  assert(paths.length > 30, `found ${paths.length}`);
  assertEquals(paths.filter((path) => !exists(path)), []);
});

Deno.test("every answer of the checklists names its proof", () => {
  const answers = rows.filter((line) => !/^\| (---|item|criterion) /.test(line));
  assertEquals(answers.filter((line) => links(line).length === 0), []);
});
