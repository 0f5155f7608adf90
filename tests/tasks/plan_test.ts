import { assertEquals, assertThrows } from "@std/assert";
import { fixtureDigests } from "../../tasks/fixtures.ts";
import { parseFlags } from "../../tasks/study/flags.ts";
import { planOf } from "../../tasks/study/plan.ts";

/** A plan where Can and Square have no pre-trained policy. */
function plan(...args: string[]) {
  const listed = Object.entries(fixtureDigests());
  const digests = listed.filter(([path]) => !/\/(can|square)\//.test(path));
  return planOf(parseFlags(["table1", "--seeds", "0", ...args]), Object.fromEntries(digests));
}

Deno.test("planOf() leaves out environments without a policy and names them", () => {
  const { cells, leftOut } = plan();
  assertEquals([cells.length, leftOut], [48, ["can", "square"]]);
});

Deno.test("planOf() refuses cells without a policy that were asked for by name", () => {
  assertEquals(plan("--only", "hopper/dppo").leftOut, []);
  assertThrows(
    () => plan("--only", "hopper/dppo,can/dppo"),
    Error,
    "Cannot plan: no pre-trained compact policy for can; deno task pretrain makes one",
  );
});
