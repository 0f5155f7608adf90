import { assertEquals } from "@std/assert";
import { progressOf } from "../../tasks/progress.ts";
import { runDeno } from "../run_deno.ts";

/** Progress of `total` parts of 10 s each, and what it writes. */
function shown(total: number, columns?: number) {
  const written: string[] = [];
  let time = 0;
  const progress = progressOf(total, {
    write: (text) => written.push(text),
    columns: () => columns,
    now: () => time,
  });
  const advance = (label: string, left?: number) => {
    time += 10;
    progress.advance(label, left);
  };
  return { written, advance, note: progress.note, close: progress.close };
}

Deno.test("progress on a terminal is one line that is written over and left at the end", () => {
  const { written, advance, close } = shown(4, 80);
  close();
  advance("a");
  advance("b");
  close();
  assertEquals(written, [
    "\r\x1b[2K[#####---------------] 1/4  10s elapsed, 30s left  a",
    "\r\x1b[2K[##########----------] 2/4  20s elapsed, 20s left  b",
    "\n",
  ]);
});

Deno.test("progress on a terminal stays within its row, the label cut first", () => {
  const label = "halfcheetah/dppo-adapg-omega-1.1/seed-10";
  for (const columns of [80, 60, 20]) {
    const { written, advance } = shown(4, columns);
    advance(label);
    const line = `[#####---------------] 1/4  10s elapsed, 30s left  ${label}`;
    assertEquals(written, [`\r\x1b[2K${line.slice(0, columns - 1)}`]);
  }
});

Deno.test("progress elsewhere is a line each 15 s and one at the end", () => {
  const { written, advance, close } = shown(5);
  for (const label of "abcde") advance(label);
  close();
  assertEquals(written, [
    "[########------------] 2/5  20s elapsed, 30s left  b\n",
    "[################----] 4/5  40s elapsed, 10s left  d\n",
    "[####################] 5/5  50s elapsed, 0s left  e\n",
  ]);
});

Deno.test("progress tells the time left by what is left of the work, where that is known", () => {
  const { written, advance } = shown(4, 80);
  advance("a", 6);
  assertEquals(written, ["\r\x1b[2K[#####---------------] 1/4  10s elapsed, 1m left  a"]);
});

Deno.test("a note of progress has a line of its own", () => {
  for (const [columns, clear] of [[80, "\r\x1b[2K"], [undefined, ""]] as const) {
    const { written, advance, note, close } = shown(1, columns);
    advance("a");
    note("b");
    close();
    assertEquals(written.slice(1), [`${clear}b\n`]);
  }
});

Deno.test("work goes on where its progress cannot be shown", async () => {
  const script = `import { progressOnStderr } from "./tasks/progress.ts";
    Deno.stderr.writeSync = () => { throw new Deno.errors.BrokenPipe("Broken pipe"); };
    progressOnStderr(1).advance("a");
    console.log("done");`;
  assertEquals(await runDeno(["eval", script]), { code: 0, out: "done\n", error: "" });
});
