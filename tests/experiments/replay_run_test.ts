import { assertEquals } from "@std/assert";
import { bytesSource } from "../../src/data/formats/byte_source.ts";
import { withHdf5 } from "../../src/data/formats/hdf5.ts";
import { readRuns } from "../../src/data/import/robomimic_runs.ts";
import { environments } from "../../src/envs/mod.ts";
import { replayRun } from "../../src/experiments/replay_run.ts";
import { rigOf, taskOf } from "../../tasks/parity/arm_rig.ts";
import { fixture } from "../data/fixture_files.ts";

const file = bytesSource(fixture("lift_states.hdf5"), "lift_states.hdf5");
const [run] = await withHdf5(file, (hdf5) => readRuns(hdf5, environments.lift.spec, 1));
const { env, simulator } = rigOf(taskOf("lift"));

Deno.test("replayRun() tells when the object leaves its recorded path", () => {
  const still = { ...run.actions, data: new Float64Array(run.actions.data.length) };
  const { solved, scored, offAt } = replayRun(
    env,
    simulator,
    { ...run, actions: still },
    { chunk: 4, tolerance: 0.01 },
  );
  const { width, data, rows } = run.positions;
  const heights = Array.from({ length: rows }, (_, row) => data[row * width + 11]);
  // It starts 1 cm above the table and has dropped after five steps.
  const raised = heights.findIndex((z, row) => row > 5 && z > heights[5] + 0.01);
  assertEquals([solved, scored], [false, false]);
  assertEquals(Math.abs(offAt! - raised) <= 1, true, `off at ${offAt}, raised at ${raised}`);
});

Deno.test("replayRun() scores whole chunks only", () => {
  const played = (chunk: number) => replayRun(env, simulator, run, { chunk, tolerance: 1 });
  assertEquals(played(4), { steps: run.actions.rows, solved: true, scored: true });
  assertEquals(played(run.actions.rows + 1).scored, false);
});
