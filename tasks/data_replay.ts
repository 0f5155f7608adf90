/**
 * Executes the recorded actions of robosuite demonstrations in our tasks, from the recorded initial states.
 *
 * @module
 */
import type { RecordedRun } from "../src/data/import/robomimic_runs.ts";
import { CHUNK } from "../src/data/pretrain_settings.ts";
import { environments } from "../src/envs/mod.ts";
import { type ReplayedRun, replayRun } from "../src/experiments/replay_run.ts";
import type { ReplayJob } from "./data_replay_worker.ts";
import { integerOf, oneOf } from "./flag_checks.ts";
import { flagValues, HELP_OPTION, usageOf } from "./flag_values.ts";
import { patienceWith, runGuarded } from "./guarded_worker.ts";
import { readJson } from "./io.ts";
import { main } from "./main.ts";
import { dismantle, rigOf, taskOf } from "./parity/arm_rig.ts";

const TASKS = ["lift", "can", "square"] as const;

const HELP =
  `Execute the actions of a robomimic HDF5 file in our task of that name, each demonstration from its
recorded first state, and count how many still succeed.

Usage: deno task data:replay --from FILE --env NAME [flags]

  --from FILE       the HDF5 file; it must hold the simulator's states
  --env NAME        ${TASKS.join(", ")}
  --sizes FILE      Lift: JSON with the cubes' half sizes in m (0.021 in each direction):
                    {"demos": [{"demo": "demo_0", "cube_half_size": [0.02, 0.021, 0.022]}, …]}
  --max-episodes N  use only the first N demonstrations
  --help            this text

Writes nothing.

Example: deno task data:replay --from low_dim_v141.hdf5 --env lift`;

const OPTIONS = {
  from: { type: "string" },
  env: { type: "string" },
  sizes: { type: "string" },
  "max-episodes": { type: "string" },
  ...HELP_OPTION,
} as const;

/** Scores as the tables do; an object that is off by more than a finger's width is elsewhere. */
const RULE = { chunk: CHUNK.horizonSteps, tolerance: 0.01 };

type CubeSizes = ReadonlyMap<string, readonly number[]>;

const usage = usageOf("data:replay");

main(async () => {
  const flags = flagValues(Deno.args, OPTIONS, usage);
  if (flags.help) return console.log(HELP);
  const { from, sizes: sizesFile } = flags, most = flags["max-episodes"];
  if (from === undefined) throw usage("--from is missing");
  const env = oneOf("env", TASKS, flags.env);
  if (sizesFile !== undefined && env !== "lift") throw usage("--sizes is for lift only");
  const maxEpisodes = most === undefined ? undefined : integerOf("max-episodes", most, 1);
  const job: ReplayJob = { file: from, spec: environments[env].spec, maxEpisodes };
  const sizes = sizesFile === undefined ? undefined : cubeSizes(sizesFile);
  const runs = await runGuarded<readonly RecordedRun[]>(
    new URL("./data_replay_worker.ts", import.meta.url),
    job,
    { read: [from], patience: patienceWith([from]), name: `read ${from}` },
  );
  console.log(tableOf(env, replayAll(env, runs, sizes)));
});

function cubeSizes(file: string): CubeSizes {
  const { demos } = (readJson(file) ?? {}) as { readonly demos?: unknown };
  if (!Array.isArray(demos)) throw new Error(`Cannot read ${file}: it has no list "demos"`);
  return new Map(demos.map((value, i) => {
    const { demo, cube_half_size: size } = (value ?? {}) as Record<string, unknown>;
    const isSize = Array.isArray(size) && size.length === 3 && size.every(isHalfSize);
    if (typeof demo === "string" && isSize) return [demo, size];
    throw new Error(
      `Cannot read ${file}: demos[${i}]: need "demo" and three numbers "cube_half_size" in (0, 0.1)`,
    );
  }));
}

function isHalfSize(value: unknown): value is number {
  return typeof value === "number" && value > 0 && value < 0.1;
}

function replayAll(
  env: typeof TASKS[number],
  runs: readonly RecordedRun[],
  sizes?: CubeSizes,
): ReplayedRun[] {
  const unknown = sizes && runs.find((run) => !sizes.has(run.name));
  if (unknown) throw new Error(`Cannot replay ${unknown.name}: --sizes has no cube for it`);
  const shared = sizes === undefined ? rigOf(taskOf(env)) : undefined;
  const outcomes: ReplayedRun[] = [];
  for (const run of runs) {
    const rig = shared ?? rigOf(taskOf(env, sizes!.get(run.name)));
    outcomes.push(replayRun(rig.env, rig.simulator, run, RULE));
    if (rig !== shared) dismantle(rig);
    if (outcomes.length % Math.ceil(runs.length / 10) === 0) {
      console.log(`${outcomes.length}/${runs.length}  ${count(outcomes, "solved")} solved`);
    }
  }
  return outcomes;
}

const count = (outcomes: readonly ReplayedRun[], what: "solved" | "scored"): number =>
  outcomes.filter((outcome) => outcome[what]).length;

function tableOf(env: string, outcomes: readonly ReplayedRun[]): string {
  const all = outcomes.length, steps = outcomes.reduce((n, outcome) => n + outcome.steps, 0);
  const share = (n: number) => `${n}`.padEnd(5) + `${(100 * n / all).toFixed(1)} %`.padEnd(9);
  const off = outcomes.map((outcome) => outcome.offAt).filter((step) => step !== undefined);
  const first = off.reduce((sum, step) => sum + step, 0) / off.length;
  return [
    `environment   ${env}`,
    `episodes      ${all}, ${steps} steps`,
    `solved        ${share(count(outcomes, "solved"))}in some step`,
    `scored        ${share(count(outcomes, "scored"))}in all ${RULE.chunk} steps of a chunk`,
    `object off    ${share(off.length)}by more than ${RULE.tolerance * 100} cm` +
    (off.length === 0 ? "" : `, first in step ${first.toFixed(1)} on average`),
  ].join("\n");
}
