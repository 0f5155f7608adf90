import { assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import config from "../../deno.json" with { type: "json" };
import { runDeno } from "../run_deno.ts";

/** The tasks that run a file of ours, and that file. */
const TASKS = Object.entries(config.tasks).flatMap(([task, { command }]) => {
  const [, file] = /^deno run .* (tasks\/\S+)/.exec(command) ?? [];
  return file === undefined ? [] : [{ task, file }];
});

Deno.test("every task has a help: what it does, its usage and its flags in rows of 100 characters", async () => {
  for (const { task } of TASKS) {
    const { code, out, error } = await runDeno(["task", task, "--help"]);
    assertEquals([task, code], [task, 0], error);
    assertMatch(out, /^[A-Z][^]+\n\nUsage: deno task [^]+\n {2}--help +this text\n/, task);
    assertEquals(out.split("\n").filter((line) => line.length > 100), [], task);
  }
});

Deno.test("every task refuses a flag that it does not know in one line that points to its help", async () => {
  // One task of each file: the flags are the file's.
  for (const { task } of new Map(TASKS.map((entry) => [entry.file, entry])).values()) {
    const { code, error } = await runDeno(["task", "--quiet", task, "--frobnicate"]);
    assertNotEquals(code, 0, task);
    assertMatch(error, /^error: .*'--frobnicate'; see deno task [\w:-]+ --help\n$/, task);
  }
});
