/**
 * Actions of a diffusion policy, without a gradient.
 *
 * @module
 */
import { evaluate, type Frozen, type Nodes } from "../tensor/engine.ts";
import type { Params } from "../tensor/params.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { ChainNoise } from "./noise.ts";
import { type DiffusionPolicy, requireSteps } from "./policy.ts";
import { recordedChain, sampleChain } from "./sample_chain.ts";

/** Parameters of a policy; `actorFt`, when present, serves the last `ftDenoisingSteps` steps. */
export interface ActorParams {
  readonly actor: Params;
  readonly actorFt?: Params;
  readonly eta?: Params;
}

/** How to sample. */
export interface SampleOptions {
  readonly deterministic: boolean;
  /** F: how many steps `actorFt` serves and, with `recordChain`, how many transitions are recorded. */
  readonly ftDenoisingSteps?: number;
  readonly recordChain?: boolean;
}

/** A sampled chunk per observation. */
export interface Sample {
  /** [B, H · Da] */
  readonly action: Tensor;
  /** [B, F + 1, H · Da], noisiest first, the action last. */
  readonly chain?: Tensor;
}

/**
 * One chunk for each of the observations [B, To · Do].
 *
 * @throws {RangeError} when `ftDenoisingSteps` is not a number of steps that the policy has
 */
export function sample(
  policy: DiffusionPolicy,
  params: ActorParams,
  observation: Tensor,
  noise: ChainNoise,
  options: SampleOptions,
): Sample {
  const { deterministic, recordChain } = options, most = policy.process.steps.length;
  const ftDenoisingSteps = requireSteps("sample", policy, options.ftDenoisingSteps ?? most);
  const given = Object.fromEntries(Object.entries(params).filter(([, p]) => p !== undefined));
  const inputs = { observation, initial: noise.initial, steps: noise.steps };
  const { action, chain } = evaluate(
    given as Frozen,
    inputs,
    (nodes, { observation, ...noise }): Nodes => {
      const { actor, actorFt, eta } = nodes;
      const actors = { actor, actorFt, eta, ftDenoisingSteps };
      const chunks = sampleChain(policy, actors, observation, noise, deterministic);
      const action = chunks[chunks.length - 1];
      return recordChain ? { action, chain: recordedChain(chunks, ftDenoisingSteps) } : { action };
    },
  );
  return recordChain ? { action, chain } : { action };
}
