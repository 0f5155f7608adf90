/**
 * Pre-trained policies as files: the network's leaves and the ranges it was normalised with, in one place.
 *
 * @module
 */
import { paramsFrom, tensorsOf } from "../provenance/params_file.ts";
import { formatSafetensors, parseSafetensors } from "../provenance/safetensors.ts";
import type { Normalization } from "../rl/normalize.ts";
import type { Leaf, Params } from "../tensor/params.ts";
import { normalizationArrays, parseNormalization } from "./data_files.ts";

/** What fine-tuning and evaluation start from. */
export interface PretrainedPolicy {
  readonly network: Params;
  readonly normalization: Normalization;
}

const NETWORK = "network.", RANGES = "normalization.";

/** The bytes of a safetensors file with tensors `network.*` and `normalization.*`. */
export const formatCheckpoint = ({ network, normalization }: PretrainedPolicy): Uint8Array =>
  formatSafetensors([
    ...tensorsOf(network, NETWORK),
    ...normalizationArrays(normalization).map(([name, array]) =>
      [RANGES + name, array] as [string, typeof array]
    ),
  ]);

/**
 * The policy in such a file.
 *
 * @param layout the leaves that the network must have
 * @throws {FormatError} when a tensor is missing, misshapen or not finite
 */
export function parseCheckpoint(
  bytes: Uint8Array,
  file: string,
  layout?: readonly Leaf[],
): PretrainedPolicy {
  const { tensors } = parseSafetensors(bytes, file);
  const ranges = [...tensors].filter(([name]) => name.startsWith(RANGES))
    .map(([name, array]) => [name.slice(RANGES.length), array] as const);
  return {
    network: paramsFrom(tensors, { prefix: NETWORK, layout, file }),
    normalization: parseNormalization(new Map(ranges), file),
  };
}
