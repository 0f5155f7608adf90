import { assertEquals, assertThrows } from "@std/assert";
import { requireWith } from "../../tasks/flag_checks.ts";
import { flagsAndNames, flagValues } from "../../tasks/flag_values.ts";

const OPTIONS = {
  out: { type: "string" },
  seed: { type: "string" },
  json: { type: "boolean", default: false },
} as const;

const fault = (reason: string) => new Error(reason);
const read = (...args: string[]) => ({ ...flagValues(args, OPTIONS, fault) });

Deno.test("flagValues() refuses an empty value and two different ones", () => {
  const faults: readonly (readonly [args: string[], message: string])[] = [
    [["--out", ""], "--out must not be empty"],
    [["--out="], "--out must not be empty"],
    [["--seed", "1", "--seed=2"], "--seed must have one value, found 1 and 2"],
    [["--out"], "Option '--out <value>' argument missing"],
    [["--out", "--seed", "1"], "Option '--out' argument is ambiguous"],
  ];
  for (const [args, message] of faults) assertThrows(() => read(...args), Error, message);
  assertEquals(read("--seed", "1", "--json", "--seed", "1", "--json"), { seed: "1", json: true });
});

Deno.test("flagValues() leaves it to a flag's own check what a negative value is", () => {
  assertEquals(read("--seed", "-1", "--out", "-2-3"), { seed: "-1", out: "-2-3", json: false });
  assertThrows(() => read("--json", "-1"), Error, "Unknown option '-1'");
  const { values, names } = flagsAndNames(["a", "--seed", "-1", "b"], OPTIONS, fault);
  assertEquals([values.seed, names], ["-1", ["a", "b"]]);
});

Deno.test("requireWith() refuses a flag without any of those that give it a meaning", () => {
  const message = "Cannot read flags: --method needs --run or --cell";
  const check = (values: Record<string, unknown>) =>
    requireWith({ cell: false, ...values }, "method", "run", "cell");
  assertThrows(() => check({ method: "dppo" }), Error, message);
  check({ method: "dppo", run: "id" });
  check({ method: "dppo", cell: true });
  check({});
});
