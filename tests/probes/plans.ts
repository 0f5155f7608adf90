/** How every method trains on a probe, from which demonstrator, and the return it must reach. */
import { type ProbeName, probes } from "../../src/envs/probes/mod.ts";
import { MODES } from "../../src/envs/probes/two_modes.ts";
import type { LearningRate } from "../../src/methods/hyper.ts";
import type { HyperOf, MethodName } from "../../src/methods/mod.ts";
import { tinyHypers } from "../methods/tiny.ts";
import type { Demonstrator } from "../../src/experiments/imitation.ts";

type Hypers = { readonly [N in MethodName]: HyperOf<N> };

export const ENVS = 16;

/** A probe to learn to act in. */
export interface Plan {
  /** A: steps of a chunk. */
  readonly actSteps: number;
  /** Chunks of each environment per iteration. */
  readonly chunks: number;
  readonly demonstrate: Demonstrator;
  /** The pre-trained policy's mean return is at most this. */
  readonly startsBelow: number;
  /** Every method's mean return is at least this, unless it is among `exceptions`. */
  readonly reaches: number;
  readonly exceptions?: Partial<Record<MethodName, number>>;
}

export const plans: Readonly<Record<Exclude<ProbeName, "constantReward">, Plan>> = {
  twoModes: {
    actSteps: 1,
    chunks: 4,
    demonstrate: ([z]) => [MODES[z > 0 ? 0 : 1].at + 0.1 * z],
    startsBelow: 0.5,
    reaches: 0.85,
    // Both climb the critic's gradient from where they are: a chunk near the worse mode stays there, for 0.7 on average.
    exceptions: { qsm: 0.6, dipo: 0.7 },
  },
  twoSteps: {
    actSteps: 1,
    chunks: 4,
    demonstrate: ([z]) => [z],
    startsBelow: 0.55,
    reaches: 0.85,
    // Never leaves what the demonstrator does, it only chooses from it.
    exceptions: { idql: 0.65 },
  },
  signposts: {
    actSteps: 1,
    chunks: 4,
    demonstrate: ([z]) => [0.8 * z],
    startsBelow: 0.75,
    reaches: 0.85,
  },
  pointMass: {
    actSteps: 2,
    chunks: 6,
    demonstrate: ([y, z]) => [y, z],
    startsBelow: -3,
    reaches: -2,
    // Its critic learns one number for all states (quirk Q2), so its advantages are returns.
    exceptions: { dawr: -2.5 },
  },
};

/** The configurations of a probe. */
export function probeHypers(probe: ProbeName, actSteps: number): Hypers {
  const condDim = probes[probe].spec.observationSize;
  const tiny = tinyHypers({ condDim, actSteps, nEnvs: ENVS });
  const replay = { batchSize: 64, replayRatio: 12, bufferSize: 2000, criticLr: constant(1e-2) };
  return {
    dppo: {
      ...tiny.dppo,
      batchSize: 32,
      updateEpochs: 4,
      actorLr: constant(3e-3),
      criticLr: constant(1e-2),
    },
    dipo: {
      ...tiny.dipo,
      ...replay,
      actorLr: constant(5e-3),
      // Stored rewards belong to the actions before they climbed (quirk Q18), which two peaks do not forgive.
      actionLr: probe === "twoModes" ? 0.01 : 0.02,
      actionGradientSteps: 4,
      targetEmaRate: 0.1,
      nCriticWarmupItr: 3,
    },
    idql: {
      ...tiny.idql,
      ...replay,
      actorLr: constant(1e-4),
      evalSampleNum: 16,
      criticTau: 0.1,
    },
    dawr: { ...tiny.dawr, ...replay, actorLr: constant(3e-3) },
    qsm: {
      ...tiny.qsm,
      ...replay,
      actorLr: constant(5e-3),
      qGradCoeff: 2,
      criticTau: 0.1,
      nCriticWarmupItr: 3,
    },
    dql: {
      ...tiny.dql,
      ...replay,
      actorLr: constant(3e-3),
      targetEmaRate: 0.1,
      nCriticWarmupItr: 3,
    },
  };
}

const constant = (lr: number): LearningRate => ({
  lr,
  minLr: lr,
  firstCycleSteps: 1000,
  warmupSteps: 10,
});
