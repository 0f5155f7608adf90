import { assert, assertEquals } from "@std/assert";
import { can } from "../../../src/envs/manipulation/can.ts";
import { lift } from "../../../src/envs/manipulation/lift.ts";
import { square } from "../../../src/envs/manipulation/square.ts";
import type { ArmTask } from "../../../src/envs/manipulation/task.ts";
import type { ArmReadings } from "../../../src/rl/arm_simulator.ts";
import { address, key } from "../../../src/rng/key.ts";

const poses = (object: readonly number[], tool: readonly number[]): ArmReadings =>
  ({
    objectPosition: Float64Array.from(object),
    toolPosition: Float64Array.from(tool),
  }) as unknown as ArmReadings;

const placements = (task: ArmTask) =>
  Array.from({ length: 500 }, (_, i) => task.place(address(key(0), task.name, i)));

Deno.test("lift: solved above 0.84 m, whatever holds the cube", () => {
  const { solved } = lift();
  assert(!solved(poses([0, 0, 0.84], [0, 0, 0.84])));
  assert(solved(poses([0, 0, 0.8401], [0, 0, 0.8401])));
});

Deno.test("can: solved in its quarter of the bin, once let go", () => {
  const { solved } = can(), at = [0.2, 0.4, 0.86];
  assert(solved(poses(at, [0.2, 0.4, 0.9024])));
  assert(!solved(poses(at, [0.2, 0.4, 0.9023])));
  for (const outside of [[0.1, 0.4, 0.86], [0.2, 0.28, 0.86], [0.2, 0.4, 0.9]]) {
    assert(!solved(poses(outside, [0, 0, 2])));
  }
});

Deno.test("square: solved low on the square peg, once let go", () => {
  const { solved } = square();
  assert(solved(poses([0.25, 0.08, 0.86], [0.25, 0.08, 0.91])));
  assert(!solved(poses([0.25, 0.08, 0.86], [0.25, 0.08, 0.9])));
  assert(!solved(poses([0.25, 0.08, 0.871], [0, 0, 2])));
  assert(!solved(poses([0.23, -0.1, 0.83], [0, 0, 2])), "the round peg does not count");
});

Deno.test("objects start within their bounds, upright, at any heading", () => {
  const bounds: readonly (readonly [ArmTask, readonly number[], readonly number[], number])[] = [
    [lift(), [-0.03, 0.03], [-0.03, 0.03], 0.831],
    [can(), [-0.02, 0.22], [-0.42, -0.08], 0.86],
    [square(), [-0.115, -0.11], [0.11, 0.225], 0.89],
  ];
  for (const [task, [x0, x1], [y0, y1], height] of bounds) {
    const all = placements(task);
    for (const [x, y, z, w, qx, qy, qz] of all) {
      assert(x >= x0 && x <= x1 && y >= y0 && y <= y1, `${task.name} at ${x} ${y}`);
      assertEquals([qx, qy], [0, 0]);
      assert(Math.abs(w * w + qz * qz - 1) < 1e-12 && Math.abs(z - height) < 1e-12);
    }
    const yaws = all.map((p) => 2 * Math.atan2(p[6], p[3]));
    assert(Math.min(...yaws) < 0.3 && Math.max(...yaws) > 6);
  }
});
