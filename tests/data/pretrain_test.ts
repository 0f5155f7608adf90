import { assert, assertEquals, assertThrows } from "@std/assert";
import { formatCheckpoint, parseCheckpoint } from "../../src/data/checkpoint.ts";
import type { Trajectories } from "../../src/data/dataset.ts";
import { pretrain, type PretrainHyper, type PretrainState } from "../../src/data/pretrain.ts";
import { pretrainHyper } from "../../src/data/pretrain_hyper.ts";
import { actorConfig } from "../../src/data/pretrain_settings.ts";
import { diffusionPolicy } from "../../src/diffusion/policy.ts";
import { environments, type EnvName } from "../../src/envs/mod.ts";
import { actorNetwork } from "../../src/nn/actor.ts";
import { diffusionMlp } from "../../src/nn/diffusion_mlp.ts";
import { FormatError } from "../../src/provenance/format_error.ts";
import { restore, snapshot } from "../../src/provenance/snapshot.ts";
import { sizeOf } from "../../src/tensor/params.ts";
import { layoutOf } from "../../src/tensor/params.ts";
import { tensor } from "../../src/tensor/tensor.ts";
import { key } from "../../src/rng/key.ts";

/** The action is the observation, so that there is something to learn. */
const rows = 60, wave = Float32Array.from({ length: rows }, (_, i) => Math.sin(i / 3));
const data: Trajectories = {
  states: tensor([rows, 1], wave),
  actions: tensor([rows, 1], wave),
  rewards: new Float32Array(rows),
  terminals: new Uint8Array(rows),
  trajLengths: Int32Array.of(20, 40),
};
const windows = { horizonSteps: 2, condSteps: 1 };
const network = diffusionMlp({
  actionDim: 1,
  horizonSteps: 2,
  condDim: 1,
  mlpDims: [16, 16, 16],
  activationType: "ReLU",
  residualStyle: true,
});
const policy = diffusionPolicy(network, { denoisingSteps: 5 });

const hyper: PretrainHyper = {
  period: "epoch",
  periods: 60,
  batchSize: 16,
  weightDecay: 1e-6,
  learningRate: { firstCycleSteps: 60, warmupSteps: 1, maxLr: 5e-3, minLr: 1e-3 },
  ema: { decay: 0.9, epochStartEma: 4, updateEmaFreq: 2 },
};

const run = (changes: Partial<PretrainHyper> = {}): PretrainState[] => [
  ...pretrain(policy, data, windows, { ...hyper, ...changes }, key(0)),
];

Deno.test("pre-training lowers the loss", () => {
  const losses = run().map((state) => state.loss);
  assert(losses.at(-1)! < 0.7 * losses[0], `${losses[0]} → ${losses.at(-1)}`);
});

Deno.test("pre-training without a single window is refused", () => {
  const long = { ...windows, horizonSteps: 41 };
  assertThrows(
    () => pretrain(policy, data, long, hyper, key(0)).next(),
    RangeError,
    "Cannot pretrain: no trajectory has 41 steps",
  );
});

Deno.test("pre-training refuses data, windows and numbers that do not fit", () => {
  const refusals: [string, Partial<Trajectories & typeof windows & PretrainHyper>][] = [
    ["horizonSteps must be 2, found 3", { horizonSteps: 3 }],
    ["condSteps times the numbers of a state must be 1, found 2", { condSteps: 2 }],
    ["the numbers of an action must be 1, found 2", { actions: tensor([30, 2], wave) }],
    ["the rows of actions must be 60, found 59", { actions: tensor([59, 1], wave.slice(1)) }],
    ["the sum of trajLengths must be 60, found 61", { trajLengths: Int32Array.of(20, 41) }],
    ["batchSize must be a positive integer, found 0", { batchSize: 0 }],
    ["periods must be a positive integer, found 1.5", { periods: 1.5 }],
  ];
  for (const [message, changed] of refusals) {
    const inputs = [data, windows, hyper].map((input) => ({ ...input, ...changed }));
    const [badData, badWindows, badHyper] = inputs as [Trajectories, typeof windows, PretrainHyper];
    const run = () => pretrain(policy, badData, badWindows, badHyper, key(0)).next();
    assertThrows(run, RangeError, `Cannot pretrain: ${message}`);
  }
});

Deno.test("an epoch is one pass over all windows with its smaller last minibatch", () => {
  // 19 + 39 windows in minibatches of 16: four steps.
  assertEquals(run({ periods: 3 }).map((state) => state.adam.count), [4, 8, 12]);
  assertEquals(run({ periods: 3, period: "step" }).map((state) => state.adam.count), [1, 2, 3]);
});

Deno.test("the average copies the model at first and moves every second epoch", () => {
  const [first, second, third, fourth] = run({ periods: 4 });
  assertEquals(second.average, second.adam.theta);
  assert(first.average !== first.adam.theta);
  assertEquals(third.average, second.average);
  assert(fourth.average !== third.average);
});

Deno.test("n + k periods are n, then k, through a file: at any place in a pass", () => {
  for (const [period, periods] of [["epoch", 5], ["step", 11]] as const) {
    const whole = run({ period, periods });
    for (const state of whole.slice(0, -1)) {
      const { tree, blobs } = snapshot(state);
      const from = restore(tree, (digest) => blobs.get(digest)!) as PretrainState;
      const rest = pretrain(policy, data, windows, { ...hyper, period, periods }, key(0), from);
      assertEquals([...rest], whole.slice(state.period));
    }
  }
});

Deno.test("the same key gives the same bytes, and fewer periods the first of them", () => {
  const long = run({ periods: 3 }), short = run({ periods: 2 });
  assertEquals(short, long.slice(0, 2));
});

Deno.test("a checkpoint comes back as it was, and only for the network it is of", () => {
  const [{ average }] = run({ periods: 1 });
  const one = Float64Array.of(1), zero = Float64Array.of(0);
  const saved = {
    network: average,
    normalization: { observationMin: zero, observationMax: one, actionMin: zero, actionMax: one },
  };
  const bytes = formatCheckpoint(saved);
  assertEquals(parseCheckpoint(bytes, "c.safetensors", average.layout), saved);
  const other = layoutOf([["weight", [1]]]);
  assertThrows(() => parseCheckpoint(bytes, "c.safetensors", other), FormatError);
});

Deno.test("actors of the paper profile have the reference's parameter counts", () => {
  const counts = {
    hopper: 553020,
    walker2d: 568392,
    halfcheetah: 568392,
    lift: 573516,
    can: 575564,
    square: 2305212,
  };
  for (const [name, count] of Object.entries(counts)) {
    const { leaves } = actorNetwork(actorConfig(environments[name as EnvName].spec, "paper"));
    assertEquals(sizeOf(layoutOf(leaves.map((leaf) => [leaf.name, leaf.shape]))), count, name);
  }
  assertEquals(pretrainHyper(environments.square.spec, "paper").periods, 8000);
});
