/**
 * The optimizer of an arm.
 *
 * @module
 */
import type { Arm, Setting } from "./cell.ts";

/** An arm and the ω that it has where it sets none. */
export type ArmSetting = Arm & Pick<Setting, "omega">;

/** What ADAPG is compared with. */
export const BASELINE: ArmSetting = { optimizer: "adamw", omega: NaN, variant: {} };

/**
 * β₁ = 0.9 and β₂ = 0.999 as everywhere in the reference; decay is off in fine-tuning; ε is the paper's for ADAPG and
 * PyTorch's default for AdamW.
 */
export const optimizerOptions = ({ optimizer, omega, variant }: ArmSetting) => ({
  learningRate: 0, // every step is given its own
  weightDecay: 0, // train.actor_weight_decay, train.critic_weight_decay
  eps: variant.eps ?? (optimizer === "adamw" ? 1e-8 : 1e-11),
  ...(optimizer === "adapg" ? { omega: variant.omega ?? omega } : {}),
});
