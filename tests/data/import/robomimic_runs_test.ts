import { assertEquals, assertRejects } from "@std/assert";
import { bytesSource } from "../../../src/data/formats/byte_source.ts";
import { withHdf5 } from "../../../src/data/formats/hdf5.ts";
import { readRuns } from "../../../src/data/import/robomimic_runs.ts";
import { environments } from "../../../src/envs/mod.ts";
import { fixture } from "../fixture_files.ts";

const file = bytesSource(fixture("lift_states.hdf5"), "lift_states.hdf5");
const { lift, hopper } = environments;

Deno.test("readRuns() takes arm, fingers and object out of robosuite's states", async () => {
  const runs = await withHdf5(file, (hdf5) => readRuns(hdf5, lift.spec, 2));
  assertEquals(runs.map((run) => run.name), ["demo_0", "demo_1"]);
  const { positions, velocities, actions } = runs[0];
  assertEquals([positions.width, velocities.width, actions.width], [16, 15, 7]);
  const first = positions.data.subarray(0, 16);
  assertEquals([...first.subarray(7, 9)], [0.020833, -0.020833]);
  // The cube starts 1 cm above the table, so that its height is the half size of demo_0 above 0.81.
  assertEquals(Math.abs(first[11] - 0.81 - 0.0205522921517773) < 1e-12, true);
  assertEquals([...velocities.data.subarray(0, 15)], Array(15).fill(0));
});

Deno.test("readRuns() refuses environments without robosuite's states", () =>
  assertRejects(
    () => withHdf5(file, (hdf5) => readRuns(hdf5, hopper.spec)),
    RangeError,
    "allowed are lift, can, square, found hopper",
  ).then(() => {}));
