/**
 * Parity of networks: values, and gradients with respect to parameters and inputs.
 *
 * @module
 */
import { sinusoid } from "../../src/nn/time_embedding.ts";
import { tf } from "../../src/tensor/backend.ts";
import { evaluate, type Nodes, valueAndGrad } from "../../src/tensor/engine.ts";
import { type Params, paramsOf } from "../../src/tensor/params.ts";
import { actionCriticOf, denoiserOf, etaOf, perceptronOf, valueCriticOf } from "./build_network.ts";
import type { ParityCase, ParityHandler } from "./case.ts";
import { namedLeaves, nodesUnder, type Results, tensorOf, weightsOf } from "./case_arrays.ts";

function embedding({ config, arrays }: ParityCase): Results {
  const outputs = evaluate({}, { t: tensorOf(arrays["in/t"]) }, (_, { t }) =>
    Object.fromEntries(
      (config.dims as number[]).map((dim) => [`out/dim${dim}`, sinusoid(t, dim)]),
    ));
  return Object.fromEntries(Object.entries(outputs).map(([name, { data }]) => [name, data]));
}

/** [B, …] → [B, rest]. */
const flat = (x: tf.Tensor): tf.Tensor => tf.reshape(x, [x.shape[0], -1]);

type Apply = (weights: Nodes, inputs: Nodes) => readonly tf.Tensor[];

/** Every output of the network of a case, from inputs by their stored names. */
function applyOf({ config, arrays }: ParityCase): Apply {
  const network = { class: config.class, ...config.args };
  switch (config.class) {
    case "CriticObs": {
      const critic = valueCriticOf(network);
      return (w, { state }) => [critic.apply(w, flat(state))];
    }
    case "CriticObsAct": {
      const critic = actionCriticOf(network);
      return (w, { state, action }) => critic.heads(w, flat(state), flat(action));
    }
    case "DiffusionMLP":
    case "Unet1D": {
      const denoiser = denoiserOf(network, { horizon_steps: arrays["in/x"].shape[1] });
      return (w, { x, t, state }) => [denoiser.apply(w, flat(x), t, flat(state))];
    }
  }
  const perceptron = perceptronOf(network);
  return (w, { x }) => [perceptron.apply(w, x)];
}

/** Σ output · cotangent over all outputs. */
const contraction = (outputs: readonly tf.Tensor[], cotangents: readonly tf.Tensor[]): tf.Tensor =>
  tf.addN(outputs.map((y, i) => tf.sum(tf.mul(y, tf.reshape(cotangents[i], y.shape)))));

/** Inputs that can be differentiated become leaves next to the weights. */
function withInputs(parityCase: ParityCase): Params {
  const { arrays } = parityCase, names = Object.keys(arrays);
  const inputs = names.filter((n) => /^in\/(?!cot)/.test(n) && arrays[n].dtype === "F32");
  const weights = names.filter((n) => n.startsWith("w/"));
  return paramsOf(
    Object.fromEntries([
      ...weights.map((n) => [n.slice("w/".length), tensorOf(arrays[n])]),
      ...inputs.map((n) => [n.replace("/", "."), tensorOf(arrays[n])]),
    ]),
  );
}

function network(parityCase: ParityCase): Results {
  const { arrays } = parityCase, apply = applyOf(parityCase), params = withInputs(parityCase);
  const cotangents = Object.keys(arrays).filter((n) => n.startsWith("in/cot")).sort();
  const constants = [...cotangents, ...("in/t" in arrays ? ["in/t"] : [])];
  const { grads, aux } = valueAndGrad(
    params,
    {},
    Object.fromEntries(constants.map((name) => [name, tensorOf(arrays[name])])),
    (nodes, _, given) => {
      const inputs = { ...nodesUnder(nodes, "in."), t: given["in/t"] };
      const outputs = apply(nodesUnder(nodes, "net."), inputs);
      return {
        loss: contraction(outputs, cotangents.map((name) => given[name])),
        aux: Object.fromEntries(outputs.map((y, i) => [`out/y${i}`, y])),
      };
    },
  );
  const outputs = Object.entries(aux).map(([name, { data }]) => [name, data]);
  return { ...Object.fromEntries(outputs), ...namedLeaves("grad", grads) };
}

function eta(parityCase: ParityCase): Results {
  const { config, arrays } = parityCase;
  const results = Object.entries(config.modules).map(([name, module]) => {
    const network = etaOf(module, { action_dim: config.action_dim });
    const inputs = {
      state: tensorOf(arrays["in/state"]),
      cotangent: tensorOf(arrays[`in/cot_${name}`]),
    };
    const params = weightsOf(parityCase, `${name}.`);
    const { grads, aux } = valueAndGrad(params, {}, inputs, (w, _, { state, cotangent }) => {
      const y = network.apply(w, flat(state));
      return { loss: contraction([y], [cotangent]), aux: { y } };
    });
    return { [`out/${name}`]: aux.y.data, ...namedLeaves("grad", grads, `${name}.`) };
  });
  return Object.assign({}, ...results);
}

/** Handlers by kind. */
export const handlers: Record<string, ParityHandler> = { embedding, network, eta };
