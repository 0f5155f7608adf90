/**
 * Measures matrix products by BLAS against the strict kernels, in gradients, samples and updates at the reference's
 * sizes.
 *
 * Usage: deno task bench:blas --help
 *
 * @module
 */
import { installBlas } from "../../src/adapters/blas.ts";
import type { BlasOptions } from "../../src/adapters/blas_library.ts";
import { drawNoise } from "../../src/diffusion/noise.ts";
import { sample } from "../../src/diffusion/sample.ts";
import { environments, type EnvName } from "../../src/envs/mod.ts";
import { configure } from "../../src/experiments/hyperparameters.ts";
import { dppoGradients } from "../../src/methods/dppo_gradients.ts";
import { dppoSetup } from "../../src/methods/dppo_state.ts";
import { type HyperOf, type MethodName, methods } from "../../src/methods/mod.ts";
import { initialize } from "../../src/nn/network.ts";
import { normal } from "../../src/rng/draw.ts";
import { key } from "../../src/rng/key.ts";
import { tf } from "../../src/tensor/backend.ts";
import { valueAndGrad } from "../../src/tensor/engine.ts";
import { install } from "../../src/tensor/kernels/install.ts";
import { strictKernels } from "../../src/tensor/kernels/strict.ts";
import { NUMERICS_OPTIONS, numericsOf } from "../flag_checks.ts";
import { flagValues, HELP_OPTION, usageOf } from "../flag_values.ts";
import { main } from "../main.ts";
import { policyFor } from "./networks.ts";
import { update } from "./updates.ts";

/** Work to measure; `operations` of its matrix products, where they are known. */
interface Work {
  readonly name: string;
  readonly operations?: number;
  run(): unknown;
}

/** Loss and gradient of an actor; a weight of a matrix costs two operations forward and four backward. */
function gradient(env: EnvName, batch: number): Work {
  const { policy: { network }, params } = policyFor(env, "paper");
  const inputs = {
    x: normal(key(2), [batch, network.horizonSteps * network.actionDim]),
    cond: normal(key(3), [batch, network.condDim]),
    t: { shape: [batch], data: new Float32Array(batch).fill(3) },
  };
  const weights = network.leaves.filter(({ shape }) => shape.length === 2);
  return {
    name: `${env} actor, forward and backward, batch ${batch}`,
    operations: 6 * batch * weights.reduce((sum, { shape: [out, ins] }) => sum + out * ins, 0),
    run: () =>
      valueAndGrad(params, {}, inputs, (w, _, { x, t, cond }) => ({
        loss: tf.mean(tf.square(network.apply(w, x, t, cond))),
      })),
  };
}

/** A chunk of actions for each observation. */
function sampling(batch: number): Work {
  const { hyper, policy, params } = policyFor("hopper", "paper");
  const observation = normal(key(4), [batch, hyper.actor.condDim]);
  const noise = drawNoise(policy, key(5), batch);
  return {
    name: `hopper, sampling at ${batch} observations`,
    run: () => sample(policy, { actor: params }, observation, noise, { deterministic: false }),
  };
}

/** All but DPPO, whose update from one rollout has many minibatches. */
const replayMethods = (Object.keys(methods) as MethodName[]).filter((name) => name !== "dppo");

/** One update of actor and critic. */
const updating = (name: MethodName): Work => ({
  name: `hopper, ${name} update from one minibatch`,
  run: update(name, "paper"),
});

/** Gradients of actor and critic for one minibatch of DPPO. */
function minibatch(): Work {
  const { spec } = environments.hopper;
  const hyper = configure("dppo", spec, "paper", "reference").hyper as HyperOf<"dppo">;
  const setup = dppoSetup(hyper), { batchSize: rows, ftDenoisingSteps: steps, actor } = hyper;
  const column = (seed: number) => normal(key(seed), [rows]);
  const batch = {
    observation: normal(key(1), [rows, actor.condDim]),
    chain: normal(key(2), [rows, steps + 1, actor.horizonSteps * actor.actionDim]),
    oldLogProb: normal(key(3), [rows, steps]),
    values: column(4),
    advantages: column(5),
    returns: column(6),
  };
  const params = {
    actorFt: initialize(setup.policy.network, key(7)),
    critic: initialize(setup.critic, key(8)),
  };
  return {
    name: `hopper, DPPO minibatch of ${rows} chunks`,
    run: () => dppoGradients(setup, params, batch),
  };
}

/** The shortest of some calls in milliseconds, after one to warm up: what other work on the machine disturbs least. */
function shortest(run: () => unknown): number {
  run();
  let best = Infinity;
  for (let spent = 0, calls = 0; calls < 3 || (spent < 1000 && calls < 100); calls++) {
    const start = performance.now();
    run();
    const time = performance.now() - start;
    best = Math.min(best, time);
    spent += time;
  }
  return best;
}

function report({ name, operations, run }: Work, blas: BlasOptions): void {
  installBlas(blas);
  const fast = shortest(run);
  install(strictKernels);
  const strict = shortest(run);
  const rate = operations === undefined ? "" : `${(operations / fast / 1e6).toFixed(0)} GFLOP/s`;
  console.log(
    `${name.padEnd(52)}${fast.toFixed(1).padStart(8)} ms${rate.padStart(13)}` +
      `   ${(strict / fast).toFixed(1)} times as fast as strict (${strict.toFixed(1)} ms)`,
  );
}

const HELP =
  `Measure matrix products by a BLAS library against the strict kernels, in gradients, samples and
updates at the reference's sizes. Prints milliseconds, GFLOP/s and how many times as fast as strict
each is.

Usage: deno task bench:blas [flags]

  --blas-library PATH  which library (OpenBLAS, from apt-get install libopenblas0-pthread;
                       Accelerate on macOS)
  --blas-threads N     threads of each matrix product, from 1 to 64 (1)
  --help               this text

Writes nothing.

Example: deno task bench:blas --blas-threads 2`;

const { numerics: _, ...BLAS_OPTIONS } = NUMERICS_OPTIONS;

await main(() => {
  const options = { ...BLAS_OPTIONS, ...HELP_OPTION } as const;
  const { help, ...values } = flagValues(Deno.args, options, usageOf("bench:blas"));
  if (help) return console.log(HELP);
  const blas = numericsOf({ ...values, numerics: "blas" }).blas!;
  console.log(installBlas(blas));
  for (const env of Object.keys(environments) as EnvName[]) report(gradient(env, 1000), blas);
  report(gradient("hopper", 5000), blas);
  for (const observations of [1, 40]) report(sampling(observations), blas);
  report(minibatch(), blas);
  replayMethods.forEach((name) => report(updating(name), blas));
});
