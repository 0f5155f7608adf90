/**
 * Perceptron with pre-activation residual blocks.
 *
 * @see He et al. 2016, "Identity mappings in deep residual networks"
 * @module
 */
import type { tf } from "../tensor/backend.ts";
import { activation, type ActivationName } from "./activations.ts";
import { layerNorm } from "./layer_norm.ts";
import { linearLayer } from "./linear_layer.ts";
import { type MlpConfig, requireWidths } from "./mlp.ts";
import { type Network, prefixed } from "./network.ts";
import { residual, sequential } from "./sequential.ts";

/**
 *   y = W_in x + b_in;  per block y ← y + W₂ act(W₁ act(y) + b₁) + b₂;  out = W_out y + b_out
 *
 * with an optional layer norm before each activation. There is one block per pair of hidden widths beyond the
 * first, so [d, h, h, h, o] has one. Leaves are `layers.0.*`, `layers.<i>.l1.*`, `.l2.*`, `.norm1.*`, `.norm2.*`, then the
 * output layer and, with `useLayernormFinal`, its norm.
 *
 * @throws {RangeError} unless the hidden widths are equal and odd in number
 */
export function residualMlp(config: MlpConfig): Network<[x: tf.Tensor]> {
  const { dimList, activationType = "Mish", outActivationType = "Identity" } = config;
  const blocks = (requireWidths("residual mlp", dimList, 3) - 3) / 2;
  const hidden = dimList[1], outputs = dimList[dimList.length - 1];
  if (!Number.isInteger(blocks) || dimList.slice(1, -1).some((width) => width !== hidden)) {
    throw new RangeError(
      `Cannot create residual mlp: hidden widths must be equal and odd in number, found [${dimList}]`,
    );
  }
  const block = residualBlock(hidden, activationType, config.useLayernorm ?? false);
  const layers = [
    linearLayer(dimList[0], hidden),
    ...Array.from({ length: blocks }, () => block),
    linearLayer(hidden, outputs),
    ...(config.useLayernormFinal ? [layerNorm(outputs)] : []),
  ];
  return sequential(
    ...layers.map((layer, i) => prefixed(`layers.${i}.`, layer)),
    activation(outActivationType),
  );
}

function residualBlock(
  width: number,
  activationType: ActivationName,
  useLayernorm: boolean,
): Network<[tf.Tensor]> {
  const norm = (name: string) => useLayernorm ? [prefixed(name, layerNorm(width, 1e-6))] : [];
  return residual(sequential(
    ...norm("norm1."),
    activation(activationType),
    prefixed("l1.", linearLayer(width, width)),
    ...norm("norm2."),
    activation(activationType),
    prefixed("l2.", linearLayer(width, width)),
  ));
}
