import { assertEquals, assertRejects } from "@std/assert";
import { patienceWith, runGuarded } from "../../tasks/guarded_worker.ts";

const guard = { read: [], patience: 2000, name: "import f" };

/** What becomes of the last message of a worker that has reported a place. */
function outcome(message: unknown): Promise<number> {
  const code = `onmessage = () => {
    postMessage({ place: "data/x" });
    postMessage(${JSON.stringify(message)});
  };`;
  return runGuarded(new URL(`data:text/javascript,${encodeURIComponent(code)}`), 0, guard);
}

Deno.test("a worker's result or its reason is passed on", async () => {
  assertEquals(await outcome({ result: 3 }), 3);
  await assertRejects(
    () => outcome({ error: "Cannot read f: x: missing" }),
    Error,
    "Cannot read f",
  );
});

Deno.test("a defect in a worker is told in one line with the last place", async () => {
  for (const error of ["Cannot convert object to primitive value", "x is not a function"]) {
    const failure = await assertRejects(() => outcome({ error }), Error);
    assertEquals(failure.message, `Cannot import f: data/x: ${error}`);
  }
});

Deno.test("patience grows with the files, and none is needed for absent ones", () => {
  assertEquals(patienceWith(["none", "deno.json"]) > patienceWith(["none"]), true);
  assertEquals(patienceWith(["none"]), 15_000);
});
