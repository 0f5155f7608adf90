/**
 * The Franka Panda arm as robosuite 1.4.1 models it, with capsules in place of meshes.
 *
 * Masses, frames and joint parameters are those of robosuite's `panda/robot.xml`; every joint is a hinge about
 * the z axis of its link. Armature 5 / i is robosuite's default and part of the inertia the controller sees.
 *
 * @module
 */
import { element } from "../mjcf.ts";
import { type Geom, geom, PASSIVE, UNTOUCHABLE } from "./geom.ts";

/** Joints of the arm. */
export const ARM_JOINTS = 7;

/** Resting pose, rad: the mean of robosuite's initial states. */
export const RESTING_POSE = [0, Math.PI / 16, 0, -5 * Math.PI / 6, 0, Math.PI - 0.2, Math.PI / 4];

/** Largest torque of each motor, N·m. */
export const TORQUE_LIMITS = [80, 80, 80, 80, 80, 12, 12];

interface Link {
  readonly pos: readonly number[];
  readonly quat: readonly number[];
  readonly mass: number;
  readonly com: readonly number[];
  /** Moment of inertia about every axis through the centre of mass, kg·m². */
  readonly inertia: number;
  readonly range: readonly [number, number];
  readonly damping: number;
  /** End points and radius of the capsule fitted to the collision mesh, m. */
  readonly capsule: { readonly fromto: readonly number[]; readonly radius: number };
}

// A quarter turn about x. The six digits are the source's; the engine normalises them.
const PLUS = [0.707107, 0.707107, 0, 0], MINUS = [0.707107, -0.707107, 0, 0];

const LINKS: readonly Link[] = [
  {
    pos: [0, 0, 0.333],
    quat: [1, 0, 0, 0],
    mass: 3,
    com: [0, 0, -0.07],
    inertia: 0.3,
    range: [-2.8973, 2.8973],
    damping: 0.1,
    capsule: { fromto: [0, -0.054, -0.002, 0, -0.0059, -0.1416], radius: 0.0646 },
  },
  {
    pos: [0, 0, 0],
    quat: MINUS,
    mass: 3,
    com: [0, -0.1, 0],
    inertia: 0.3,
    range: [-1.7628, 1.7628],
    damping: 0.1,
    capsule: { fromto: [0, -0.002, 0.0549, 0, -0.1438, 0.0054], radius: 0.0643 },
  },
  {
    pos: [0, -0.316, 0],
    quat: PLUS,
    mass: 2,
    com: [0.04, 0, -0.05],
    inertia: 0.2,
    range: [-2.8973, 2.8973],
    damping: 0.1,
    capsule: { fromto: [0.0054, 0.0031, -0.0772, 0.0806, 0.0451, -0.002], radius: 0.0618 },
  },
  {
    pos: [0.0825, 0, 0],
    quat: PLUS,
    mass: 2,
    com: [-0.04, 0.05, 0],
    inertia: 0.2,
    range: [-3.0718, -0.0698],
    damping: 0.1,
    capsule: { fromto: [-0.0025, 0.0026, 0.0453, -0.0764, 0.0784, 0.0035], radius: 0.0624 },
  },
  {
    pos: [-0.0825, 0.384, 0],
    quat: MINUS,
    mass: 2,
    com: [0, 0, -0.15],
    inertia: 0.2,
    range: [-2.8973, 2.8973],
    damping: 0.1,
    capsule: { fromto: [0, 0.067, -0.0045, 0, 0.0091, -0.2168], radius: 0.0607 },
  },
  {
    pos: [0, 0, 0],
    quat: PLUS,
    mass: 1.5,
    com: [0.06, 0, 0],
    inertia: 0.1,
    range: [-0.0175, 3.7525],
    damping: 0.01,
    capsule: { fromto: [0.0832, 0.0113, 0.0018, 0.0155, 0.0018, 0.0119], radius: 0.0577 },
  },
  {
    pos: [0.088, 0, 0],
    quat: PLUS,
    mass: 0.5,
    com: [0, 0, 0.08],
    inertia: 0.05,
    range: [-2.8973, 2.8973],
    damping: 0.01,
    capsule: { fromto: [-0.0093, -0.0089, 0.0772, 0.034, 0.0329, 0.0811], radius: 0.0371 },
  },
];

const WHITE = [0.93, 0.94, 0.96, 1], DARK = [0.3, 0.32, 0.36, 1];
const PEDESTAL: Geom = { type: "cylinder", size: [0.18, 0.31], pos: [-0.02, 0, -0.28], rgba: DARK };
const FOOT: Geom = {
  type: "capsule",
  fromto: [-0.0613, -0.0006, 0.0441, -0.0035, -0.0003, 0.0636],
  size: [0.0793],
  rgba: WHITE,
};

/** The arm standing at `base`, with `hand` mounted on its last link. */
export function pandaBody(base: readonly number[], hand: string): string {
  const chain = LINKS.reduceRight((inner, link, i) => linkBody(link, i + 1, inner), hand);
  return element(
    "body",
    { name: "link0", pos: base },
    element("inertial", { pos: [0, 0, 0.05], mass: 4, diaginertia: [0.4, 0.4, 0.4] }),
    geom({ ...PEDESTAL, ...UNTOUCHABLE }),
    geom({ ...FOOT, ...UNTOUCHABLE }),
    chain,
  );
}

function linkBody(link: Link, number: number, inner: string): string {
  const { pos, quat, mass, com, inertia, range, damping, capsule } = link;
  return element(
    "body",
    { name: `link${number}`, pos, quat },
    element("inertial", { pos: com, mass, diaginertia: [inertia, inertia, inertia] }),
    element("joint", {
      name: `joint${number}`,
      type: "hinge",
      axis: [0, 0, 1],
      range,
      damping,
      armature: 5 / number,
      frictionloss: 0.1,
    }),
    geom({
      type: "capsule",
      fromto: capsule.fromto,
      size: [capsule.radius],
      rgba: WHITE,
      ...PASSIVE,
    }),
    inner,
  );
}

/** One motor per joint: the control is a torque in N·m, clipped to its limit. */
export const pandaMotors = (): string =>
  TORQUE_LIMITS.map((limit, i) =>
    element("motor", {
      name: `torq_j${i + 1}`,
      joint: `joint${i + 1}`,
      ctrlrange: [-limit, limit],
    })
  ).join("");
