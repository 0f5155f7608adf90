/**
 * The levels of the one-dimensional U-Net.
 *
 * @module
 */
import { tf } from "../tensor/backend.ts";
import type { Nodes } from "../tensor/engine.ts";
import { conv1d, convTranspose1d } from "./conv1d.ts";
import { convBlock1d, residualBlock1d, type ResidualBlockConfig } from "./conv_block_1d.ts";
import { type Network, prefixed } from "./network.ts";

type Block = Network<[x: tf.Tensor, g: tf.Tensor]>;
type Plain = Network<[x: tf.Tensor]>;

/** Two residual blocks and a change of length. */
interface Level {
  readonly blocks: readonly [Block, Block];
  readonly resample?: Plain;
}

const HALVE = { kernel: 3, stride: 2, padding: 1 };
const DOUBLE = { kernel: 4, stride: 2, padding: 1 };

/**
 * From sequences [B, H, widths[0]] and features [B, condDim] to sequences of the same shape; `widths[i]` is the number of
 * channels of level i.
 */
export function unetBody(widths: readonly number[], config: ResidualBlockConfig): Block {
  const block = (name: string, inputs: number, outputs: number) =>
    prefixed(name, residualBlock1d(inputs, outputs, config));
  const depth = widths.length - 1, deepest = widths[depth];
  const middle = [0, 1].map((i) => block(`mid_modules.${i}.`, deepest, deepest));
  const down = Array.from({ length: depth }, (_, i): Level => {
    const name = `down_modules.${i}.`, [inputs, outputs] = [widths[i], widths[i + 1]];
    return {
      blocks: [block(`${name}0.`, inputs, outputs), block(`${name}1.`, outputs, outputs)],
      resample: i === depth - 1
        ? undefined
        : prefixed(`${name}2.conv.`, conv1d(outputs, outputs, HALVE)),
    };
  });
  const up = Array.from({ length: depth - 1 }, (_, i): Level => {
    const name = `up_modules.${i}.`, [outputs, inputs] = widths.slice(depth - 1 - i);
    return {
      blocks: [block(`${name}0.`, 2 * inputs, outputs), block(`${name}1.`, outputs, outputs)],
      resample: prefixed(`${name}2.conv.`, convTranspose1d(outputs, outputs, DOUBLE)),
    };
  });
  const head = [
    prefixed("final_conv.0.", convBlock1d(widths[1], widths[1], config)),
    prefixed("final_conv.1.", conv1d(widths[1], widths[0], { kernel: 1, stride: 1, padding: 0 })),
  ];
  return {
    leaves: [...middle, ...[...down, ...up].flatMap(levelNetworks), ...head]
      .flatMap((network) => network.leaves),
    apply: (weights, x, g) => {
      const { features, skips } = descend(down, weights, x, g);
      const bottom = middle.reduce((h, mid) => mid.apply(weights, h, g), features);
      const top = ascend(up, weights, bottom, skips, g);
      return head.reduce((h, layer) => layer.apply(weights, h), top);
    },
  };
}

const levelNetworks = ({ blocks, resample }: Level) => [...blocks, ...(resample ? [resample] : [])];

/** Features below the deepest level, and what each level had before its change of length. */
function descend(levels: readonly Level[], weights: Nodes, x: tf.Tensor, g: tf.Tensor) {
  const skips: tf.Tensor[] = [];
  const features = levels.reduce((h, { blocks, resample }) => {
    const skip = blocks.reduce((u, block) => block.apply(weights, u, g), h);
    skips.push(skip);
    return resample ? resample.apply(weights, skip) : skip;
  }, x);
  return { features, skips };
}

/** Each level takes the deepest skip left; the first level's is never used, as in the reference. */
function ascend(
  levels: readonly Level[],
  weights: Nodes,
  bottom: tf.Tensor,
  skips: readonly tf.Tensor[],
  g: tf.Tensor,
): tf.Tensor {
  return levels.reduce((h, { blocks, resample }, i) => {
    const joined = tf.concat([h, skips[skips.length - 1 - i]], 2);
    const u = blocks.reduce((v, block) => block.apply(weights, v, g), joined);
    return resample ? resample.apply(weights, u) : u;
  }, bottom);
}
