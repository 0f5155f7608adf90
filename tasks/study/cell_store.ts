/**
 * Work in progress on disk, one folder per cell under its id.
 *
 * A checkpoint is the file `progress.json`, which is replaced as a whole, and the arrays that it names. Arrays are
 * written before it and removed after it, so that a run killed at any moment finds a complete checkpoint. Only who
 * holds the folder's lock may write there: whoever writes removes the arrays of others.
 *
 * @module
 */
import { join } from "@std/path";
import type { Scores } from "../../src/experiments/run_cell.ts";
import type { IterationDigests } from "../../src/experiments/sealed_checkpoint.ts";
import { canonicalJson } from "../../src/provenance/canonical_json.ts";
import { digestOf, sha256 } from "../../src/provenance/digest.ts";
import { blobsOf } from "../../src/provenance/snapshot.ts";
import type { Json } from "../../src/provenance/strict_json.ts";
import { exists, list, lock, readBytes, readText, remove, write } from "../io.ts";
import type { Blobs } from "./messages.ts";

/** Where the tables' cells are kept between runs. */
export const WORK = ".work/cells";

/** A cell's logs, one entry per iteration. */
export interface Logs {
  readonly digests: readonly IterationDigests[];
  readonly metrics: readonly Json[];
}

/** A cell that goes on from `tree`. */
export interface Kept extends Logs {
  readonly tree: Json;
}

/** The same with the arrays that `tree` names. */
export interface Checkpoint extends Kept {
  readonly blobs: Blobs;
}

/** A cell that has ended. */
export interface Finished extends Logs {
  readonly scores: Scores;
}

/** Where a cell's work is kept. */
export class CellFolder {
  readonly #path: string;

  constructor(root: string, id: string) {
    this.#path = join(root, id);
  }

  /** Takes the folder for this process until it is disposed of; undefined where another process has it. */
  lock(): Disposable | undefined {
    return lock(join(this.#path, "lock"));
  }

  /** The last checkpoint without its arrays, if there is one. */
  progress(): Kept | undefined {
    return this.#read("progress.json") as Kept | undefined;
  }

  /**
   * The last checkpoint, if there is one. A run that goes on meanwhile replaces it; then the newer one is read.
   *
   * @throws {Error} when one of its files is corrupt or missing, naming it
   */
  checkpoint(): Checkpoint | undefined {
    const kept = this.progress();
    if (kept === undefined) return undefined;
    try {
      return { ...kept, blobs: this.#blobs(kept) };
    } catch (error) {
      const now = this.progress();
      if (now === undefined || digestOf(now.tree) === digestOf(kept.tree)) throw error;
      return this.checkpoint();
    }
  }

  /** The outcome, if the cell has ended. */
  finished(): Finished | undefined {
    return this.#read("finished.json") as Finished | undefined;
  }

  /** Makes a checkpoint the one to go on from. */
  keep(progress: Kept, newBlobs: Blobs): void {
    const folder = join(this.#path, "blobs");
    for (const [digest, bytes] of Object.entries(newBlobs)) {
      if (!exists(join(folder, digest))) write(join(folder, digest), bytes);
    }
    this.#write("progress.json", progress);
    const live = blobsOf(progress.tree);
    list(folder).filter((name) => !live.has(name)).forEach((name) => remove(join(folder, name)));
  }

  /** Notes the outcome. The last checkpoint stays: it holds the trained policy. */
  finish(finished: Finished): void {
    this.#write("finished.json", finished);
  }

  #blobs({ tree }: Kept): Blobs {
    return Object.fromEntries([...blobsOf(tree)].map((digest) => {
      const path = join(this.#path, "blobs", digest);
      if (!exists(path)) throw corrupt(path, this.#path);
      const bytes = readBytes(path);
      if (sha256(bytes) !== digest) throw corrupt(path, this.#path);
      return [digest, bytes];
    }));
  }

  #write(name: string, body: Kept | Finished): void {
    const value = body as unknown as Json;
    write(join(this.#path, name), canonicalJson({ digest: digestOf(value), body: value }));
  }

  #read(name: string): unknown {
    const path = join(this.#path, name);
    if (!exists(path)) return undefined;
    const file = parsed(readText(path));
    if (file?.body === undefined || digestOf(file.body) !== file.digest) {
      throw corrupt(path, this.#path);
    }
    return file.body;
  }
}

/** Our own text, checked by its digest: metrics of a run that diverges may lie beyond 2^53, which strict reading refuses. */
function parsed(text: string): { readonly digest?: unknown; readonly body?: Json } | null {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const corrupt = (path: string, folder: string): Error =>
  new Error(`Cannot go on: ${path} is corrupt; delete ${folder} to start this cell anew`);
