import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { etaAction, etaFixed, etaState, etaStateAction } from "../../src/diffusion/eta.ts";
import { initialize } from "../../src/nn/network.ts";
import { normal } from "../../src/rng/draw.ts";
import { key } from "../../src/rng/key.ts";
import { tf } from "../../src/tensor/backend.ts";
import { valueAndGrad } from "../../src/tensor/engine.ts";
import type { Params } from "../../src/tensor/params.ts";

const range = fc.record({
  minEta: fc.double({ min: 0, max: 0.4, noNaN: true }),
  baseEta: fc.double({ min: 0.4, max: 0.6, noNaN: true }),
  maxEta: fc.double({ min: 0.7, max: 1.5, noNaN: true }),
});
const cond = normal(key(1), [3, 2]), state = { inputDim: 2, mlpDims: [4] };

function run(eta: ReturnType<typeof etaFixed>, params: Params) {
  const { aux, grads } = valueAndGrad(params, {}, { cond }, (weights, _, { cond }) => {
    const y = eta.apply(weights, cond);
    return { loss: tf.sum(y), aux: { y } };
  });
  return { y: aux.y, grads };
}

Deno.test("noise levels start at their base", () => {
  fc.assert(fc.property(range, (range) => {
    for (
      const [eta, columns] of [
        [etaFixed(range), 1],
        [etaAction(3, range), 3],
        [etaState({ ...range, ...state, gain: 0 }), 1],
        [etaStateAction(3, { ...range, ...state, gain: 0 }), 3],
      ] as const
    ) {
      const { y } = run(eta, initialize(eta, key(2)));
      assertEquals(y.shape, [3, columns]);
      y.data.forEach((value) => assertAlmostEquals(value, range.baseEta, 1e-5));
    }
  }));
});

Deno.test("noise levels stay in their range whatever their parameters", () => {
  fc.assert(fc.property(range, fc.nat(1000), (range, seed) => {
    const { minEta, maxEta } = range;
    for (const eta of [etaAction(3, range), etaStateAction(3, { ...range, ...state })]) {
      const { layout, data } = initialize(eta, key(0));
      const wild = normal(key(seed), [data.length]).data.map((z) => 20 * z);
      const { y } = run(eta, { layout, data: wild });
      assert(y.data.every((value) => value >= minEta - 1e-6 && value <= maxEta + 1e-6));
    }
  }));
});

Deno.test("a fixed noise level receives no gradient, one per action component does", () => {
  const fixed = etaFixed(), action = etaAction(2);
  assertEquals([...run(fixed, initialize(fixed, key(0))).grads.data], [0]);
  assert(run(action, initialize(action, key(0))).grads.data.every((g) => g > 0));
});

Deno.test("noise levels refuse a base outside their range", () => {
  assertThrows(() => etaFixed({ baseEta: 2 }), RangeError, "minEta <= baseEta <= maxEta");
  assertThrows(() => etaAction(2, { minEta: 0.6, baseEta: 0.5 }), RangeError);
});
