/**
 * Compiled constants of the manipulation models: solver, bodies, joints, actuators, contact shapes.
 *
 * Recorded names carry a prefix for the part they belong to; what our scenes leave out (mount, unused objects)
 * is not compared, and of mesh shapes only the contact parameters are.
 *
 * @module
 */
import type { Machine } from "../../src/adapters/mujoco_engine.ts";
import { matrixOf } from "../../src/rl/rotation.ts";
import type { Constants, Numbers, Shape } from "./arm_constants.ts";
import { dismantle, rigOf, taskOf } from "./arm_rig.ts";
import { type Deviation, distance, verdict } from "./limits.ts";
import type { ParityResult } from "./result.ts";

/** Masses and lengths to 12 recorded digits. */
const LIMIT = 1e-10;
/** Inverse weights reach 1e5; they are compared relative to their size. */
const RELATIVE = 1e-9;

const OBJECTS = /^(cube|Can|SquareNut)_(main|joint0)$/;

/** Our name of a recorded body, joint or actuator. */
const ourName = (name: string): string =>
  name.replace(OBJECTS, (_, _object, part) => part === "main" ? "object" : "object_joint")
    .replace(/^(robot0|gripper0)_/, "");

/** Compares the compiled model of a task with the recorded one. */
export function checkConstants(name: string, task: string, recorded: Constants): ParityResult[] {
  const cube = recorded.collision_geom.find((g) => g.body === "cube_main");
  const rig = rigOf(taskOf(task, cube?.size));
  const results = [
    verdict(`${name}/option`, optionDeviations(rig.machine, recorded)),
    verdict(`${name}/body`, bodyDeviations(rig.machine, recorded)),
    verdict(`${name}/joint`, jointDeviations(rig.machine, recorded)),
    verdict(`${name}/actuator`, actuatorDeviations(rig.machine, recorded)),
    verdict(`${name}/collision_geom`, shapeDeviations(rig.machine, recorded)),
  ];
  dismantle(rig);
  return results;
}

/** The engine's codes of what the record gives as words. */
const CODES: Readonly<Record<string, number>> = { elliptic: 1, Euler: 0, Newton: 2 };

function optionDeviations({ model }: Machine, { option }: Constants): Deviation[] {
  const ours = model.opt as unknown as Record<string, number | ArrayLike<number>>;
  const numbers = (value: number | string | ArrayLike<number>): ArrayLike<number> =>
    typeof value === "object" ? value : [typeof value === "string" ? CODES[value] : value];
  return Object.entries(option).map(([quantity, value]) => ({
    quantity,
    error: distance(numbers(ours[quantity]), numbers(value)),
    limit: 1e-15,
  }));
}

/** Entry `i` of a table with `width` numbers per entry. */
const row = (table: Float64Array, width: number, i: number): Float64Array =>
  table.subarray(width * i, width * (i + 1));

/** Compares equal quantities of one kind of thing under one limit. */
const compare = (
  pairs: Readonly<Record<string, readonly [found: ArrayLike<number>, recorded: Numbers]>>,
  limit = LIMIT,
): Deviation[] =>
  Object.entries(pairs).map(([quantity, [found, recorded]]) => ({
    quantity,
    error: distance(found, recorded),
    limit,
  }));

/** Differences relative to the recorded value. */
const relative = (found: ArrayLike<number>, recorded: Numbers): [number[], number[]] => [
  Array.from(found, (x, i) => recorded[i] === 0 ? x : x / recorded[i]),
  recorded.map((r) => r === 0 ? 0 : 1),
];

/** Rotation matrices, so that the two signs of a quaternion are equal. */
const turned = (found: ArrayLike<number>, recorded: Numbers): [Float64Array, number[]] => [
  matrixOf(found[0], found[1], found[2], found[3]),
  [...matrixOf(recorded[0], recorded[1], recorded[2], recorded[3])],
];

function bodyDeviations({ mj, model }: Machine, recorded: Constants): Deviation[] {
  return recorded.body.flatMap((body) => {
    const i = mj.mj_name2id(model, mj.mjtObj.mjOBJ_BODY.value, ourName(body.name));
    if (i < 0 || body.name === "world") return [];
    // Our arm's base is its link 0; the source has a body of its own for the base.
    const base = recorded.body.find((b) => b.name === "robot0_base");
    const pos = body.name === "robot0_link0" ? base!.pos : body.pos;
    const frame = compare({
      "body position": [row(model.body_pos, 3, i), pos],
      "body rotation": turned(row(model.body_quat, 4, i), body.quat_wxyz),
    });
    // Furniture does not move, so its mass is of no consequence; a massless body's centre is arbitrary.
    const invweight = recorded.body_invweight0[body.id];
    if (body.mass === 0 || invweight[0] === 0) return frame;
    return [
      ...frame,
      ...compare({
        mass: relative([model.body_mass[i]], [body.mass]),
        "centre of mass": [row(model.body_ipos, 3, i), body.ipos],
        inertia: relative(
          inertiaTensor(row(model.body_iquat, 4, i), row(model.body_inertia, 3, i)),
          inertiaTensor(body.iquat_wxyz, body.inertia_diag),
        ),
        "inverse weight": relative(row(model.body_invweight0, 2, i), invweight),
      }, RELATIVE),
    ];
  });
}

/** The diagonal of R diag(I) Rᵀ: the same for every choice of principal axes. */
function inertiaTensor(quat: ArrayLike<number>, diagonal: ArrayLike<number>): number[] {
  const r = matrixOf(quat[0], quat[1], quat[2], quat[3]);
  return [0, 3, 6].map((a) => [0, 1, 2].reduce((sum, k) => sum + diagonal[k] * r[a + k] ** 2, 0));
}

function jointDeviations({ mj, model }: Machine, recorded: Constants): Deviation[] {
  let dof = 0;
  return recorded.joint.flatMap((joint) => {
    const width = joint.type === "free" ? 6 : 1, theirs = dof;
    dof += width;
    const i = mj.mj_name2id(model, mj.mjtObj.mjOBJ_JOINT.value, ourName(joint.name));
    if (i < 0) return [];
    const ours = model.jnt_dofadr[i], all = Array.from({ length: width });
    const eachDof = (table: Float64Array) => table.subarray(ours, ours + width);
    return [
      ...compare({
        axis: [row(model.jnt_axis, 3, i), joint.axis],
        range: [row(model.jnt_range, 2, i), joint.range],
        damping: [eachDof(model.dof_damping), all.map(() => joint.damping)],
        armature: [eachDof(model.dof_armature), all.map(() => joint.armature)],
        "joint friction": [eachDof(model.dof_frictionloss), all.map(() => joint.frictionloss)],
        "limit solref": [row(model.jnt_solref, 2, i), joint.limit_solref],
        "limit solimp": [row(model.jnt_solimp, 5, i), joint.limit_solimp],
        "friction solref": [row(model.dof_solref, 2, ours), joint.friction_solref],
        "friction solimp": [row(model.dof_solimp, 5, ours), joint.friction_solimp],
      }),
      ...compare({
        "inverse weight": relative(
          eachDof(model.dof_invweight0),
          recorded.dof_invweight0.slice(theirs, theirs + width),
        ),
      }, RELATIVE),
    ];
  });
}

function actuatorDeviations({ mj, model }: Machine, { actuator }: Constants): Deviation[] {
  return actuator.flatMap((a) => {
    const i = mj.mj_name2id(model, mj.mjtObj.mjOBJ_ACTUATOR.value, ourName(a.name));
    return compare({
      "control range": [row(model.actuator_ctrlrange, 2, i), a.ctrlrange],
      "force range": [row(model.actuator_forcerange, 2, i), a.forcerange],
      gain: [row(model.actuator_gainprm, 10, i).subarray(0, 1), [a.gainprm0]],
      bias: [row(model.actuator_biasprm, 10, i).subarray(0, 3), a.biasprm],
      gear: [row(model.actuator_gear, 6, i).subarray(0, 1), [a.gear]],
    });
  });
}

function shapeDeviations(machine: Machine, { collision_geom }: Constants): Deviation[] {
  const { mj, model } = machine;
  return collision_geom.flatMap((shape) => {
    const body = mj.mj_name2id(model, mj.mjtObj.mjOBJ_BODY.value, ourName(shape.body));
    if (body < 0 || shape.body === "robot0_link0") return [];
    const nearest = nearestShape(machine, body, shape);
    const parameters = compare({
      "contact dimensions": [[model.geom_condim[nearest]], [shape.condim]],
      friction: [row(model.geom_friction, 3, nearest), shape.friction],
      "contact solref": [row(model.geom_solref, 2, nearest), shape.solref],
      "contact solimp": [row(model.geom_solimp, 5, nearest), shape.solimp],
      margin: [[model.geom_margin[nearest], model.geom_gap[nearest]], [shape.margin, shape.gap]],
    });
    if (shape.type === "mesh") return parameters;
    return [
      ...parameters,
      ...compare({
        masks: [
          [model.geom_contype[nearest], model.geom_conaffinity[nearest]],
          [shape.contype, shape.conaffinity],
        ],
        "shape size": [row(model.geom_size, 3, nearest), shape.size],
        "shape position": [row(model.geom_pos, 3, nearest), shape.pos],
        "shape rotation": turned(row(model.geom_quat, 4, nearest), shape.quat_wxyz),
      }),
    ];
  });
}

/** The shape of a body that lies closest to a recorded one. */
function nearestShape({ model }: Machine, body: number, { pos, size }: Shape): number {
  const own = Array.from({ length: model.ngeom }, (_, i) => i)
    .filter((i) => model.geom_bodyid[i] === body);
  const farness = (i: number) =>
    distance(row(model.geom_pos, 3, i), pos) + distance(row(model.geom_size, 3, i), size);
  return own.reduce((a, b) => (farness(b) < farness(a) ? b : a));
}
