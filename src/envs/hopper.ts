/**
 * Hopper-v2: one leg of three links that hops along x.
 *
 * @see OpenAI Gym 0.21, `hopper.py` and `hopper.xml` (numbers restated)
 * @module
 */
import { type Link, type Physics, planarMjcf, type PlanarRobot } from "./planar_robot.ts";
import type { LocomotionTask } from "./locomotion.ts";

const foot: Link = {
  name: "foot",
  position: [0, -0.5],
  geoms: [{ from: [-0.13, 0], to: [0.26, 0], radius: 0.06, friction: [2] }],
  hinge: { axis: -1, range: [-45, 45], gear: 200 },
  children: [],
};
const leg: Link = {
  name: "leg",
  position: [0, -0.45],
  geoms: [{ from: [0, 0], to: [0, -0.5], radius: 0.04, friction: [0.9] }],
  hinge: { axis: -1, range: [-150, 0], gear: 200 },
  children: [foot],
};
const thigh: Link = {
  name: "thigh",
  position: [0, -0.2],
  geoms: [{ from: [0, 0], to: [0, -0.45], radius: 0.05, friction: [0.9] }],
  hinge: { axis: -1, range: [-150, 0], gear: 200 },
  children: [leg],
};

const robot: PlanarRobot = {
  name: "hopper",
  compiler: { angle: "degree" },
  option: { timestep: 0.002, integrator: "RK4" },
  jointDefaults: { armature: 1, damping: 1 },
  geomDefaults: { condim: 1, margin: 0.001, solref: [0.02, 1], solimp: [0.8, 0.8, 0.01] },
  floor: { condim: 3 },
  torso: {
    height: 1.25,
    zReference: 1.25,
    geoms: [{ from: [0, 0.2], to: [0, -0.2], radius: 0.05, friction: [0.9] }],
    children: [thigh],
  },
};

/** The model as MJCF text; `"v2"` is what D4RL's data and the reference were computed with. */
export const hopperMjcf = (physics: Physics = "v2"): string => planarMjcf(robot, physics);

/** Reward (x′ − x)/dt + 1 − 0.001 Σa²; done unless z > 0.7, |angle| < 0.2 and everything is below 100. */
export const hopper: LocomotionTask = {
  spec: {
    name: "hopper",
    observationSize: 11,
    actionSize: 3,
    maxEpisodeSteps: 1000,
    timeLimit: "gym",
    controlTimestep: 0.008,
    metric: "return",
  },
  mjcf: hopperMjcf,
  substeps: 4,
  initialPosition: [0, 1.25, 0, 0, 0, 0],
  observedVelocityLimit: 10,
  aliveBonus: 1,
  controlCost: 0.001,
  resetScale: 0.005,
  resetVelocity: "uniform",
  isHealthy(qpos, qvel) {
    const bounded = (x: number) => Math.abs(x) < 100;
    return Number.isFinite(qpos[0]) && Number.isFinite(qpos[1]) &&
      qpos.subarray(2).every(bounded) && qvel.every(bounded) &&
      qpos[1] > 0.7 && Math.abs(qpos[2]) < 0.2;
  },
};
