/**
 * HalfCheetah-v2: a torso with a back and a front leg that runs along x. Episodes end by the time limit only.
 *
 * @see OpenAI Gym 0.21, `half_cheetah.py` and `half_cheetah.xml` (numbers restated)
 * @module
 */
import type { Point } from "./capsule_inertia.ts";
import {
  type Geom,
  type Link,
  type Physics,
  planarMjcf,
  type PlanarRobot,
} from "./planar_robot.ts";
import type { LocomotionTask } from "./locomotion.ts";

/** A capsule given by its centre, its turn about +y from the z axis in radians, and its half-length. */
function tilted([x, z]: Point, angle: number, halfLength: number): Geom {
  const [dx, dz] = [halfLength * Math.sin(angle), halfLength * Math.cos(angle)];
  return { from: [x - dx, z - dz], to: [x + dx, z + dz], radius: 0.046 };
}

/** Springs and dampers of a hinge and its motor's gear. */
const hinge = (low: number, high: number, stiffness: number, damping: number, gear: number) =>
  ({ axis: 1, range: [low, high], stiffness, damping, gear }) as const;

const bfoot: Link = {
  name: "bfoot",
  position: [-0.28, -0.14],
  geoms: [tilted([0.03, -0.097], -0.27, 0.094)],
  hinge: hinge(-0.4, 0.785, 120, 3, 60),
  children: [],
};
const bshin: Link = {
  name: "bshin",
  position: [0.16, -0.25],
  geoms: [tilted([-0.14, -0.07], -2.03, 0.15)],
  hinge: hinge(-0.785, 0.785, 180, 4.5, 90),
  children: [bfoot],
};
const bthigh: Link = {
  name: "bthigh",
  position: [-0.5, 0],
  geoms: [tilted([0.1, -0.13], -3.8, 0.145)],
  hinge: hinge(-0.52, 1.05, 240, 6, 120),
  children: [bshin],
};
const ffoot: Link = {
  name: "ffoot",
  position: [0.13, -0.18],
  geoms: [tilted([0.045, -0.07], -0.6, 0.07)],
  hinge: hinge(-0.5, 0.5, 60, 1.5, 30),
  children: [],
};
const fshin: Link = {
  name: "fshin",
  position: [-0.14, -0.24],
  geoms: [tilted([0.065, -0.09], -0.6, 0.106)],
  hinge: hinge(-1.2, 0.87, 120, 3, 60),
  children: [ffoot],
};
const fthigh: Link = {
  name: "fthigh",
  position: [0.5, 0],
  geoms: [tilted([-0.07, -0.12], 0.52, 0.133)],
  hinge: hinge(-1, 0.7, 180, 4.5, 120),
  children: [fshin],
};

const robot: PlanarRobot = {
  name: "halfcheetah",
  compiler: { angle: "radian", settotalmass: 14 },
  option: { timestep: 0.01, integrator: "Euler" },
  jointDefaults: { armature: 0.1, solreflimit: [0.02, 1], solimplimit: [0, 0.8, 0.03] },
  geomDefaults: {
    conaffinity: 0,
    condim: 3,
    friction: [0.4, 0.1, 0.1],
    solref: [0.02, 1],
    solimp: [0, 0.8, 0.01],
  },
  floor: { conaffinity: 1 },
  torso: {
    height: 0.7,
    zReference: 0,
    geoms: [
      { from: [-0.5, 0], to: [0.5, 0], radius: 0.046 },
      tilted([0.6, 0.1], 0.87, 0.15),
    ],
    children: [bthigh, fthigh],
  },
};

/** The model as MJCF text; `"v2"` is what D4RL's data and the reference were computed with. */
export const halfcheetahMjcf = (physics: Physics = "v2"): string => planarMjcf(robot, physics);

/** Reward (x′ − x)/dt − 0.1 Σa²; never done. */
export const halfcheetah: LocomotionTask = {
  spec: {
    name: "halfcheetah",
    observationSize: 17,
    actionSize: 6,
    maxEpisodeSteps: 1000,
    timeLimit: "gym",
    controlTimestep: 0.05,
    metric: "return",
  },
  mjcf: halfcheetahMjcf,
  substeps: 5,
  initialPosition: [0, 0, 0, 0, 0, 0, 0, 0, 0],
  observedVelocityLimit: Infinity,
  aliveBonus: 0,
  controlCost: 0.1,
  resetScale: 0.1,
  resetVelocity: "normal",
  isHealthy: () => true,
};
