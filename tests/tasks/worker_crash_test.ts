import { assert, assertEquals, assertMatch } from "@std/assert";
import { join } from "@std/path";
import { list, listTree, readText } from "../../tasks/io.ts";
import { CellFolder } from "../../tasks/study/cell_store.ts";
import type { Way } from "./crash/crash.ts";
import { runDeno } from "../run_deno.ts";

const ITERATIONS = 7;

/** Milliseconds after which a run counts as hanging: many times what it takes. */
const PATIENCE = 300_000;

/** Runs a cell on two workers; where `crash` says so, one of them ends before its work does. */
const run = (folder: string, ...crash: readonly [] | readonly ["cell" | "shard", Way]) =>
  runDeno([
    ...["run", "--no-prompt", "--allow-read=.", "--allow-write=.work"],
    ...(crash[1] === "memory" ? ["--v8-flags=--max-old-space-size=256"] : []),
    ...["tests/tasks/crash/run.ts", folder, ...crash],
  ], { signal: AbortSignal.timeout(PATIENCE) });

/** The digests of a kept checkpoint whose files are all there and whole. */
function keptIn(folder: string) {
  const work = join(folder, ".work/cells");
  return list(work).flatMap((id) => {
    const cell = new CellFolder(work, id);
    assertEquals(cell.finished(), undefined);
    return cell.checkpoint()?.digests ?? [];
  });
}

/** A cell that this process has taken is left alone. */
async function refusedWhileLocked(folder: string): Promise<void> {
  const work = join(folder, ".work/cells"), [id] = list(work);
  using _lock = new CellFolder(work, id).lock();
  const { code, error } = await run(folder);
  assertEquals(code, 1);
  assertMatch(error, /^error: Cannot run hopper\/dawr-adamw\/seed-0: another process runs it;/);
}

Deno.test("a run whose worker crashes says so and ends, and the next one goes on where it stopped", async () => {
  const folder = Deno.makeTempDirSync();
  try {
    for (
      const [role, way, status, message] of [
        ["cell", "throws", 1, "worker that runs it: Uncaught Error: provoked"],
        ["cell", "closes", 1, "worker that runs it: it ended without an error"],
        ["shard", "throws", 1, "worker that steps environments: Uncaught Error: provoked"],
        ["shard", "closes", 1, "worker that steps environments: it ended without an error"],
        // V8 ends the whole process.
        ["shard", "memory", 133, "Fatal JavaScript out of memory"],
      ] as const
    ) {
      const before = keptIn(folder), { code, error } = await run(folder, role, way);
      assertEquals(code, status, error);
      assertMatch(error, new RegExp(message));
      if (way !== "memory") {
        assertMatch(error, /^error: Cannot run hopper\/dawr-adamw\/seed-0: worker that/m);
        assertMatch(error, /; the same command goes on from the last checkpoint$/m);
      }
      assertEquals(keptIn(folder).slice(0, before.length), before);
      const files = listTree(folder);
      assertEquals(files.filter((p) => p.startsWith("table") || p.endsWith(".partial")), []);
    }
    await refusedWhileLocked(folder);
    const kept = keptIn(folder), { code, out, error } = await run(folder);
    assert(kept.length > 0);
    assertEquals([code, error], [0, ""]);
    assertEquals(out, "part\n".repeat(ITERATIONS - kept.length + 1));
    const log = readText(join(folder, "table/cells/hopper/dawr-adamw/seed-0/digests.jsonl"));
    const digests = log.trim().split("\n").map((line) => JSON.parse(line));
    assertEquals(digests.length, ITERATIONS);
    assertEquals(digests.slice(0, kept.length), kept);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});
