/**
 * A whole model: floor, furniture, the arm with its gripper and one free object.
 *
 * @module
 */
import type { ArmModel } from "../../rl/arm_simulator.ts";
import { element } from "../mjcf.ts";
import { gripperBody, gripperServos } from "./gripper.ts";
import { MEMORY_SIZE } from "./controller_memory.ts";
import { type Geom, geom } from "./geom.ts";
import { pandaBody, pandaMotors } from "./panda.ts";

/** A thing that the arm can pick up. */
export interface FreeObject {
  readonly geoms: readonly Geom[];
  /** Given where the shapes' own mass is not to be used. */
  readonly inertial?: {
    readonly pos: readonly number[];
    readonly quat: readonly number[];
    readonly mass: number;
    readonly diaginertia: readonly number[];
  };
  /** Damping of all six velocities, N·s/m and N·m·s. */
  readonly damping: number;
}

/** Fixed shapes at a place of their own. */
export interface Furniture {
  readonly name: string;
  readonly pos: readonly number[];
  readonly geoms: readonly Geom[];
}

/** What differs between the tasks' models. */
export interface Scene {
  readonly base: readonly number[];
  readonly furniture: readonly Furniture[];
  readonly object: FreeObject;
}

// Seconds per engine step and robosuite's solver settings; what is not said is MuJoCo's default.
const OPTION = { timestep: 0.002, cone: "elliptic", impratio: 20, density: 1.2, viscosity: 2e-5 };
const FLOOR: Geom = { type: "plane", size: [3, 3, 0.125], rgba: [0.86, 0.87, 0.88, 1] };

/** The model of a scene. Joints in order: arm (7), fingers (2), object (free). */
export function armModel(scene: Scene): ArmModel {
  const xml = element(
    "mujoco",
    {},
    element("compiler", { angle: "radian" }),
    element("option", OPTION),
    element("size", { memory: "8M", nuserdata: MEMORY_SIZE }),
    element(
      "worldbody",
      {},
      geom(FLOOR),
      ...scene.furniture.map(furnitureBody),
      pandaBody(scene.base, gripperBody()),
      objectBody(scene.object),
    ),
    element("actuator", {}, pandaMotors(), gripperServos()),
  );
  return { xml, toolSite: "grip_site", handBody: "right_hand", objectBody: "object" };
}

const furnitureBody = ({ name, pos, geoms }: Furniture): string =>
  element("body", { name, pos }, ...geoms.map(geom));

const objectBody = ({ geoms, inertial, damping }: FreeObject): string =>
  element(
    "body",
    { name: "object" },
    // A joint, not a freejoint element: only the former has damping.
    element("joint", { name: "object_joint", type: "free", damping }),
    ...(inertial === undefined ? [] : [element("inertial", { ...inertial })]),
    ...geoms.map(geom),
  );
