/**
 * Recorded motion of the manipulation tasks: the 25 engine steps of a control step, and rollouts.
 *
 * @module
 */
import { SUBSTEPS } from "../../src/envs/manipulation/arm_environment.ts";
import { controlStep } from "../../src/envs/manipulation/controller.ts";
import { ARM_JOINTS } from "../../src/envs/manipulation/panda.ts";
import { dismantle, type RecordedState, rigOf, stateOf, taskOf } from "./arm_rig.ts";
import { type Deviation, distance, quaternionDistance, verdict } from "./limits.ts";
import type { ParityResult } from "./result.ts";

interface Substep {
  readonly torque: readonly number[];
  readonly finger_ctrl: readonly number[];
  readonly arm_qpos: readonly number[];
  readonly finger_qpos: readonly number[];
}

/** One control step in slow motion. */
export interface SubstepTrace {
  readonly task: string;
  readonly cube_half_size?: readonly number[];
  readonly initial_state: RecordedState;
  readonly action: readonly number[];
  readonly substeps: readonly Substep[];
}

interface Step {
  readonly obs: readonly number[];
  readonly arm_qpos?: readonly number[];
  readonly success: boolean;
}

interface Rollout {
  readonly kind: string;
  readonly cube_half_size?: readonly number[];
  readonly initial_state: RecordedState;
  readonly actions: readonly (readonly number[])[];
  readonly steps: readonly Step[];
  /** The reference's scene with its meshes, on the engine version that this package uses. */
  readonly steps_mujoco_3_3_8_same_model?: readonly Step[];
}

/** A file of rollouts of one task. */
export interface Rollouts {
  readonly task: string;
  readonly rollouts: readonly Rollout[];
}

/** Controls of every engine step and the state after it. */
export function checkSubsteps(name: string, trace: SubstepTrace): ParityResult {
  const rig = rigOf(taskOf(trace.task, trace.cube_half_size));
  const feedback = controlStep(Float64Array.from(trace.action));
  const torques: number[][] = [], fingers: number[][] = [], positions: number[][] = [];
  const next = rig.simulator.run(
    stateOf(rig, trace.initial_state),
    SUBSTEPS,
    (arm, controls, i) => {
      if (i > 0) positions.push([...arm.qpos.subarray(0, ARM_JOINTS + 2)]);
      feedback(arm, controls, i);
      torques.push([...controls.subarray(0, ARM_JOINTS)]);
      fingers.push([...controls.subarray(ARM_JOINTS)]);
    },
  );
  positions.push([...rig.simulator.qpos(next).subarray(0, ARM_JOINTS + 2)]);
  dismantle(rig);
  return verdict(
    name,
    trace.substeps.flatMap((s, i): Deviation[] => [
      { quantity: "torque", error: distance(torques[i], s.torque), limit: 0.02 },
      { quantity: "finger target", error: distance(fingers[i], s.finger_ctrl), limit: 1e-9 },
      {
        quantity: "arm joints",
        error: distance(positions[i].slice(0, ARM_JOINTS), s.arm_qpos),
        limit: 2e-6,
      },
      {
        quantity: "fingers",
        error: distance(positions[i].slice(ARM_JOINTS), s.finger_qpos),
        limit: 2e-6,
      },
    ]),
  );
}

/** Every rollout of a file: tight where the robot moves freely, within the contact limits elsewhere. */
export function* checkRollouts(
  name: string,
  { task, rollouts }: Rollouts,
): Generator<ParityResult> {
  for (const [i, rollout] of rollouts.entries()) {
    yield verdict(`${name}/${i}-${rollout.kind}`, rolloutDeviations(task, rollout));
  }
}

function rolloutDeviations(task: string, rollout: Rollout): Deviation[] {
  const { kind, steps, steps_mujoco_3_3_8_same_model: sameEngine = steps } = rollout;
  const played = play(task, rollout);
  const free = kind.startsWith("random");
  const object = [steps, sameEngine].map((list) =>
    Math.max(...played.map((p, i) => distance(p.obs.slice(9, 12), list[i].obs.slice(9, 12))))
  );
  const mismatches = played.filter((p, i) => p.success !== steps[i].success).length;
  return [
    ...played.flatMap((p, i) => robotDeviations(p, steps[i], free)),
    ...steps.map((s) => relativePoseDeviation(task, s.obs)),
    // Engine versions differ in contact: the nearer of the two recordings counts.
    { quantity: "object position", error: Math.min(...object), limit: 0.01 },
    { quantity: "steps that differ in success", error: mismatches, limit: 2 },
  ];
}

/** The last entries of a recorded observation against those computed from its other entries. */
function relativePoseDeviation(task: string, obs: readonly number[]): Deviation {
  const wxyz = (at: number) => Float64Array.of(obs[at + 3], obs[at], obs[at + 1], obs[at + 2]);
  const relative = taskOf(task).relativePose({
    toolPosition: Float64Array.from(obs.slice(0, 3)),
    handQuaternion: wxyz(3),
    objectPosition: Float64Array.from(obs.slice(9, 12)),
    objectQuaternion: wxyz(12),
  });
  const position = distance(relative.slice(0, 3), obs.slice(16, 19));
  // The sign of a half-turn's quaternion hangs on rounding, which is float32 in the reference.
  const rotation = quaternionDistance(relative.slice(3), obs.slice(19));
  return { quantity: "relative pose", error: Math.max(position, rotation), limit: 2e-6 };
}

function robotDeviations(played: Step, recorded: Step, free: boolean): Deviation[] {
  const obs = (from: number, to: number) =>
    [played.obs.slice(from, to), recorded.obs.slice(from, to)] as const;
  const deviations: Deviation[] = [
    { quantity: "tool position", error: distance(...obs(0, 3)), limit: free ? 1e-6 : 0.003 },
    {
      quantity: "hand quaternion",
      error: quaternionDistance(...obs(3, 7)),
      limit: free ? 1e-5 : 0.003,
    },
    { quantity: "fingers", error: distance(...obs(7, 9)), limit: free ? 1e-6 : 0.003 },
  ];
  if (!free) return deviations;
  const joints = distance(played.arm_qpos ?? [], recorded.arm_qpos ?? []);
  return [...deviations, { quantity: "arm joints", error: joints, limit: 1e-5 }];
}

/** The rollout's actions in our environment. */
function play(task: string, { cube_half_size, initial_state, actions }: Rollout): Step[] {
  const rig = rigOf(taskOf(task, cube_half_size));
  let state = stateOf(rig, initial_state);
  const steps = actions.map((action) => {
    const next = rig.env.step(state, Float64Array.from(action));
    state = next.state;
    const qpos = rig.simulator.qpos(state);
    return {
      obs: [...next.observation],
      arm_qpos: [...qpos.subarray(0, ARM_JOINTS)],
      success: next.reward === 1,
    };
  });
  dismantle(rig);
  return steps;
}
