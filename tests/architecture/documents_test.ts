import { assert, assertEquals } from "@std/assert";
import config from "../../deno.json" with { type: "json" };
import { exists, readText } from "../../tasks/io.ts";

const texts = ["README.md", "CONTRIBUTING.md"].map(readText);
const found = (pattern: RegExp): string[] =>
  texts.flatMap((text) => [...text.matchAll(pattern)].map(([, name]) => name));

Deno.test("every file of the project that README and CONTRIBUTING name is there", () => {
  const paths = found(/[`(]((?:src|tests|tasks|fixtures|results)\/[\w./-]+)[`)]/g);
  assert(paths.length > 50, `found ${paths.length}`);
  assertEquals(paths.filter((path) => !exists(path)), []);
});

Deno.test("every task that README and CONTRIBUTING name is there", () => {
  const tasks = found(/(?:deno|deno@[\d.]+) task ([a-z][\w:-]*)/g);
  assert(tasks.length > 30, `found ${tasks.length}`);
  assertEquals(tasks.filter((task) => !Object.hasOwn(config.tasks, task)), []);
});
