/** Every method at a size that updates in milliseconds. */
import type { Fidelity, LearningRate, MethodHyper } from "../../src/methods/hyper.ts";
import type { HyperOf, MethodName } from "../../src/methods/mod.ts";
import { policyOf } from "../../src/methods/networks.ts";
import { initialize } from "../../src/nn/network.ts";
import { key } from "../../src/rng/key.ts";
import type { Params } from "../../src/tensor/params.ts";

/** What tests vary. */
export interface TinySize {
  /** To · Do. */
  readonly condDim: number;
  /** Steps of a chunk, all executed. */
  readonly actSteps: number;
  readonly nEnvs: number;
  readonly fidelity?: Fidelity;
}

const constant = (lr: number): LearningRate => ({
  lr,
  minLr: lr,
  firstCycleSteps: 1000,
  warmupSteps: 10,
});

const critic = { mlpDims: [16, 16, 16], activationType: "Mish" } as const;
const valueCritic = { ...critic, residualStyle: true };

const shared = ({ condDim, actSteps, nEnvs }: TinySize): MethodHyper => ({
  actor: {
    class: "DiffusionMLP",
    actionDim: 1,
    horizonSteps: actSteps,
    condDim,
    timeDim: 4,
    mlpDims: [16, 16, 16],
    activationType: "ReLU",
    residualStyle: true,
  },
  diffusion: { denoisingSteps: 5, randnClipValue: 3 },
  actSteps,
  nEnvs,
  gamma: 0.9,
  actorLr: constant(1e-3),
  criticLr: constant(3e-3),
  nCriticWarmupItr: 0,
  maxGradNorm: null,
});

/** A configuration of every method. */
export function tinyHypers(size: TinySize): { readonly [N in MethodName]: HyperOf<N> } {
  const common = shared(size), { fidelity = "reference" } = size;
  const replay = {
    ...common,
    batchSize: 16,
    replayRatio: 2,
    bufferSize: 500,
    bufferUnit: "transitions",
    scaleRewardFactor: 1,
  } as const;
  return {
    dppo: {
      ...common,
      critic: valueCritic,
      ftDenoisingSteps: 3,
      gammaDenoising: 0.99,
      clipPlossCoef: 0.1,
      clipPlossCoefBase: 0.1,
      clipPlossCoefRate: 3,
      gaeLambda: 0.95,
      rewardScaleRunning: true,
      rewardScaleConst: 1,
      batchSize: 10,
      updateEpochs: 2,
      rewardHorizon: size.actSteps,
      normAdv: true,
      clipAdvantageLowerQuantile: 0,
      clipAdvantageUpperQuantile: 1,
      clipVlossCoef: null,
      vfCoef: 0.5,
      entCoef: 0,
      bcLossCoeff: 0,
      targetKl: 1,
      fidelity: { truncation: fidelity, rewardScaler: fidelity, logProb: fidelity },
    },
    dipo: {
      ...replay,
      critic,
      targetEmaRate: 0.05,
      actionLr: 0.02,
      actionGradientSteps: 3,
      fidelity: { timeLimit: fidelity, actionClip: fidelity, writeBack: fidelity },
    },
    idql: {
      ...replay,
      criticQ: critic,
      criticV: valueCritic,
      criticTau: 0.05,
      expectile: 0.8,
      evalSampleNum: 5,
      criticHyperparam: 0.7,
      fidelity: { timeLimit: fidelity, staleObservation: fidelity },
    },
    dawr: {
      ...replay,
      critic: valueCritic,
      criticUpdateRatio: 2,
      beta: 3,
      maxAdvWeight: 20,
      fidelity: {
        timeLimit: fidelity,
        criticPairing: fidelity,
        criticIndices: fidelity,
        tdDiscount: fidelity,
        tdEnds: fidelity,
      },
    },
    qsm: {
      ...replay,
      critic,
      criticTau: 0.05,
      qGradCoeff: 1,
      fidelity: { timeLimit: fidelity, staleObservation: fidelity },
    },
    dql: {
      ...replay,
      critic,
      targetEmaRate: 0.05,
      eta: 1,
      fidelity: { timeLimit: fidelity, cloning: fidelity },
    },
  };
}

/** An untrained policy for any of them. */
export const untrained = (hyper: MethodHyper): Params =>
  initialize(policyOf(hyper).network, key(7));
