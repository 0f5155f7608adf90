/**
 * Updates of every method, and optimizer steps.
 *
 * @module
 */
import * as tfjs from "@tensorflow/tfjs";
import { environments } from "../../src/envs/mod.ts";
import { configure } from "../../src/experiments/hyperparameters.ts";
import { createMethod, type HyperOf, type MethodName, methods } from "../../src/methods/mod.ts";
import { policyOf } from "../../src/methods/networks.ts";
import { initialize } from "../../src/nn/network.ts";
import { adamw } from "../../src/optim/adamw.ts";
import { adapg } from "../../src/optim/adapg.ts";
import type { Rollout } from "../../src/rl/rollout_types.ts";
import { normal } from "../../src/rng/draw.ts";
import { key } from "../../src/rng/key.ts";
import type { Params } from "../../src/tensor/params.ts";
import { type Figure, inTurn, milliseconds, slower } from "./measure.ts";
import { policyFor } from "./networks.ts";
import { withStockKernels } from "./stock.ts";

/** Random transitions, as many as a minibatch has. */
function transitions(rows: number, hyper: HyperOf<"dppo">): Rollout {
  const { condDim, horizonSteps, actionDim } = hyper.actor, chunk = horizonSteps * actionDim;
  const observations = (seed: number) => normal(key(seed), [rows, condDim]);
  return {
    iteration: 1,
    chunks: rows,
    envs: 1,
    observation: observations(1),
    nextObservation: observations(2),
    lastObservation: normal(key(3), [1, condDim]),
    action: normal(key(4), [rows, hyper.actSteps * actionDim]),
    chain: normal(key(5), [rows, hyper.ftDenoisingSteps + 1, chunk]),
    reward: new Float64Array(rows).fill(1),
    terminated: new Uint8Array(rows),
    truncated: new Uint8Array(rows),
    first: new Uint8Array(rows + 1),
  };
}

const optimizer = adamw({ learningRate: 1e-4 });

/** An update from a rollout of one minibatch: what is derived from the rollout, then one step of each network. */
export function update(name: MethodName, profile: "compact" | "paper"): () => unknown {
  const { spec } = environments.hopper;
  const { hyper } = configure(name, spec, profile, "reference");
  const once = { nEnvs: 1, updateEpochs: 1, replayRatio: 1 };
  const own = { ...(hyper as HyperOf<MethodName>), ...once };
  const method = createMethod(name, { actor: optimizer, critic: optimizer }, own);
  const state = method.init(initialize(policyOf(hyper).network, key(6)), key(7));
  const dppo = configure("dppo", spec, profile, "reference").hyper as HyperOf<"dppo">;
  const rollout = transitions((hyper as HyperOf<MethodName>).batchSize, dppo);
  return () => method.update(state, rollout, key(8));
}

function* updates(): Generator<Figure> {
  for (const profile of ["compact", "paper"] as const) {
    for (const name of Object.keys(methods) as MethodName[]) {
      const call = update(name, profile);
      const time = milliseconds(call);
      // Stock kernels would take minutes at the paper's sizes.
      const stock = profile === "compact" ? withStockKernels(() => milliseconds(call)) : undefined;
      yield slower("update from one minibatch", `${name} ${profile}, hopper`, time, stock);
    }
  }
}

function* optimizerSteps(): Generator<Figure> {
  for (const profile of ["compact", "paper"] as const) {
    const { params } = policyFor("hopper", profile);
    for (const candidate of [adapg({ learningRate: 1e-4 }), optimizer]) {
      const state = candidate.step(candidate.init(params), params) as never;
      const stock = tfjsAdam(params);
      const step = () => candidate.step(state, params);
      const [time, stockTime] = inTurn([step, stock.step], 1000);
      stock.dispose();
      const name = `${candidate.name}, ${params.data.length} parameters`;
      yield slower("optimizer step", name, time, stockTime, "tf.train.adam");
    }
  }
}

/** TensorFlow.js's Adam on the same leaves. */
function tfjsAdam({ layout }: Params) {
  const adam = tfjs.train.adam(1e-4);
  const variables = layout.map(({ shape }) => tfjs.variable(tfjs.ones([...shape])));
  const grads = Object.fromEntries(variables.map((v) => [v.name, tfjs.onesLike(v)]));
  const dispose = () => {
    tfjs.dispose([...variables, ...Object.values(grads)]);
    adam.dispose();
  };
  return { step: () => adam.applyGradients(grads), dispose };
}

/** Updates, then optimizer steps. */
export function* updateFigures(): Generator<Figure> {
  yield* updates();
  yield* optimizerSteps();
}
