/**
 * The denoisers that policies are made of, by configuration.
 *
 * @module
 */
import type { Denoiser } from "./denoiser.ts";
import { diffusionMlp, type DiffusionMlpConfig } from "./diffusion_mlp.ts";
import { unet1d, type Unet1dConfig } from "./unet_1d.ts";

/** The network that predicts noise, by the reference's class name. */
export type ActorConfig =
  | { readonly class: "DiffusionMLP" } & DiffusionMlpConfig
  | { readonly class: "Unet1D" } & Unet1dConfig;

/** The denoiser of a configuration. */
export const actorNetwork = (config: ActorConfig): Denoiser =>
  config.class === "DiffusionMLP" ? diffusionMlp(config) : unet1d(config);
