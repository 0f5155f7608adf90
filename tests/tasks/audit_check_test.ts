import { assertEquals } from "@std/assert";
import { checkEach, faultsIn } from "../../tasks/audit/check.ts";

Deno.test("faults are a line each and hold nothing that acts on a terminal", () => {
  const text = 'x: "{\n  \x1b[2J\n}" is not JSON', shown = 'x: "{ \\u{1b}[2J }" is not JSON';
  assertEquals(faultsIn(() => [text]), [shown]);
  const thrown = () => {
    throw new Error(text);
  };
  assertEquals(checkEach("cells", "hold", [0], thrown).faults, [shown]);
});
