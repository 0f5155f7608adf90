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
  readonly lr: number;
  readonly minLr: number;
  readonly firstCycleSteps: number;
  readonly warmupSteps: number;
}

/** A critic's sizes; its inputs follow from the actor's. */
export type CriticHyper = Omit<CriticObsConfig, "condDim">;

/** Common to all methods. */
export interface MethodHyper {
  readonly actor: ActorConfig;
  readonly diffusion: DiffusionConfig;
  /** A: executed steps of a chunk. */
  readonly actSteps: number;
  /** E */
  readonly nEnvs: number;
  /** Discount per chunk. */
  readonly gamma: number;
  readonly actorLr: LearningRate;
  readonly criticLr: LearningRate;
  /** Iterations, evaluations included, before the actor is trained. */
  readonly nCriticWarmupItr: number;
  /** Bound on the global norm of the actor's gradient; null for none. */
  readonly maxGradNorm: number | null;
}
