/**
 * PyTorch's names and defaults of optimizers in terms of this package's.
 *
 * @module
 */
import type { OptimizerName } from "../../src/optim/mod.ts";
import { Unsupported } from "./case.ts";

interface Translation {
  readonly optimizer: OptimizerName;
  readonly fields: Readonly<Record<string, string>>;
  readonly defaults: Readonly<Record<string, unknown>>;
}

const COMMON = { lr: "learningRate", weight_decay: "weightDecay" };
const ADAM = { ...COMMON, eps: "eps" };

const TRANSLATIONS: Readonly<Record<string, Translation>> = {
  Adam: { optimizer: "adam", fields: ADAM, defaults: { lr: 1e-3 } },
  AdamW: { optimizer: "adamw", fields: ADAM, defaults: { lr: 1e-3, weight_decay: 1e-2 } },
  RMSprop: {
    optimizer: "rmsprop",
    fields: { ...ADAM, alpha: "alpha", momentum: "momentum", centered: "centered" },
    defaults: { lr: 1e-2 },
  },
  SGD: {
    optimizer: "sgd",
    fields: { ...COMMON, momentum: "momentum", dampening: "dampening", nesterov: "nesterov" },
    defaults: { lr: 1e-3 },
  },
};

/** Options of PyTorch that change how a step is computed, never its result. */
const NEUTRAL = new Set(["foreach", "fused", "capturable", "differentiable"]);

/**
 * The registered name and options of `torch.optim.<name>(params, **options)`.
 *
 * @throws {Unsupported} when the optimizer or an option that is switched on has no counterpart
 */
export function torchOptimizer(name: string, given: object) {
  const translation = TRANSLATIONS[name];
  if (translation === undefined) throw new Unsupported(`torch.optim.${name}`);
  const options: Record<string, unknown> = {};
  for (const [field, value] of Object.entries({ ...translation.defaults, ...given })) {
    if (field in translation.fields) options[translation.fields[field]] = value;
    else if (field === "betas" && name.startsWith("Adam")) {
      [options.beta1, options.beta2] = value as number[];
    } else if (value && !NEUTRAL.has(field)) {
      throw new Unsupported(`${field} of torch.optim.${name}`);
    }
  }
  return { optimizer: translation.optimizer, options };
}
