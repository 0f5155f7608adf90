/**
 * Recorded trajectories and compiled constants of the locomotion tasks.
 *
 * @module
 */
import { compile, type Machine } from "../../src/adapters/mujoco_engine.ts";
import { mujocoSimulator } from "../../src/adapters/mujoco_simulator.ts";
import { halfcheetah } from "../../src/envs/halfcheetah.ts";
import { hopper } from "../../src/envs/hopper.ts";
import { locomotion, type LocomotionTask } from "../../src/envs/locomotion.ts";
import type { Physics } from "../../src/envs/planar_robot.ts";
import { walker2d } from "../../src/envs/walker2d.ts";
import type { Environment, Simulator } from "../../src/rl/environment.ts";
import type { Doubles } from "../../src/tensor/tensor.ts";
import { Unsupported } from "./case.ts";
import { guarded } from "./check.ts";
import type { FolderCheck, ParityResult } from "./result.ts";

interface Recording {
  readonly task: string;
  readonly physics: string;
  readonly model: Model;
  readonly trajectories: readonly Trajectory[];
}

interface Model {
  readonly bodies: readonly {
    readonly name: string;
    readonly mass: number;
    readonly principal_inertia: readonly number[];
  }[];
  readonly joints: readonly { readonly dof_invweight0: number }[];
  readonly mass_matrix_at_qpos0: readonly (readonly number[])[];
}

interface Trajectory {
  readonly id: number | string;
  readonly kind: string;
  readonly init_qpos: readonly number[];
  readonly init_qvel: readonly number[];
  readonly actions: readonly (readonly number[])[];
  readonly qpos: readonly (readonly number[])[];
  readonly qvel: readonly (readonly number[])[];
  readonly obs: readonly (readonly number[])[];
  readonly reward: readonly number[];
  readonly terminated: readonly boolean[];
}

/** The largest deviation of a check and the quantity it was found in. */
interface Worst {
  readonly error: number;
  readonly place: string;
}

const TASKS: Readonly<Record<string, LocomotionTask>> = {
  "Hopper-v2": hopper,
  "Walker2d-v2": walker2d,
  "HalfCheetah-v2": halfcheetah,
};

/** The inertias of each version of the tasks, by the start of its description. */
const PHYSICS: Readonly<Record<string, Physics>> = { v2: "v2", v4: "v4", v5: "v4" };

/** Compares every file with our models: constants, then each trajectory restarted before every step and run freely. */
export const checkLocomotion: FolderCheck = function* (files) {
  for (const [name, file] of Object.entries(files)) {
    yield* guarded(name, () => checkRecording(name, file as Recording));
  }
};

function* checkRecording(name: string, recording: Recording): Generator<ParityResult> {
  const task = TASKS[recording.task];
  if (task === undefined) throw new Unsupported(`task ${recording.task}`);
  const machine = compile(task.mjcf(physicsOf(recording)));
  const simulator = mujocoSimulator(machine);
  const env = locomotion(task, simulator, { clipActions: false });
  yield judged(`${name}/model`, 1e-12, modelDeviation(machine, recording.model));
  for (const trajectory of recording.trajectories) {
    const label = `${name}/${trajectory.id}-${trajectory.kind}`;
    yield judged(`${label}/restarted`, 1e-9, run(env, simulator, trajectory, Infinity, true));
    const chaotic = task === halfcheetah && trajectory.kind !== "uniform_small";
    const [steps, tolerance] = chaotic ? [20, 1e-7] : [Infinity, 1e-9];
    yield judged(`${label}/free`, tolerance, run(env, simulator, trajectory, steps, false));
  }
}

function physicsOf({ physics }: Recording): Physics {
  const version = physics.slice(0, 2);
  if (!(version in PHYSICS)) throw new Unsupported(`physics ${physics}`);
  return PHYSICS[version];
}

const judged = (name: string, tolerance: number, { error, place }: Worst): ParityResult => ({
  status: error <= tolerance ? "PASS" : "FAIL",
  name,
  detail: `worst ${place}: ${error.toExponential(1)}, allowed ${tolerance.toExponential()}`,
});

/** Deviation of masses, inertias and the mass matrix, each relative to its largest entry. */
function modelDeviation({ mj, model, data }: Machine, recorded: Model): Worst {
  mj.mj_resetData(model, data);
  mj.mj_forward(model, data);
  const matrix = new mj.DoubleBuffer(model.nv ** 2);
  mj.mj_fullM(model, matrix, data.qM);
  const ids = recorded.bodies.map(({ name }) => mj.mj_name2id(model, 1, name));
  const descending = (values: ArrayLike<number>) => Array.from(values).sort((a, b) => b - a);
  const inertias = ids.flatMap((i) => descending(model.body_inertia.subarray(3 * i, 3 * i + 3)));
  const worst = worstOf([
    relative("mass", ids.map((i) => model.body_mass[i]), recorded.bodies.map((b) => b.mass)),
    relative("inertia", inertias, recorded.bodies.flatMap((b) => descending(b.principal_inertia))),
    relative("dof_invweight0", model.dof_invweight0, recorded.joints.map((j) => j.dof_invweight0)),
    relative("mass matrix", matrix.GetView(), recorded.mass_matrix_at_qpos0.flat()),
  ]);
  matrix.delete();
  return worst;
}

function relative(place: string, found: ArrayLike<number>, recorded: readonly number[]): Worst {
  const scale = Math.max(...recorded.map(Math.abs));
  return { place, error: absolute(place, found, recorded).error / scale };
}

function absolute(place: string, found: ArrayLike<number>, recorded: ArrayLike<number>): Worst {
  if (found.length !== recorded.length) return { place, error: Infinity };
  const errors = Array.from(found, (x, i) => Math.abs(x - recorded[i]));
  return { place, error: errors.some(Number.isNaN) ? Infinity : Math.max(...errors) };
}

const worstOf = (all: readonly Worst[]): Worst => all.reduce((a, b) => (b.error > a.error ? b : a));

/** Steps through a trajectory, from its own states or from the recorded ones. */
function run(
  env: Environment<Doubles>,
  simulator: Simulator,
  t: Trajectory,
  steps: number,
  restarted: boolean,
): Worst {
  const stateAt = (qpos: readonly number[], qvel: readonly number[]) =>
    simulator.stateAt(Float64Array.from(qpos), Float64Array.from(qvel));
  let state = stateAt(t.init_qpos, t.init_qvel);
  const worst: Worst[] = [];
  t.actions.forEach((action, i) => {
    if (restarted && i > 0) state = stateAt(t.qpos[i - 1], t.qvel[i - 1]);
    const next = env.step(state, Float64Array.from(action));
    state = next.state;
    const done = Number(next.done), recordedDone = Number(t.terminated[i]);
    worst.push(absolute(`terminated, step ${i + 1}`, [done], [recordedDone]));
    if (i >= steps) return;
    worst.push(
      absolute(`qpos, step ${i + 1}`, simulator.qpos(state), t.qpos[i]),
      absolute(`qvel, step ${i + 1}`, simulator.qvel(state), t.qvel[i]),
      absolute(`obs, step ${i + 1}`, next.observation, t.obs[i]),
      absolute(`reward, step ${i + 1}`, [next.reward], [t.reward[i]]),
    );
  });
  return worstOf(worst);
}
