import { assertAlmostEquals } from "@std/assert";
import {
  clippedSurrogate,
  ratioStatistics,
  reduceLogProb,
} from "../../src/rl/clipped_surrogate.ts";
import { clipRanges, denoisingDiscounts } from "../../src/rl/denoising_weights.ts";
import { standardized } from "../../src/rl/statistics.ts";
import { valueLoss } from "../../src/rl/value_loss.ts";
import { evaluate, valueAndGrad } from "../../src/tensor/engine.ts";
import { leafOf, paramsOf } from "../../src/tensor/params.ts";
import { type Tensor, tensor } from "../../src/tensor/tensor.ts";

// Two chunks, three transitions, two actions of two numbers: the worked example of the reference.
// deno-fmt-ignore
const LOG_PROB = tensor([6, 4], [-7, 1.627, 1.779, 1.342, 0.646, 0.218, 0.382, 1.013, 1.635, 1.776, 1.33, 0.634,
  0.215, 0.39, 1.027, 1.643, 1.773, 1.317, 0.622, 0.213, 0.399, 1.04, 1.651, 1.769]);
// deno-fmt-ignore
const OLD = tensor([6, 4], [1.236, 1.746, 1.691, 1.113, 0.45, 0.203, 0.559, 1.249, 1.75, 1.684, 1.1, 0.44,
  3.0, 0.571, 1.262, 1.755, 1.677, 1.086, 0.431, 0.206, 0.582, 1.275, 1.759, 1.669]);

const ranges = clipRanges(3, {
  clipPlossCoef: 0.2,
  clipPlossCoefBase: 0.05,
  clipPlossCoefRate: 3,
});
const discounts = denoisingDiscounts(3, 0.9), advantages = standardized([2, -1], 1e-8);
const advantage = tensor(
  [6],
  Float32Array.from({ length: 6 }, (_, r) => advantages[Math.floor(r / 3)] * discounts[r % 3]),
);
const clip = tensor([6], Float32Array.from({ length: 6 }, (_, r) => ranges[r % 3]));

function lossOf(elements: number) {
  const reduction = { elements, kind: "mean" } as const;
  const reduced = (x: Tensor) =>
    evaluate({}, { x }, (_, n) => ({ y: reduceLogProb(n.x, reduction) })).y;
  const old = reduced(OLD);
  const { value, grads } = valueAndGrad(
    paramsOf({ logProb: LOG_PROB }),
    {},
    { old, advantage, clip },
    ({ logProb }, _, x) => ({
      loss: clippedSurrogate(reduceLogProb(logProb, reduction), x.old, x.advantage, x.clip),
    }),
  );
  const statistics = ratioStatistics(reduced(LOG_PROB).data, old.data, clip.data);
  return { value, gradient: leafOf(grads, "logProb"), ...statistics };
}

Deno.test("clippedSurrogate() gives the worked numbers of the reference", () => {
  const { value, approxKl, clipFrac, ratio } = lossOf(4);
  assertAlmostEquals(value, 0.06535438, 1e-7);
  assertAlmostEquals(approxKl, 0.14842977, 1e-7);
  assertAlmostEquals(clipFrac, 0.5);
  assertAlmostEquals(ratio, 0.81288815, 1e-7);
});

Deno.test("clippedSurrogate() has no gradient where a log-probability or a ratio is clipped", () => {
  const { gradient } = lossOf(4);
  const perTransition = [-0.00527462, -0.02521067, -0.03256955, 0, 0.03023552, 0.02648631];
  gradient.data.forEach((g, i) => {
    assertAlmostEquals(g, i === 0 ? 0 : perTransition[Math.floor(i / 4)], 2e-8);
  });
});

Deno.test("reduceLogProb() counts only the actions of the reward horizon", () => {
  const { value, approxKl, clipFrac, ratio } = lossOf(2);
  assertAlmostEquals(value, 0.07646134, 1e-7);
  assertAlmostEquals(approxKl, 0.43612155, 1e-7);
  assertAlmostEquals(clipFrac, 2 / 3, 1e-7);
  assertAlmostEquals(ratio, 0.75078821, 1e-7);
});

Deno.test("valueLoss() is half the mean square, or that of the worse of two predictions", () => {
  const inputs = {
    value: tensor([2], [0.2, 0.9]),
    target: tensor([2], [1, 0.5]),
    old: tensor([2], [0, 0.9]),
  };
  const loss = (clip: number | null) =>
    evaluate({}, inputs, (_, x) => ({ y: valueLoss(x.value, x.target, x.old, clip) })).y.data[0];
  assertAlmostEquals(loss(null), 0.2, 1e-6);
  assertAlmostEquals(loss(0.1), (0.9 ** 2 + 0.4 ** 2) / 4, 1e-6);
});
