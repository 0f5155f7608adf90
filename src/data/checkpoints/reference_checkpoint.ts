/**
 * Weights of the PyTorch reference, from its `.pt` files or from safetensors.
 *
 * @see irom-lab/dppo `agent/pretrain/train_agent.py` (`epoch`, `model`, `ema`), `agent/finetune/train_agent.py`
 * @module
 */
import { FormatError } from "../../provenance/format_error.ts";
import { parseSafetensors } from "../../provenance/safetensors.ts";
import type { StoredTensor } from "../../provenance/stored_tensor.ts";
import type { ByteSource } from "../formats/byte_source.ts";
import { DEFAULT_LIMITS, type Limits } from "../formats/limits.ts";
import type { PickleValue } from "../formats/pickle.ts";
import { requirePrintableJson } from "../formats/printable.ts";
import { openPt } from "../formats/pt.ts";
import { TorchTensor } from "../formats/torch_types.ts";
import { isZip } from "../formats/zip_directory.ts";

/** Averaged weights, which evaluation and fine-tuning start from, or the raw ones. */
export type Weights = "ema" | "model";

/** The tensors of a file under the reference's names. */
export interface ReferenceCheckpoint {
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  /** Which weights a pre-training checkpoint gave; absent where a file holds one set. */
  readonly weights?: Weights;
  /** Counters such as `epoch` and `itr`. */
  readonly counters: Readonly<Record<string, number>>;
  /** Names of entries that are no tensors. */
  readonly ignored: readonly string[];
}

/**
 * Reads a checkpoint; the format is found by content.
 *
 * @param weights which weights to take; EMA where the file has them
 * @throws {FormatError} naming the file, the place and the reason
 */
export function readReferenceCheckpoint(
  source: ByteSource,
  weights?: Weights,
  limits: Limits = DEFAULT_LIMITS,
): ReferenceCheckpoint {
  if (isZip(source) || isPickle(source)) return fromPt(source, weights, limits);
  return { tensors: fromSafetensors(source, limits), counters: {}, ignored: [] };
}

/** Whether a file begins as pickles do, so that the reader of `.pt` can say which PyTorch wrote it. */
function isPickle(source: ByteSource): boolean {
  const head = source.read(0, Math.min(9, source.size));
  // So may the length of a safetensors header, but "{" follows its eight bytes.
  return head[0] === 0x80 && head[1] <= 5 && head[8] !== 0x7b;
}

/** Header bytes that no real checkpoint reaches. */
const MAX_HEADER = 2 ** 20;

function fromSafetensors(
  source: ByteSource,
  { maxBytes }: Limits,
): ReadonlyMap<string, StoredTensor> {
  const { name, size } = source;
  if (size > maxBytes) throw new FormatError(name, "", `${size} bytes, the limit is ${maxBytes}`);
  const bytes = source.read(0, size);
  const length = size < 8 ? 0n : new DataView(bytes.buffer).getBigUint64(0, true);
  // A longer header is refused as one that the file does not hold.
  if (length <= size) requireHeader(bytes.subarray(8, 8 + Number(length)), name);
  const tensors = tensorsIn(bytes, name);
  if (tensors.size === 0) throw new FormatError(name, "", "holds no tensors");
  return tensors;
}

/** The parser's messages repeat a shape, which may be long or hold what has no text. */
function tensorsIn(bytes: Uint8Array, file: string): ReadonlyMap<string, StoredTensor> {
  try {
    return parseSafetensors(bytes, file).tensors;
  } catch (error) {
    if (!(error instanceof FormatError)) {
      throw new FormatError(file, "header", "the dtype or shape of a tensor is an object");
    }
    const { place, reason } = error;
    if (reason.length <= MAX_REASON) throw error;
    throw new FormatError(file, place, `${reason.slice(0, MAX_REASON)}...`);
  }
}

const MAX_REASON = 300;

function requireHeader(header: Uint8Array, file: string): void {
  if (header.length > MAX_HEADER) {
    throw new FormatError(file, "header", `${header.length} bytes, the limit is ${MAX_HEADER}`);
  }
  requirePrintableJson(new TextDecoder().decode(header), file, "header");
}

function fromPt(
  source: ByteSource,
  wanted: Weights | undefined,
  limits: Limits,
): ReferenceCheckpoint {
  const file = openPt(source, limits);
  const { root } = file;
  if (!(root instanceof Map)) throw new FormatError(source.name, "", "is no dict of tensors");
  const sets = (["ema", "model"] as const).filter((name) => root.get(name) instanceof Map);
  if (wanted !== undefined && !sets.includes(wanted)) {
    throw new FormatError(
      source.name,
      wanted,
      `missing, the file has ${sets[0] ?? "one set of weights"}`,
    );
  }
  const weights = wanted ?? sets[0];
  const dict = weights === undefined ? root : root.get(weights) as Map<PickleValue, PickleValue>;
  const tensors = new Map<string, StoredTensor>(), ignored: string[] = [];
  for (const [key, value] of dict) {
    if (!(value instanceof TorchTensor)) ignored.push(typeof key === "string" ? key : typeof key);
    else if (typeof key === "string") tensors.set(key, file.read(value, key));
    else throw new FormatError(source.name, weights ?? "", "holds a tensor whose key is no text");
  }
  if (tensors.size === 0) throw new FormatError(source.name, weights ?? "", "holds no tensors");
  return { tensors, weights, counters: countersOf(root), ignored };
}

const countersOf = (root: Map<PickleValue, PickleValue>): Record<string, number> =>
  Object.fromEntries(
    ["epoch", "itr"].flatMap((name) => {
      const value = root.get(name);
      return Number.isSafeInteger(value) ? [[name, value as number]] : [];
    }),
  );
