/**
 * What every method is configured with. Names are the reference's in camelCase.
 *
 * @module
 */
import type { DiffusionConfig } from "../diffusion/policy.ts";
import type { ActorConfig } from "../nn/actor.ts";
import type { CriticObsConfig } from "../nn/critic_obs.ts";

/** What the reference does, or what it means to do. */
export type Fidelity = "reference" | "corrected";

/** A learning rate that warms up and falls as a cosine, once per iteration; constant where both ends are equal. */
export interface LearningRate {
  /** Highest rate, reached after the warm-up. */
  readonly lr: number;
  /** Lowest rate: of the very first step and towards the end of a cycle. */
  readonly minLr: number;
  /** Iterations of a cycle, warm-up included. */
  readonly firstCycleSteps: number;
  /** Iterations in which the rate rises linearly. */
  readonly warmupSteps: number;
}

/** A critic's sizes; its inputs follow from the actor's. */
export type CriticHyper = Omit<CriticObsConfig, "condDim">;

/** Common to all methods. */
export interface MethodHyper {
  /** The network that predicts noise. */
  readonly actor: ActorConfig;
  /** Denoising steps, their process and the clips of a chain. */
  readonly diffusion: DiffusionConfig;
  /** A: executed steps of a chunk. */
  readonly actSteps: number;
  /** E: environments of a rollout. */
  readonly nEnvs: number;
  /** γ: discount per chunk, in [0, 1]. */
  readonly gamma: number;
  /** Of the actor's optimizer. */
  readonly actorLr: LearningRate;
  /** Of the critics' optimizer. */
  readonly criticLr: LearningRate;
  /** Iterations, evaluations included, before the actor is trained. */
  readonly nCriticWarmupItr: number;
  /** Bound on the global norm of the actor's gradient; null for none. */
  readonly maxGradNorm: number | null;
}
