/**
 * Evaluation episodes of policies, before and after fine-tuning.
 *
 * @module
 */
import { referenceTensors } from "../../src/data/checkpoints/reference_names.ts";
import type { Engines } from "../../src/envs/mod.ts";
import type { Cell } from "../../src/experiments/cell.ts";
import { openCell, pretrainedPath } from "../../src/experiments/open_cell.ts";
import type { Checkpoint, Trial } from "../../src/experiments/run_cell.ts";
import { unseal } from "../../src/experiments/sealed_checkpoint.ts";
import { foldIn, key } from "../../src/rng/key.ts";
import { type Doubles, tensor } from "../../src/tensor/tensor.ts";
import { readBytes } from "../io.ts";
import { requireFitting } from "../own_policy.ts";
import { CellFolder, WORK } from "../study/cell_store.ts";

/** Which policy acts. */
export interface Actor {
  readonly cell: Cell;
  /** The file of the pre-trained policy; by default that of the cell's environment and profile. */
  readonly checkpoint?: string;
  /** A folder of .work/cells: the fine-tuned policy of that run of `cell.method`. */
  readonly run?: string;
}

/** Plays evaluation episode `episode`, until it ends or succeeds in every step of a chunk; returns the sum of its rewards. */
export function playPolicy(actor: Actor, engines: Engines, episode: number): number {
  const { cell, checkpoint = pretrainedPath(cell) } = actor, policy = readBytes(checkpoint);
  requireFitting([cell], policy, checkpoint);
  const trial = openCell(cell, policy, engines);
  const state = trial.method.init(trial.pretrained, key(0));
  if (actor.run === undefined) return play(trial, state, episode);
  const fineTuned = trained(actor.run);
  if (networksIn(fineTuned) !== networksIn(state)) {
    const { env, method } = cell;
    throw new Error(
      `Cannot render: run ${actor.run} holds other networks than ${method} on ${env}; ` +
        "--env, --method and --profile must be those of the run",
    );
  }
  return play(trial, fineTuned, episode);
}

/** Names and shapes of all networks of a method's state. */
const networksIn = (state: unknown): string =>
  referenceTensors("", state as Readonly<Record<string, unknown>>)
    .map(([name, { shape }]) => `${name} [${shape}]`).join(", ");

function trained(run: string): unknown {
  const kept = new CellFolder(WORK, run).checkpoint();
  if (kept === undefined) throw new Error(`Cannot render: found no checkpoint of run ${run}`);
  return unseal<Checkpoint<unknown>>(kept.tree, (digest) => kept.blobs[digest]).state;
}

function play(
  { method, evaluation }: Trial<unknown, Doubles>,
  state: unknown,
  episode: number,
): number {
  const { env, streams } = evaluation;
  let at = env.reset(foldIn(streams.resets, episode)), total = 0;
  for (let chunk = 0, ended = false; !ended; chunk++) {
    const seen = tensor([1, at.history.length], Float32Array.from(at.history));
    const { action } = method.act(state, seen, foldIn(streams.act, chunk), "evaluate");
    const next = env.step(at, Float64Array.from(action.data));
    at = next.state, total += next.reward;
    const succeeded = env.spec.metric === "success" && next.reward === next.steps;
    ended = next.terminated || next.truncated || succeeded;
  }
  return total;
}
