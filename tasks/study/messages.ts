/**
 * What a worker that runs cells is told and what it tells.
 *
 * @module
 */
import type { BlasOptions } from "../../src/adapters/blas_library.ts";
import type { Cell } from "../../src/experiments/cell.ts";
import type { Scores } from "../../src/experiments/run_cell.ts";
import type { IterationDigests } from "../../src/experiments/sealed_checkpoint.ts";
import type { Json } from "../../src/provenance/strict_json.ts";

/** Arrays by the digest of their bytes. */
export type Blobs = Readonly<Record<string, Uint8Array>>;

/** One cell to run, with all the bytes that it needs. */
export interface CellOrder {
  readonly cell: Cell;
  /** The file of the pre-trained policy. */
  readonly pretrained: Uint8Array;
  /** Where to go on; absent at the beginning. */
  readonly resume?: { readonly tree: Json; readonly blobs: Blobs };
  /** How to compute matrix products; absent for the strict kernels. */
  readonly blas?: BlasOptions;
  /** Ports to workers that step parts of the environments; absent where the cell's own worker steps all. */
  readonly shards?: readonly MessagePort[];
  /** Only held: whoever has the other end sees it close when the worker ends. */
  readonly lifeline?: MessagePort;
}

/** An iteration has ended. */
export interface CheckpointReport {
  readonly kind: "checkpoint";
  readonly tree: Json;
  /** The arrays that the previous checkpoint of this worker did not hold. */
  readonly newBlobs: Blobs;
  readonly digests: IterationDigests;
  readonly metrics: Json;
}

/** The cell has ended. */
export interface ScoresReport {
  readonly kind: "scores";
  readonly scores: Scores;
}

/** Everything a worker says; it takes an order after "ready" and after each end of a cell. */
export type WorkerReport =
  | { readonly kind: "ready" }
  | CheckpointReport
  | ScoresReport
  | { readonly kind: "failure"; readonly message: string; readonly stack?: string };
