/**
 * From a cell's name to everything that runs it.
 *
 * @module
 */
import { parseCheckpoint } from "../data/checkpoint.ts";
import { checkpointPath } from "../data/pretrain_settings.ts";
import { type Engines, environments } from "../envs/mod.ts";
import { policyOf } from "../methods/networks.ts";
import type { Arms } from "../methods/learner.ts";
import { optimizerOf } from "../optim/mod.ts";
import type { Json } from "../provenance/strict_json.ts";
import { multiStep } from "../rl/multi_step.ts";
import { normalized } from "../rl/normalize.ts";
import { vectorEnvironment } from "../rl/vector_environment.ts";
import { layoutOf } from "../tensor/params.ts";
import type { Doubles } from "../tensor/tensor.ts";
import { budgets } from "./budgets.ts";
import { type ArmSetting, BASELINE, optimizerOptions } from "./arm_optimizer.ts";
import type { Cell } from "./cell.ts";
import { configure, type ConfiguredMethod } from "./hyperparameters.ts";
import type { Loop, Trial } from "./run_cell.ts";
import { loopOf, trainingIterations } from "./shared_hyperparameters.ts";
import { evaluationStreams, streamsOf } from "./streams.ts";

/**
 * Opens a cell.
 *
 * @param pretrained the file of the pre-trained policy
 * @throws {FormatError} when that file is malformed or of another network
 */
export function openCell(
  cell: Cell,
  pretrained: Uint8Array,
  engines: Engines,
): Trial<unknown, Doubles> {
  const { env: name, method: methodName, profile, budget } = cell, { spec } = environments[name];
  const chosen = configured(cell), { hyper } = chosen;
  const layout = layoutOf(policyOf(hyper).network.leaves.map((leaf) => [leaf.name, leaf.shape]));
  const file = pretrainedPath(cell);
  const { network, normalization } = parseCheckpoint(pretrained, file, layout);
  const env = normalized(environments[name].open(engines), normalization);
  const chunked = multiStep(env, hyper.actor.condDim / spec.observationSize);
  const { actSteps, nEnvs } = hyper, { episodes } = budgets[profile][budget];
  return {
    method: chosen.create(armsOf(cell)),
    pretrained: network,
    env: vectorEnvironment(chunked, nEnvs),
    loop: cellLoop(cell),
    evaluation: { env: chunked, episodes, actSteps, streams: evaluationStreams(name) },
    streams: streamsOf({ env: name, method: methodName, seed: cell.seed }),
  };
}

/** The method of a cell, before its optimizers are chosen. */
export const configured = ({ method, env, profile, fidelity, variant }: Cell): ConfiguredMethod =>
  configure(method, environments[env].spec, profile, fidelity, variant);

/** Where the pre-trained policy of a cell is kept. */
export const pretrainedPath = (
  { env, profile, variant }: Pick<Cell, "env" | "profile" | "variant">,
): string => checkpointPath(env, profile, variant.denoiser);

/** The cell's iterations: those of its profile, cut by its budget. */
export function cellLoop({ env, method, profile, budget, fidelity }: Cell): Loop {
  const { spec } = environments[env];
  const iterations = Math.min(
    budgets[profile][budget].iterations[spec.metric],
    trainingIterations(spec, method),
  );
  return { ...loopOf(spec, profile, fidelity), iterations };
}

/** Everything that configures a cell, as JSON. */
export function cellHyperparameters(cell: Cell): Json {
  const { episodes } = budgets[cell.profile][cell.budget];
  const configuration = {
    ...configured(cell).hyper,
    loop: cellLoop(cell),
    episodes,
    optimizer: optimizerOptions(cell),
    ...(cell.variant.trains === "actor" ? { criticOptimizer: optimizerOptions(BASELINE) } : {}),
  };
  return JSON.parse(JSON.stringify(configuration));
}

/** One optimizer for all networks that fine-tuning trains, unless the arm trains the actor only. */
export function armsOf(cell: Cell): Arms {
  const of = (arm: ArmSetting) => optimizerOf(arm.optimizer, optimizerOptions(arm));
  return { actor: of(cell), critic: of(cell.variant.trains === "actor" ? BASELINE : cell) };
}
