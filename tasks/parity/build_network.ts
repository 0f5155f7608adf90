// deno-lint-ignore-file no-explicit-any
/**
 * Networks and diffusion policies from the configuration of a case.
 *
 * @module
 */
import { etaAction, etaFixed, etaState, etaStateAction } from "../../src/diffusion/eta.ts";
import { type DiffusionPolicy, diffusionPolicy } from "../../src/diffusion/policy.ts";
import { criticObs } from "../../src/nn/critic_obs.ts";
import { type ActionCritic, criticObsAct } from "../../src/nn/critic_obs_act.ts";
import type { Denoiser } from "../../src/nn/denoiser.ts";
import { diffusionMlp } from "../../src/nn/diffusion_mlp.ts";
import { mlp } from "../../src/nn/mlp.ts";
import type { Network } from "../../src/nn/network.ts";
import { residualMlp } from "../../src/nn/residual_mlp.ts";
import { unet1d } from "../../src/nn/unet_1d.ts";
import type { tf } from "../../src/tensor/backend.ts";
import { Unsupported } from "./case.ts";

/** Sizes that a case's arrays tell where its configuration does not. */
export interface Sizes {
  readonly action_dim?: number;
  readonly horizon_steps?: number;
  readonly cond_dim?: number;
  readonly action_steps?: number;
}

/** Fields that say nothing about the function. */
const NEUTRAL = ["class", "note", "verbose"];

/** Every field a class takes in a configuration. */
const FIELDS: Readonly<Record<string, string>> = {
  MLP: "dim_list activation_type out_activation_type use_layernorm use_layernorm_final",
  ResidualMLP: "dim_list activation_type out_activation_type use_layernorm use_layernorm_final",
  DiffusionMLP:
    "action_dim horizon_steps cond_dim time_dim mlp_dims cond_mlp_dims activation_type " +
    "out_activation_type use_layernorm residual_style",
  Unet1D:
    "action_dim horizon_steps cond_dim diffusion_step_embed_dim dim dim_mults smaller_encoder " +
    "cond_mlp_dims kernel_size n_groups activation_type cond_predict_scale groupnorm_eps",
  CriticObs: "cond_dim mlp_dims activation_type use_layernorm residual_style",
  CriticObsAct:
    "cond_dim mlp_dims action_dim action_steps activation_type use_layernorm residual_tyle " +
    "residual_style double_q",
  eta:
    "type action_dim input_dim mlp_dims activation_type out_activation_type base_eta min_eta max_eta gain",
};

/** The fields of a class in camelCase, null as absence. Fields that we lack have to be switched off. */
function translated(kind: string, config: Record<string, unknown>): any {
  const fields = FIELDS[kind].split(" "), known = new Set([...NEUTRAL, ...fields]);
  const unknown = Object.keys(config).filter((name) => !known.has(name) && config[name]);
  if (unknown.length > 0) throw new Unsupported(`${unknown.join(", ")} of ${kind}`);
  return Object.fromEntries(
    fields.filter((name) => config[name] != null)
      .map((name) => [name.replace(/_(\w)/g, (_, c) => c.toUpperCase()), config[name]]),
  );
}

/** A `DiffusionMLP` or `Unet1D`. */
export function denoiserOf(config: any, sizes: Sizes = {}): Denoiser {
  const { action_dim, horizon_steps, cond_dim } = sizes;
  const complete = { action_dim, horizon_steps, cond_dim, ...config };
  if (config.class === "DiffusionMLP") {
    return diffusionMlp({ mlpDims: [256, 256], ...translated("DiffusionMLP", complete) });
  }
  if (config.class === "Unet1D") return unet1d(translated("Unet1D", complete));
  throw new Unsupported(`network ${config.class}`);
}

/** A `CriticObs`. */
export const valueCriticOf = (config: any, sizes: Sizes = {}): Network<[cond: tf.Tensor]> =>
  criticObs(translated("CriticObs", { cond_dim: sizes.cond_dim, ...config }));

/** A `CriticObsAct`. Its flag is spelled `residual_tyle`; `residual_style` does nothing there. */
export function actionCriticOf(config: any, sizes: Sizes = {}): ActionCritic {
  const { action_dim, action_steps, cond_dim } = sizes;
  const fields = translated("CriticObsAct", { action_dim, action_steps, cond_dim, ...config });
  return criticObsAct({ ...fields, residualStyle: fields.residualTyle ?? false });
}

/** An `MLP` or `ResidualMLP`. */
export function perceptronOf(config: any): Network<[x: tf.Tensor]> {
  if (config.class === "MLP") return mlp(translated("MLP", config));
  if (config.class === "ResidualMLP") return residualMlp(translated("ResidualMLP", config));
  throw new Unsupported(`network ${config.class}`);
}

/** Where the reference's `EtaStateAction` starts by default, unlike the other modules. */
const STATE_ACTION_ETA = { baseEta: 1, minEta: 1e-3, maxEta: 2 };

/** An eta module, by its `type`. */
export function etaOf(config: any, sizes: Sizes = {}): Network<[cond: tf.Tensor]> {
  const { action_dim, cond_dim: input_dim } = sizes;
  const fields = translated("eta", { action_dim, input_dim, ...config });
  switch (config.type) {
    case "fixed":
      return etaFixed(fields);
    case "action":
      return etaAction(fields.actionDim, fields);
    case "state":
      return etaState(fields);
    case "state_action":
      return etaStateAction(fields.actionDim, { ...STATE_ACTION_ETA, ...fields });
  }
  throw new Unsupported(`eta of type ${config.type}`);
}

/** Far below every standard deviation of a reverse step; the package takes only positive floors. */
const NO_FLOOR = 1e-30;

const floorOf = (std?: number): number | undefined => std === 0 ? NO_FLOOR : std;

/** The policy of a case with `model` and `actor`, and `eta` where it has one. */
export function policyOf(config: any, sizes: Sizes = {}): DiffusionPolicy {
  const { model, actor, eta } = config;
  const network = denoiserOf(actor, sizes);
  return diffusionPolicy(
    network,
    {
      denoisingSteps: model.denoising_steps,
      ddimSteps: model.use_ddim ? model.ddim_steps : undefined,
      predictEpsilon: model.predict_epsilon,
      denoisedClipValue: model.denoised_clip_value,
      epsClipValue: model.eps_clip_value,
      randnClipValue: model.randn_clip_value,
      finalActionClipValue: model.final_action_clip_value,
      minSamplingDenoisingStd: floorOf(model.min_sampling_denoising_std),
      minLogprobDenoisingStd: floorOf(model.min_logprob_denoising_std),
    },
    eta?.type
      ? etaOf(eta, { action_dim: network.actionDim, cond_dim: network.condDim })
      : undefined,
  );
}
