/**
 * Walker2d-v2: two legs of three links that walk along x. The feet's friction differs, as in the original.
 *
 * @see OpenAI Gym 0.21, `walker2d.py` and `walker2d.xml` (numbers restated)
 * @module
 */
import { type Link, type Physics, planarMjcf, type PlanarRobot } from "./planar_robot.ts";
import type { LocomotionTask } from "./locomotion.ts";

/** Thigh, shin and foot; they coincide for both legs at the reference pose. */
function legOf(side: "" | "_left", footFriction: number): Link {
  const foot: Link = {
    name: `foot${side}`,
    position: [0, -0.5],
    geoms: [{ from: [0, 0], to: [0.2, 0], radius: 0.06, friction: [footFriction] }],
    hinge: { axis: -1, range: [-45, 45], gear: 100 },
    children: [],
  };
  const leg: Link = {
    name: `leg${side}`,
    position: [0, -0.45],
    geoms: [{ from: [0, 0], to: [0, -0.5], radius: 0.04, friction: [0.9] }],
    hinge: { axis: -1, range: [-150, 0], gear: 100 },
    children: [foot],
  };
  return {
    name: `thigh${side}`,
    position: [0, -0.2],
    geoms: [{ from: [0, 0], to: [0, -0.45], radius: 0.05, friction: [0.9] }],
    hinge: { axis: -1, range: [-150, 0], gear: 100 },
    children: [leg],
  };
}

const robot: PlanarRobot = {
  name: "walker2d",
  compiler: { angle: "degree" },
  option: { timestep: 0.002, integrator: "RK4" },
  jointDefaults: { armature: 0.01, damping: 0.1 },
  geomDefaults: { conaffinity: 0, condim: 3, friction: [0.7, 0.1, 0.1] },
  floor: { conaffinity: 1 },
  torso: {
    height: 1.25,
    zReference: 1.25,
    geoms: [{ from: [0, 0.2], to: [0, -0.2], radius: 0.05, friction: [0.9] }],
    children: [legOf("", 0.9), legOf("_left", 1.9)],
  },
};

/** The model as MJCF text; `"v2"` is what D4RL's data and the reference were computed with. */
export const walker2dMjcf = (physics: Physics = "v2"): string => planarMjcf(robot, physics);

/** Reward (x′ − x)/dt + 1 − 0.001 Σa²; done unless 0.8 < z < 2 and |angle| < 1. */
export const walker2d: LocomotionTask = {
  spec: {
    name: "walker2d",
    observationSize: 17,
    actionSize: 6,
    maxEpisodeSteps: 1000,
    timeLimit: "gym",
    controlTimestep: 0.008,
    metric: "return",
  },
  mjcf: walker2dMjcf,
  substeps: 4,
  initialPosition: [0, 1.25, 0, 0, 0, 0, 0, 0, 0],
  observedVelocityLimit: 10,
  aliveBonus: 1,
  controlCost: 0.001,
  resetScale: 0.005,
  resetVelocity: "uniform",
  isHealthy: (qpos) => qpos[1] > 0.8 && qpos[1] < 2 && Math.abs(qpos[2]) < 1,
};
