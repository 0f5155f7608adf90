import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { join, relative } from "@std/path";
import { mujocoEngines } from "../../src/adapters/mujoco_engines.ts";
import { environments } from "../../src/envs/mod.ts";
import { type Cell, DEFAULTS } from "../../src/experiments/cell.ts";
import { snapshot } from "../../src/provenance/snapshot.ts";
import { playPolicy } from "../../tasks/render/policy_episode.ts";
import { CellFolder } from "../../tasks/study/cell_store.ts";
import { runDeno, runTask } from "../run_deno.ts";

Deno.test("tasks refuse values of flags in one line, saying what is allowed", async () => {
  const cases: [task: string, args: string[], message: string][] = [
    ["bench", ["toString"], "PART must be one of networks, updates, environments, "],
    ["bench_data", ["0"], 'MIB must be an integer from 1 to 9999, found "0"'],
    ["parity", [], "DIR must be one folder"],
    ["bench/blas", ["--blas-threads", "abc"], "--blas-threads must be an integer from 1 to 64"],
    [
      "data_import",
      ["--from", ".", "--env", "lift", "--max-episodes", "2.5"],
      '--max-episodes must be a positive integer, found "2.5"',
    ],
    [
      "render",
      ["--env", "can", "--episode", "-1"],
      '--episode must be a non-negative integer, found "-1"',
    ],
    ["render", ["--env", "can", "--width", "1921"], "--width must be an integer from 1 to 1920"],
    [
      "render",
      ["--env", "hopper", "--width", "1920", "--rate", "999", "--out", ".work/tmp/never.gif"],
      "frames of 1920 × 1440 pixels are more than 268435456 pixels in all; lower --width or --rate",
    ],
    ["render", ["--env", "can", "--out", "tasks"], "Cannot write tasks: it is a folder"],
    ["render", ["--env", "can", "--method", "dppo"], "--method needs --run"],
    ["render", ["--env", "can", "--profile", "paper"], "--profile needs --checkpoint or --run"],
    [
      "pretrain",
      ["--env", "hopper", "--blas-threads", "2"],
      "--blas-threads needs --numerics blas",
    ],
    ["pretrain", ["--env", "hopper", "--numerics", "blas"], "use deno task pretrain:blas"],
    ["reproduce", ["table1", "--numerics", "blas"], "use deno task reproduce:table1:blas"],
    ["reproduce", ["table1", "--out", "results/claims.md"], "results/claims.md is no folder"],
    ["data_import", ["--from", "", "--env", "lift"], "--from must not be empty"],
    ["checkpoint_import", ["--from", "x", "--profile", "compact"], "--profile needs --env"],
    [
      "checkpoint_import",
      ["--from", "x"],
      "Cannot read x: No such file or directory (os error 2)\n",
    ],
    [
      "data_import",
      ["--from", "fixtures/data/dppo_lift", "--env", "lift", "--dry-run", "--filter-key", "x"],
      "--filter-key is for data of robomimic, found dppo",
    ],
    [
      "data_import",
      ["--from", "fixtures/data/lift_10.hdf5", "--env", "lift", "--dry-run", "--keep-unfinished"],
      "--keep-unfinished is for data of d4rl, found robomimic",
    ],
    [
      "render",
      [],
      `--env must be one of ${Object.keys(environments).join(", ")}, found n`,
    ],
  ];
  for (const [task, args, message] of cases) {
    const { code, error } = task === "bench"
      ? await runDeno([
        "run",
        "--no-prompt",
        "--allow-read",
        "--allow-sys",
        "tasks/bench.ts",
        ...args,
      ])
      : await runTask(task, ...args);
    assertEquals([code, error.trimEnd().split("\n").length], [1, 1], error);
    assertStringIncludes(error, message);
  }
});

Deno.test("a policy outside the project's folder is refused by where it must lie", async () => {
  const { code, error } = await runDeno(
    ["run", "--no-prompt", "--allow-read=.", "tasks/reproduce.ts", "table1"]
      .concat("--only", "hopper/dppo", "--pretrained", "/nowhere/x.safetensors", "--dry-run"),
  );
  const message = "Cannot read /nowhere/x.safetensors: it must lie below the project's folder";
  assertEquals([code, error], [1, `error: ${message}\n`]);
});

Deno.test("render refuses a run of another method", () => {
  const folder = Deno.makeTempDirSync();
  try {
    const { tree, blobs } = snapshot({ state: { actor: null } });
    const kept = { tree, digests: [], metrics: [] };
    new CellFolder(folder, "id").keep(kept, Object.fromEntries(blobs));
    const arm = { optimizer: "adamw", variant: {}, seed: 0 } as const;
    const cell: Cell = { ...DEFAULTS, env: "hopper", method: "dppo", ...arm };
    const run = relative(".work/cells", join(folder, "id"));
    assertThrows(
      () => playPolicy({ cell, run }, mujocoEngines, 0),
      Error,
      `Cannot render: run ${run} holds other networks than dppo on hopper`,
    );
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

const OWN_DATA = ["--env", "hopper", "--data", "fixtures/data/dppo_hopper"];

Deno.test("tasks that work for long refuse at once to begin where they may not write", async () => {
  const cases: [folder: string, task: string, ...args: string[]][] = [
    ["results/never/compact-smoke", "reproduce", "table1", "--out", "results/never"],
    ["fixtures/never", "pretrain", ...OWN_DATA, "--out", "fixtures/never/x.safetensors"],
    ["fixtures/envs/hopper", "source_policy", "--env", "hopper"],
    [".work/data/hopper", "data_generate", "--env", "hopper"],
  ];
  for (const [folder, task, ...args] of cases) {
    const may = ["--no-prompt", "--allow-read", "--allow-write=.work/tmp"];
    const { code, error } = await runDeno(["run", ...may, `tasks/${task}.ts`, ...args]);
    assertEquals(code, 1);
    assertStringIncludes(error, `error: Cannot write ${folder}`);
    assertEquals(error.trim().split("\n").length, 1);
  }
});
