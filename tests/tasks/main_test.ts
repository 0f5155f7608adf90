import { assertEquals, assertMatch } from "@std/assert";
import { runDeno } from "../run_deno.ts";

/** Runs a task whose body is this code. */
const run = (body: string, failure = "") =>
  runDeno(["eval", `import { main } from "./tasks/main.ts"; main(() => { ${body} }${failure})`]);

Deno.test("main() exits with the status asked for after any error, defects included", async () => {
  const expected = await run('throw new Error("Cannot do it")', ", 2");
  assertEquals([expected.code, expected.error], [2, "error: Cannot do it\n"]);
  const defect = await run("undefined.x", ", 2");
  assertEquals(defect.code, 2);
  assertMatch(defect.error, /^TypeError: Cannot read properties of undefined.*\n +at /);
  assertEquals((await run('throw new Error("Cannot do it")')).code, 1);
});

Deno.test("main() says in one line what a file of several lines is quoted in", async () => {
  const { error } = await run(
    'throw new Error(`Cannot read x: "{\\n  a\\u001b[2J\\n}" is not JSON`)',
  );
  assertEquals(error, 'error: Cannot read x: "{ a\\u{1b}[2J }" is not JSON\n');
});

Deno.test("main() says in one line that the disk behind its output is full", async () => {
  const full = 'Object.assign(new Error("No space left on device"), { code: "ENOSPC" })';
  const { code, error } = await run(`console.log = () => { throw ${full}; }; console.log("table")`);
  assertEquals([code, error], [1, "error: Cannot print: No space left on device\n"]);
});

Deno.test("main() refuses Windows in one line", async () => {
  const script = `import { main } from "./tasks/main.ts";
    Object.defineProperty(Deno, "build", { value: { ...Deno.build, os: "windows" } });
    main(() => console.log("ran"));`;
  const { code, out, error } = await runDeno(["eval", script]);
  assertEquals([code, out], [1, ""]);
  assertMatch(error, /^error: Cannot run on Windows: [^\n]+; use WSL2\n$/);
});
