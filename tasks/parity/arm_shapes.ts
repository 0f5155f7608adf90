/**
 * The primitives that stand in for the reference's collision meshes, against their recorded fit.
 *
 * @module
 */
import type { Machine } from "../../src/adapters/mujoco_engine.ts";
import { matrixOf } from "../../src/rl/rotation.ts";
import { dismantle, rigOf, taskOf } from "./arm_rig.ts";
import { type Deviation, distance, verdict } from "./limits.ts";
import type { ParityResult } from "./result.ts";

type Numbers = readonly number[];

interface Box {
  readonly center: Numbers;
  readonly half: Numbers;
}

/** Fitted shapes in their bodies' frames. */
export interface CollisionFit {
  readonly links: Readonly<Record<string, { p0: Numbers; p1: Numbers; radius: number }>>;
  readonly hand: Box;
  readonly finger: readonly Box[];
  readonly can: { radius: number; half_length: number; center: Numbers };
}

/** Coordinates below a millimetre were dropped from the capsules; all else is as fitted. */
const CAPSULE_LIMIT = 1e-3, LIMIT = 1e-9;

/** Compares the compiled shapes with the fit. */
export function* checkShapes(name: string, fit: CollisionFit): Generator<ParityResult> {
  const rig = rigOf(taskOf("can"));
  yield verdict(`${name}/arm`, [
    ...Object.entries(fit.links).flatMap(([link, capsule]) =>
      linkDeviations(rig.machine, link, capsule)
    ),
    ...boxDeviations(rig.machine, "right_gripper", [fit.hand]),
    ...boxDeviations(rig.machine, "leftfinger", fit.finger),
    ...boxDeviations(rig.machine, "rightfinger", fit.finger.map(mirrored)),
  ]);
  const [can] = geomsOf(rig.machine, "object");
  yield verdict(`${name}/can`, [{
    quantity: "cylinder",
    error: distance([...can.size.subarray(0, 2), ...can.pos], [
      fit.can.radius,
      fit.can.half_length,
      ...fit.can.center,
    ]),
    limit: LIMIT,
  }]);
  dismantle(rig);
}

const mirrored = ({ center: [x, y, z], half }: Box): Box => ({ center: [x, -y, z], half });

/** Sizes and places of a body's shapes. */
function geomsOf({ mj, model }: Machine, body: string) {
  const id = mj.mj_name2id(model, mj.mjtObj.mjOBJ_BODY.value, body);
  return Array.from({ length: model.ngeom }, (_, i) => i)
    .filter((i) => model.geom_bodyid[i] === id)
    .map((i) => ({
      size: model.geom_size.subarray(3 * i, 3 * i + 3) as Float64Array,
      pos: model.geom_pos.subarray(3 * i, 3 * i + 3) as Float64Array,
      quat: model.geom_quat.subarray(4 * i, 4 * i + 4) as Float64Array,
    }));
}

function linkDeviations(
  machine: Machine,
  link: string,
  { p0, p1, radius }: { p0: Numbers; p1: Numbers; radius: number },
): Deviation[] {
  const { size, pos, quat: [w, x, y, z] } = geomsOf(machine, link).at(-1)!;
  const turn = matrixOf(w, x, y, z);
  const end = (sign: number) => [0, 1, 2].map((d) => pos[d] + sign * size[1] * turn[3 * d + 2]);
  const ends = [[-1, 1], [1, -1]].map(([a, b]) => distance([...end(a), ...end(b)], [...p0, ...p1]));
  return [
    { quantity: "capsule ends", error: Math.min(...ends), limit: CAPSULE_LIMIT },
    { quantity: "capsule radius", error: Math.abs(size[0] - radius), limit: LIMIT },
  ];
}

const boxDeviations = (machine: Machine, body: string, boxes: readonly Box[]): Deviation[] =>
  geomsOf(machine, body).map(({ size, pos }, i) => ({
    quantity: `boxes of ${body}`,
    error: distance([...size, ...pos], [...boxes[i].half, ...boxes[i].center]),
    limit: LIMIT,
  }));
