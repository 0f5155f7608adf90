/**
 * A comparison of optimizers that takes seconds: DPPO on the point mass, through the loop of Table I.
 *
 * @module
 */
import { pointMass } from "../envs/probes/point_mass.ts";
import { dppo } from "../methods/dppo.ts";
import type { DppoHyper } from "../methods/dppo_hyper.ts";
import type { LearningRate } from "../methods/hyper.ts";
import { optimizerOf } from "../optim/mod.ts";
import { multiStep } from "../rl/multi_step.ts";
import { vectorEnvironment } from "../rl/vector_environment.ts";
import type { Params } from "../tensor/params.ts";
import type { Doubles } from "../tensor/tensor.ts";
import { type ArmSetting, optimizerOptions } from "./arm_optimizer.ts";
import { imitation } from "./imitation.ts";
import type { Trial } from "./run_cell.ts";
import { evaluationStreams, streamsOf } from "./streams.ts";

const constant = (lr: number): LearningRate => ({
  lr,
  minLr: lr,
  firstCycleSteps: 1000,
  warmupSteps: 10,
});

const ACT_STEPS = 2;

const HYPER: DppoHyper = {
  actor: {
    class: "DiffusionMLP",
    actionDim: 1,
    horizonSteps: ACT_STEPS,
    condDim: 1,
    timeDim: 4,
    mlpDims: [16, 16, 16],
    activationType: "ReLU",
    residualStyle: true,
  },
  diffusion: { denoisingSteps: 5, randnClipValue: 3 },
  actSteps: ACT_STEPS,
  nEnvs: 16,
  gamma: 0.9,
  actorLr: constant(3e-3),
  criticLr: constant(1e-2),
  nCriticWarmupItr: 0,
  maxGradNorm: null,
  critic: { mlpDims: [16, 16, 16], activationType: "Mish", residualStyle: true },
  ftDenoisingSteps: 3,
  gammaDenoising: 0.99,
  clipPlossCoef: 0.1,
  clipPlossCoefBase: 0.1,
  clipPlossCoefRate: 3,
  gaeLambda: 0.95,
  rewardScaleRunning: true,
  rewardScaleConst: 1,
  batchSize: 32,
  updateEpochs: 4,
  rewardHorizon: ACT_STEPS,
  normAdv: true,
  clipAdvantageLowerQuantile: 0,
  clipAdvantageUpperQuantile: 1,
  clipVlossCoef: null,
  vfCoef: 0.5,
  entCoef: 0,
  bcLossCoeff: 0,
  targetKl: 1,
  fidelity: { truncation: "reference", rewardScaler: "reference", logProb: "reference" },
};

/** What the comparison starts from: an imitation of random pushes, with a mean return of about −3. */
export const randomPushes = (): Params => imitation(HYPER, (random) => random);

/** One arm from a seed. */
export function probeTrial(
  arm: ArmSetting,
  seed: number,
  pretrained: Params,
): Trial<unknown, Doubles> {
  const optimizer = optimizerOf(arm.optimizer, optimizerOptions(arm));
  const env = multiStep(pointMass, 1), owner = { env: "point mass", method: "dppo" };
  return {
    method: dppo({ actor: optimizer, critic: optimizer }, HYPER),
    pretrained,
    env: vectorEnvironment(env, HYPER.nEnvs),
    loop: {
      iterations: 25,
      nSteps: 6,
      valFreq: 8,
      resetAtIteration: false,
      resetAfterEvaluation: false,
      bestRewardThresholdForSuccess: 0,
      curveEpisodes: 16,
    },
    evaluation: { env, episodes: 64, actSteps: ACT_STEPS, streams: evaluationStreams(owner.env) },
    streams: streamsOf({ ...owner, seed }),
  };
}
