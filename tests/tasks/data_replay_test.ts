import { assertEquals, assertStringIncludes } from "@std/assert";
import { runDeno } from "../run_deno.ts";

const STATES = "fixtures/data/lift_states";

const replay = (...args: string[]) =>
  runDeno(["run", "--no-prompt", "--allow-read", "tasks/data_replay.ts", ...args]);

Deno.test("data:replay lifts the cube with actions recorded in robosuite", async () => {
  const { code, out, error } = await replay(
    ...["--from", `${STATES}.hdf5`, "--env", "lift", "--sizes", `${STATES}.json`],
  );
  assertEquals([code, error], [0, ""]);
  const table = out.slice(out.indexOf("environment"));
  assertEquals(
    table,
    "environment   lift\n" +
      "episodes      3, 168 steps\n" +
      "solved        3    100.0 %  in some step\n" +
      "scored        3    100.0 %  in all 4 steps of a chunk\n" +
      "object off    0    0.0 %    by more than 1 cm\n",
  );
});

Deno.test("data:replay refuses what it cannot replay in one line", async () => {
  const lift10 = ["--from", "fixtures/data/lift_10.hdf5"];
  const cases: [string[], string][] = [
    [[...lift10, "--env", "lift"], "Cannot read lift_10.hdf5: data/demo_0/states: missing"],
    [[...lift10, "--env", "can"], `env_name is "Lift", can needs PickPlaceCan`],
    [[...lift10, "--env", "hopper"], '--env must be one of lift, can, square, found "hopper"'],
    [
      [...lift10, "--env", "lift", "--sizes", "fixtures/data/state_tiny_expected.json"],
      `Cannot read fixtures/data/state_tiny_expected.json: it has no list "demos"`,
    ],
    [["--from", "fixtures/data", "--env", "lift"], "Cannot read fixtures/data: it is no file"],
  ];
  for (const [args, message] of cases) {
    const { code, error } = await replay(...args);
    assertEquals(code, 1);
    assertEquals(error.trimEnd().includes("\n"), false, error);
    assertStringIncludes(error, message);
  }
});
