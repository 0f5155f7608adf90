/**
 * What workers that step parts of a cell's environments are told and what they answer.
 *
 * @module
 */
import type { Cell } from "../../src/experiments/cell.ts";
import type { Key } from "../../src/rng/key.ts";
import type { VectorStep } from "../../src/rl/sharded_environment.ts";
import type { VectorState } from "../../src/rl/vector_environment.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";

/** A cell whose environments to step at the requests of the port. */
export interface ShardOrder {
  readonly cell: Cell;
  /** The file of the pre-trained policy. */
  readonly pretrained: Uint8Array;
  readonly port: MessagePort;
  /** Only held: whoever has the other end sees it close when the worker ends. */
  readonly lifeline?: MessagePort;
}

/** One step of the slots from `first` on. */
export interface StepRequest {
  readonly first: number;
  readonly state: VectorState;
  readonly action: Tensor;
  readonly key: Key;
  /** [1], shared: counts answers, notified after each is sent. */
  readonly answers: Int32Array;
}

/** An error as plain values; `place` and `value` where a value was not finite. */
export interface Fault {
  readonly message: string;
  readonly stack?: string;
  readonly nonFinite?: { readonly place: string; readonly value: number };
}

/** The end of a step. */
export type StepAnswer = { readonly result: VectorStep } | { readonly fault: Fault };
