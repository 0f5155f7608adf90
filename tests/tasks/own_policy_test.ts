import { assertEquals, assertThrows } from "@std/assert";
import { parseFlags } from "../../tasks/study/flags.ts";
import { planOf } from "../../tasks/study/plan.ts";
import { runTask } from "../run_deno.ts";

const HOPPER = "fixtures/checkpoints/hopper/compact.safetensors";
const WALKER = "fixtures/checkpoints/walker2d/compact.safetensors";

Deno.test("a policy that does not fit all cells is refused by its own name before anything runs", () => {
  const plan = (study: string, policy: string, only: string) =>
    planOf(parseFlags([study, "--pretrained", policy, "--only", only]));
  assertThrows(
    () => plan("table1", WALKER, "hopper/dppo"),
    Error,
    `Cannot read ${WALKER}: tensor "network.`,
  );
  assertThrows(() => plan("architecture", HOPPER, "hopper"), Error, `Cannot read ${HOPPER}: `);
  assertEquals(plan("table1", HOPPER, "hopper/dppo").cells.length, 2);
});

Deno.test("render refuses a policy of another network by its own name", async () => {
  const { code, error } = await runTask("render", "--env", "hopper", "--checkpoint", WALKER);
  assertEquals([code, error.startsWith(`error: Cannot read ${WALKER}: tensor "`)], [1, true]);
});
