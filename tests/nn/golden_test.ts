// Numbers of the reference's modules with deterministic weights.
import { assertAlmostEquals, assertEquals } from "@std/assert";
import { criticObs } from "../../src/nn/critic_obs.ts";
import { criticObsAct } from "../../src/nn/critic_obs_act.ts";
import type { Denoiser } from "../../src/nn/denoiser.ts";
import { diffusionMlp, type DiffusionMlpConfig } from "../../src/nn/diffusion_mlp.ts";
import { sinusoid } from "../../src/nn/time_embedding.ts";
import { unet1d } from "../../src/nn/unet_1d.ts";
import { evaluate } from "../../src/tensor/engine.ts";
import { type Params, sizeOf } from "../../src/tensor/params.ts";
import { tensor } from "../../src/tensor/tensor.ts";
import { waveInput, waveParams } from "./waves.ts";

const state = waveInput(0.6, [2, 3]), t = tensor([2], [0, 7]);

const near = (found: ArrayLike<number>, expected: readonly number[]) => {
  assertEquals(found.length, expected.length);
  expected.forEach((x, i) => assertAlmostEquals(found[i], x, 3e-6));
};

function prediction(network: Denoiser, params: Params): ArrayLike<number> {
  const x = waveInput(1.1, [2, network.horizonSteps * network.actionDim]);
  return evaluate({ params }, { x, t, state }, ({ params }, { x, t, state }) => ({
    y: network.apply(params, x, t, state),
  })).y.data;
}

const small: DiffusionMlpConfig = {
  actionDim: 2,
  horizonSteps: 2,
  condDim: 3,
  timeDim: 4,
  mlpDims: [8, 8, 8],
  residualStyle: true,
};

Deno.test("diffusionMlp() predicts what the reference predicts", () => {
  const network = diffusionMlp({ ...small, activationType: "ReLU" });
  const params = waveParams(network.leaves, 0.3);
  assertEquals(params.data.length, 352);
  near(prediction(network, params), [
    ...[0.23718806, 0.06059895, -0.14290658, -0.28618938],
    ...[0.61455822, 0.31989467, -0.1180751, -0.50696802],
  ]);
});

Deno.test("diffusionMlp() embeds the step as the reference does", () => {
  const network = diffusionMlp({ ...small, activationType: "ReLU" });
  const params = waveParams(network.leaves, 0.3);
  const { raw, features } = evaluate({ params }, { t }, ({ params }, { t }) => ({
    raw: sinusoid(t, 4),
    features: network.timeFeatures(params, t),
  }));
  near(raw.data, [0, 0, 1, 1, 0.65698659, 0.0007, 0.75390226, 0.99999976]);
  near(features.data, [
    ...[0.3684951, 0.31992885, 0.12132674, -0.13680337],
    ...[0.37492329, 0.35908994, 0.17564255, -0.09171346],
  ]);
});

Deno.test("diffusionMlp() with an observation encoder predicts what the reference predicts", () => {
  const network = diffusionMlp({ ...small, condMlpDims: [6, 5] });
  const params = waveParams(network.leaves, 0.3);
  assertEquals(params.data.length, 427);
  near(prediction(network, params), [
    ...[0.77908123, 0.4444285, -0.0949527, -0.59331262],
    ...[0.79945356, 0.38843727, -0.20217468, -0.7036368],
  ]);
});

Deno.test("criticObs() values states as the reference does", () => {
  const critic = criticObs({ condDim: 3, mlpDims: [8, 8, 8], residualStyle: true });
  const params = waveParams(critic.leaves, 0.3);
  assertEquals(params.data.length, 185);
  const { v } = evaluate({ params }, { state }, ({ params }, { state }) => ({
    v: critic.apply(params, state),
  }));
  assertEquals(v.shape, [2, 1]);
  near(v.data, [0.23498891, 0.33537132]);
});

Deno.test("criticObsAct() values actions as the reference does, and takes the smaller head", () => {
  const critic = criticObsAct({ condDim: 3, actionDim: 2, actionSteps: 2, mlpDims: [8, 8, 8] });
  const params = waveParams(critic.leaves, 0.3), chunk = waveInput(1.1, [2, 4]);
  assertEquals(params.data.length, 434);
  const { q1, q2, q } = evaluate(
    { params },
    { state, chunk },
    ({ params }, { state, chunk }) => {
      const [q1, q2] = critic.heads(params, state, chunk);
      return { q1, q2, q: critic.apply(params, state, chunk) };
    },
  );
  near(q1.data, [0.5679028, 0.53238064]);
  near(q2.data, [0.47473735, 0.52425989]);
  assertEquals(q.data, q2.data);
});

Deno.test("unet1d() predicts what the reference predicts", () => {
  const network = unet1d({
    actionDim: 2,
    horizonSteps: 4,
    condDim: 3,
    diffusionStepEmbedDim: 4,
    dim: 8,
    dimMults: [1, 2],
    kernelSize: 5,
    nGroups: 4,
    condPredictScale: true,
  });
  const wave = waveParams(network.leaves, 0.3);
  assertEquals(wave.data.length, 27022);
  const data = Float32Array.from(wave.data);
  for (const { name, offset, size } of wave.layout) {
    if (!/block\.2\./.test(name)) continue;
    data.fill(name.endsWith("weight") ? 1 : 0, offset, offset + size);
  }
  near(prediction(network, { ...wave, data }), [
    ...[0.46548089, 0.04984603, 0.24067374, -0.05738167],
    ...[-0.07610679, -0.14976782, -0.13244055, -0.10187684],
    ...[0.43196779, 0.06741317, 0.31638318, -0.01875134],
    ...[-0.04733907, -0.17162427, -0.15887615, -0.20495591],
  ]);
});

Deno.test("networks have as many parameters as the reference's on every task", () => {
  const size = ({ leaves }: Pick<Denoiser, "leaves">) => sizeOf(waveParams(leaves, 1).layout);
  const gym = { horizonSteps: 4, mlpDims: [512, 512, 512], residualStyle: true };
  assertEquals(size(diffusionMlp({ ...gym, actionDim: 3, condDim: 11 })), 553020);
  assertEquals(size(diffusionMlp({ ...gym, actionDim: 6, condDim: 17 })), 568392);
  assertEquals(size(diffusionMlp({ ...gym, actionDim: 7, condDim: 23 })), 575564);
  const square = { actionDim: 7, condDim: 23, timeDim: 32, condMlpDims: [512, 64] };
  assertEquals(
    size(diffusionMlp({ ...gym, ...square, mlpDims: [1024, 1024, 1024] })),
    2305212,
  );
  const critic = { mlpDims: [256, 256, 256], condDim: 11 };
  assertEquals(size(criticObs({ ...critic, residualStyle: true })), 134913);
  assertEquals(size(criticObsAct({ ...critic, actionDim: 3, actionSteps: 4 })), 275970);
  const unet = {
    horizonSteps: 4,
    actionDim: 7,
    diffusionStepEmbedDim: 16,
    dimMults: [1, 2],
    nGroups: 8,
    condPredictScale: true,
  };
  assertEquals(size(unet1d({ ...unet, condDim: 19, dim: 40 })), 648615);
  assertEquals(size(unet1d({ ...unet, condDim: 23, dim: 64 })), 1623255);
});
