/**
 * Group normalisation of sequences.
 *
 * @module
 */
import { tf } from "../tensor/backend.ts";
import { standardize } from "../tensor/ops/standardize.ts";
import type { Network } from "./network.ts";

/**
 * Standardises [B, length, channels] over the length and the channels of a group, then scales and shifts each
 * channel.
 *
 * @throws {RangeError} unless `groups` divides `channels`
 */
export function groupNorm(
  groups: number,
  channels: number,
  eps = 1e-5,
): Network<[x: tf.Tensor]> {
  if (channels % groups !== 0) {
    throw new RangeError(
      `Cannot create group norm: groups must divide ${channels} channels, found ${groups}`,
    );
  }
  return {
    leaves: [
      { name: "weight", shape: [channels], init: { constant: 1 } },
      { name: "bias", shape: [channels], init: { constant: 0 } },
    ],
    apply: ({ weight, bias }, x) => {
      const grouped = tf.reshape(x, [x.shape[0], x.shape[1]!, groups, channels / groups]);
      const standard = tf.reshape(standardize(grouped, eps), x.shape);
      return tf.add(tf.mul(standard, weight), bias);
    },
  };
}
