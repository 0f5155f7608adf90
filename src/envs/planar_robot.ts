/**
 * MJCF of a planar robot: a tree of capsules in the x–z plane on hinges about y, above a floor.
 *
 * @module
 */
import { type Capsule, combine, cylinderRule, type Point } from "./capsule_inertia.ts";
import { element } from "./mjcf.ts";

/** Which engine generation's capsule inertia: the cylinder rule ("v2") or exact capsules ("v4"). */
export type Physics = "v2" | "v4";

/** A capsule with MuJoCo's friction, one to three numbers; the model's default where absent. */
export interface Geom extends Capsule {
  readonly friction?: readonly number[];
}

/** A body on one hinge at its own origin, driven by a motor of the given gear. */
export interface Link {
  readonly name: string;
  /** Origin in the parent's frame; frames are parallel at the reference pose. */
  readonly position: Point;
  readonly geoms: readonly Geom[];
  readonly hinge: {
    readonly axis: 1 | -1;
    /** In the model's angle unit. */
    readonly range: readonly [low: number, high: number];
    readonly gear: number;
    readonly stiffness?: number;
    readonly damping?: number;
  };
  readonly children: readonly Link[];
}

/** MuJoCo's global settings and element defaults, by attribute name. */
type Settings = Readonly<Record<string, number | string | readonly number[]>>;

/** A robot whose root slides along x and z and turns about y, freely. */
export interface PlanarRobot {
  readonly name: string;
  readonly compiler: Settings;
  readonly option: Settings;
  readonly jointDefaults: Settings;
  readonly geomDefaults: Settings;
  readonly floor: Settings;
  readonly torso: {
    readonly height: number;
    /** Value of the z slide at the reference pose. */
    readonly zReference: number;
    readonly geoms: readonly Geom[];
    readonly children: readonly Link[];
  };
}

/** The model as MJCF text. */
export function planarMjcf(robot: PlanarRobot, physics: Physics): string {
  return element(
    "mujoco",
    { model: robot.name },
    element("compiler", {
      inertiafromgeom: physics === "v2" ? "false" : "true",
      ...robot.compiler,
    }),
    element("option", robot.option),
    element("size", { memory: "1M" }),
    element(
      "default",
      {},
      element("joint", robot.jointDefaults),
      element("geom", { density: 1000, ...robot.geomDefaults }),
      element("motor", { ctrllimited: "true", ctrlrange: [-1, 1] }),
    ),
    element("worldbody", {}, floor(robot), torso(robot, physics)),
    element("actuator", {}, ...robot.torso.children.flatMap(motors)),
  ) + "\n";
}

const floor = (robot: PlanarRobot): string =>
  element("geom", { name: "floor", type: "plane", size: [40, 40, 40], ...robot.floor });

function torso({ torso }: PlanarRobot, physics: Physics): string {
  const free = { pos: [0, 0, 0], limited: "false", armature: 0, damping: 0, stiffness: 0 };
  return element(
    "body",
    { name: "torso", pos: [0, 0, torso.height] },
    element("joint", { name: "rootx", type: "slide", axis: [1, 0, 0], ...free }),
    element("joint", {
      name: "rootz",
      type: "slide",
      axis: [0, 0, 1],
      ref: torso.zReference,
      ...free,
    }),
    element("joint", { name: "rooty", type: "hinge", axis: [0, 1, 0], ...free }),
    ...matter(torso.geoms, physics),
    ...torso.children.map((child) => link(child, physics)),
  );
}

function link({ name, position: [x, z], geoms, hinge, children }: Link, physics: Physics): string {
  const { axis, gear: _, ...properties } = hinge;
  return element(
    "body",
    { name, pos: [x, 0, z] },
    element("joint", { name: jointOf(name), type: "hinge", axis: [0, axis, 0], ...properties }),
    ...matter(geoms, physics),
    ...children.map((child) => link(child, physics)),
  );
}

const jointOf = (linkName: string): string => `${linkName}_joint`;

/** The geoms of a body and, where the engine must not infer it, its inertia. */
function matter(geoms: readonly Geom[], physics: Physics): string[] {
  const shapes = geoms.map(({ from, to, radius, friction }) =>
    element("geom", {
      type: "capsule",
      fromto: [from[0], 0, from[1], to[0], 0, to[1]],
      size: radius,
      friction,
    })
  );
  return physics === "v4" ? shapes : [inertial(geoms), ...shapes];
}

function inertial(geoms: readonly Geom[]): string {
  const { mass, center: [x, z], xx, yy, zz, xz } = combine(geoms.map(cylinderRule));
  return element("inertial", { pos: [x, 0, z], mass, fullinertia: [xx, yy, zz, 0, xz, 0] });
}

const motors = ({ name, hinge, children }: Link): string[] => [
  element("motor", { name, joint: jointOf(name), gear: hinge.gear }),
  ...children.flatMap(motors),
];
