/**
 * Runs that note a digest of everything they pass through: what the policy saw and did, the rollout, and every gradient
 * and every parameter of every update. The numbers of the run stay as they are.
 *
 * @module
 */
import type { Engines } from "../../envs/mod.ts";
import type { Method } from "../../methods/method.ts";
import type { Optimizer } from "../../optim/optimizer.ts";
import { digestOf } from "../../provenance/digest.ts";
import { snapshot } from "../../provenance/snapshot.ts";
import { leafOf, type Params } from "../../tensor/params.ts";
import type { Doubles } from "../../tensor/tensor.ts";
import type { Cell } from "../cell.ts";
import { armsOf, configured, openCell } from "../open_cell.ts";
import type { Trial } from "../run_cell.ts";

/** Something that passed, in the order in which things passed. */
export interface TraceEvent {
  readonly stream: "act" | "rollout" | "update";
  /** `chunk 3, action`, `reward` or `0, critic, gradient Q1.layers.0.weight`. */
  readonly item: string;
  readonly digest: string;
}

/** Takes what passes. */
export type Note = (event: TraceEvent) => void;

/** A cell whose run notes what passes. */
export function openTraced(
  cell: Cell,
  pretrained: Uint8Array,
  engines: Engines,
  note: Note,
): Trial<unknown, Doubles> {
  const { actor, critic } = armsOf(cell), counter = countUpdates();
  const created = configured(cell).create({
    actor: tracedOptimizer("actor", actor, note, counter),
    critic: tracedOptimizer("critic", critic, note, counter),
  });
  return { ...openCell(cell, pretrained, engines), method: tracedMethod(created, note) };
}

/** Numbers updates from 0 across all networks of a run. */
export function countUpdates(): () => number {
  let next = 0;
  return () => next++;
}

const digest = (value: unknown): string => digestOf(snapshot(value).tree);

/** The method, noting observations, actions and rollouts. */
export function tracedMethod<S>(method: Method<S>, note: Note): Method<S> {
  let chunk = 0;
  return {
    ...method,
    act(state, observation, key, mode) {
      const sample = method.act(state, observation, key, mode);
      note({ stream: "act", item: `chunk ${chunk}, observation`, digest: digest(observation) });
      note({ stream: "act", item: `chunk ${chunk++}, action`, digest: digest(sample.action) });
      return sample;
    },
    update(state, rollout, key) {
      for (const [name, value] of Object.entries(rollout)) {
        if (typeof value === "object") {
          note({ stream: "rollout", item: name, digest: digest(value) });
        }
      }
      return method.update(state, rollout, key);
    },
  };
}

/** The optimizer, noting each gradient and each state that it leads to, leaf by leaf. */
export function tracedOptimizer(
  name: string,
  optimizer: Optimizer,
  note: Note,
  count: () => number,
): Optimizer {
  return {
    ...optimizer,
    step(state, grads, learningRate) {
      const update = count(), place = `${update}, ${name}`;
      noteLeaves(note, `${place}, gradient`, grads);
      const next = optimizer.step(state, grads, learningRate);
      for (const [slot, value] of Object.entries(next)) {
        if (typeof value !== "number") noteLeaves(note, `${place}, ${slot}`, value);
      }
      return next;
    },
  };
}

function noteLeaves(note: Note, place: string, params: Params): void {
  for (const { name } of params.layout) {
    const { data } = leafOf(params, name);
    note({ stream: "update", item: `${place} ${name}`, digest: digest(data) });
  }
}
