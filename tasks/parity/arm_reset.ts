/**
 * Distributions of initial states, compared by their moments and histograms.
 *
 * @module
 */
import { can } from "../../src/envs/manipulation/can.ts";
import { address, key } from "../../src/rng/key.ts";
import { type ArmRig, dismantle, rigOf, taskOf } from "./arm_rig.ts";
import { type Deviation, verdict } from "./limits.ts";
import type { ParityResult } from "./result.ts";

type Numbers = readonly number[];

interface Statistics {
  readonly n: number;
  readonly obs_mean: Numbers;
  readonly obs_std: Numbers;
  readonly state_mean: Numbers;
  readonly state_std: Numbers;
  readonly can_xy_rel_bin1_hist?: Histogram;
}

interface Histogram {
  readonly n: number;
  readonly x_range: readonly [number, number];
  readonly y_range: readonly [number, number];
  readonly density_ratio_to_uniform_x8: Numbers;
  readonly density_ratio_to_uniform_y8: Numbers;
}

/** Statistics of resets by task. */
export type ResetStatistics = Readonly<Record<string, Statistics>>;

const TASKS = ["lift", "can", "square"];

/** Differences of random estimates are allowed to be this many standard errors. */
const SIGMAS = 5;

/** As many resets of our own as were recorded, under fixed keys. */
export function* checkResets(name: string, file: ResetStatistics): Generator<ParityResult> {
  for (const task of TASKS.filter((t) => t in file)) {
    yield verdict(`${name}/${task}`, momentDeviations(task, file[task]));
    const histogram = file[task].can_xy_rel_bin1_hist;
    if (histogram !== undefined) {
      yield verdict(`${name}/${task}-placement`, placementDeviations(histogram));
    }
  }
}

function momentDeviations(task: string, recorded: Statistics): Deviation[] {
  // The recorded cube had one drawn size; its height at the reset, 1 cm above the table, tells which.
  const halfHeight = recorded.obs_mean[11] - 0.81;
  const rig = rigOf(taskOf(task, [0.021, 0.021, halfHeight]));
  const resets = Array.from({ length: recorded.n }, (_, i) => resetOf(rig, i));
  dismantle(rig);
  return [
    ...moments("observation", resets.map((r) => r.observation), {
      mean: recorded.obs_mean,
      std: recorded.obs_std,
    }),
    ...moments("state", resets.map((r) => r.qpos), {
      mean: recorded.state_mean,
      std: recorded.state_std,
    }),
  ];
}

function resetOf({ env, simulator }: ArmRig, episode: number) {
  const { state, observation } = env.reset(address(key(0), "parity reset", episode));
  return { observation: [...observation], qpos: [...simulator.qpos(state)] };
}

/** Means and standard deviations of each column, in standard errors of their difference. */
function moments(
  what: string,
  rows: readonly Numbers[],
  recorded: { readonly mean: Numbers; readonly std: Numbers },
): Deviation[] {
  const n = rows.length;
  return recorded.mean.flatMap((mean, column) => {
    const values = rows.map((r) => r[column]);
    const ourMean = values.reduce((a, b) => a + b, 0) / n;
    const centred = values.map((v) => v - ourMean);
    const variance = centred.reduce((sum, c) => sum + c * c, 0) / n;
    const fourth = centred.reduce((sum, c) => sum + c ** 4, 0) / n;
    // Quantities that never vary are compared as they are.
    const meanError = Math.max(Math.sqrt(2 * variance / n), 1e-10);
    const stdError = Math.max(Math.sqrt((fourth - variance ** 2) / (2 * n * variance)) || 0, 1e-10);
    const std = recorded.std[column];
    return [
      {
        quantity: `${what} means, standard errors`,
        error: Math.abs(ourMean - mean) / meanError,
        limit: SIGMAS,
      },
      {
        quantity: `${what} deviations, standard errors`,
        error: Math.abs(Math.sqrt(variance) - std) / stdError,
        limit: SIGMAS,
      },
    ];
  });
}

/** Where the can lies in its bin, in eight stripes each way, relative to an even spread. */
function placementDeviations(recorded: Histogram): Deviation[] {
  const task = can(), { pos } = task.scene.furniture[0];
  const places = Array.from(
    { length: recorded.n },
    (_, i) => task.place(address(key(0), "parity placement", i)),
  );
  const stripes = (values: Numbers, [low, high]: readonly [number, number]) => {
    const counts = new Array(8).fill(0);
    for (const v of values) counts[Math.floor(8 * (v - low) / (high - low))]++;
    return counts.map((c) => 8 * c / recorded.n);
  };
  // A stripe holds n/8 of n draws; two such counts differ by √2 of one's standard error.
  const error = Math.sqrt(2 * 8 * (1 - 1 / 8) / recorded.n);
  const deviations = (quantity: string, found: Numbers, expected: Numbers): Deviation[] =>
    found.map((f, i) => ({ quantity, error: Math.abs(f - expected[i]) / error, limit: SIGMAS }));
  return [
    ...deviations(
      "stripes in x, standard errors",
      stripes(places.map((p) => p[0] - pos[0]), recorded.x_range),
      recorded.density_ratio_to_uniform_x8,
    ),
    ...deviations(
      "stripes in y, standard errors",
      stripes(places.map((p) => p[1] - pos[1]), recorded.y_range),
      recorded.density_ratio_to_uniform_y8,
    ),
  ];
}
