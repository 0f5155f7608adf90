/**
 * Configurations of the methods that learn from a replay. Names are the reference's in camelCase.
 *
 * @module
 */
import type { CriticHyper, Fidelity, MethodHyper } from "./hyper.ts";

/** Common to the five. */
export interface ReplayHyper extends MethodHyper {
  /** Transitions of a minibatch. */
  readonly batchSize: number;
  /** Minibatches per iteration, times the batch size, over the transitions collected. */
  readonly replayRatio: number;
  /** Transitions held, in the unit of `bufferUnit`. */
  readonly bufferSize: number;
  /** What the buffer counts: single transitions or steps of all environments. */
  readonly bufferUnit: "transitions" | "vector steps";
  /** Factor on stored rewards. */
  readonly scaleRewardFactor: number;
  /** Which quirks are kept. */
  readonly fidelity: ReplayFidelity;
}

/** Quirks of the reference that change results, by their number in the list of known quirks. */
export interface ReplayFidelity {
  /** Q6: gym's time limit counts as termination; corrected: it bootstraps. */
  readonly timeLimit: Fidelity;
}

/** DAWR: advantage-weighted regression. */
export interface DawrHyper extends ReplayHyper {
  /** V */
  readonly critic: CriticHyper;
  /** Minibatches of the actor per minibatch of the critic. */
  readonly criticUpdateRatio: number;
  /** β: weights are exp(β Â) up to `maxAdvWeight`. */
  readonly beta: number;
  /** Greatest weight. */
  readonly maxAdvWeight: number;
  /** Which quirks are kept. */
  readonly fidelity: DawrFidelity;
}

/** See {@link ReplayFidelity}. */
export interface DawrFidelity extends ReplayFidelity {
  /** Q2: each value is regressed to the minibatch's mean target; corrected: to its own. */
  readonly criticPairing: Fidelity;
  /** Q3: the critic draws only from the oldest 1/E of the buffer; corrected: from all of it. */
  readonly criticIndices: Fidelity;
  /** Q4: TD(λ) discounts by 0.99 whatever γ is; corrected: by γ. */
  readonly tdDiscount: Fidelity;
  /** Q5: TD(λ) runs on over truncations and between iterations; corrected: it bootstraps and stops there. */
  readonly tdEnds: Fidelity;
}

/** DIPO: actions improved along the critic's gradient, then imitated. */
export interface DipoHyper extends ReplayHyper {
  /** Q₁, Q₂: values of a state and an action. */
  readonly critic: CriticHyper;
  /** Share of the trained weights that target networks take over per step, in [0, 1]. */
  readonly targetEmaRate: number;
  /** Learning rate of the actions. */
  readonly actionLr: number;
  /** Steps of each action along the critic's gradient. */
  readonly actionGradientSteps: number;
  /** Which quirks are kept. */
  readonly fidelity: DipoFidelity;
}

/** See {@link ReplayFidelity}. */
export interface DipoFidelity extends ReplayFidelity {
  /** Q18: one gradient norm is clipped over the whole minibatch; corrected: each chunk's own. */
  readonly actionClip: Fidelity;
  /** Q18: improved chunks replace the stored ones, whose rewards stay; corrected: they do not. */
  readonly writeBack: Fidelity;
}

/** IDQL: imitation, with candidates chosen by an implicit critic. */
export interface IdqlHyper extends ReplayHyper {
  /** Q₁, Q₂: values of a state and an action. */
  readonly criticQ: CriticHyper;
  /** V: the state value. */
  readonly criticV: CriticHyper;
  /** Share of the trained weights that target networks take over per step, in [0, 1]. */
  readonly criticTau: number;
  /** τ of the value's expectile regression, in (0, 1). */
  readonly expectile: number;
  /** Candidates per observation. */
  readonly evalSampleNum: number;
  /** Weight of candidates above the value; the others have 1 minus it. */
  readonly criticHyperparam: number;
  /** Which quirks are kept. */
  readonly fidelity: StaleFidelity;
}

/** QSM: the predicted noise follows the critic's action gradient. */
export interface QsmHyper extends ReplayHyper {
  /** Q₁, Q₂: values of a state and an action. */
  readonly critic: CriticHyper;
  /** Share of the trained weights that target networks take over per step, in [0, 1]. */
  readonly criticTau: number;
  /** Factor on the action gradient. */
  readonly qGradCoeff: number;
  /** Which quirks are kept. */
  readonly fidelity: StaleFidelity;
}

/** See {@link ReplayFidelity}. */
export interface StaleFidelity extends ReplayFidelity {
  /** Q9: after a truncation the policy sees the old episode's last observation once; corrected: it does not. */
  readonly staleObservation: Fidelity;
}

/** DQL: the critic's gradient through the whole denoising chain. */
export interface DqlHyper extends ReplayHyper {
  /** Q₁, Q₂: values of a state and an action. */
  readonly critic: CriticHyper;
  /** Share of the trained weights that target networks take over per step, in [0, 1]. */
  readonly targetEmaRate: number;
  /** Weight of the critic's term against imitation. */
  readonly eta: number;
  /** Which quirks are kept. */
  readonly fidelity: DqlFidelity;
}

/** See {@link ReplayFidelity}. */
export interface DqlFidelity extends ReplayFidelity {
  /** Q20: the policy imitates the chunks it just sampled, with gradient; corrected: the stored ones. */
  readonly cloning: Fidelity;
}
