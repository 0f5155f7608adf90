import { assert, assertEquals, assertThrows } from "@std/assert";
import type { AdapgState } from "../../src/optim/adapg.ts";
import { denominatorShares } from "../../src/optim/denominator_shares.ts";
import { NonFiniteError } from "../../src/tensor/non_finite.ts";
import { paramsOf } from "../../src/tensor/params.ts";
import { ADAM_FAMILY, ALL, assertNear, float32, float64, last, make, run, updates } from "./lab.ts";

/** The first update in units of η. */
function firstUpdate(g: number, eps: number): number {
  const adamw = make({ label: "", name: "adamw", options: { eps, learningRate: 1 } });
  return -last(run(adamw, float32, [0], [[g]])).theta.data[0];
}

Deno.test("the first update of a tiny gradient is η g / (g + ε), for every ε the paper tries", () => {
  const table: [g: number, at1em8: number, at1em11: number, at1em12: number][] = [
    [1e-3, 0.99999, 1, 1],
    [1e-6, 0.990099, 0.99999, 0.999999],
    [1e-8, 0.5, 0.999001, 0.9999],
    [1e-9, 0.0909091, 0.990099, 0.999001],
    [1e-10, 0.00990099, 0.909091, 0.990099],
    [1e-11, 9.99001e-4, 0.5, 0.909091],
    [1e-12, 9.999e-5, 0.0909091, 0.5],
    [1e-14, 1e-6, 9.99001e-4, 0.00990099],
    [1e-18, 1e-10, 1e-7, 1e-6],
    [1e-20, 1e-12, 1e-9, 1e-8],
    [1e-21, 1e-13, 1e-10, 1e-9],
    [8e-22, 8e-14, 8e-11, 8e-10],
    [1e-25, 1e-17, 1e-14, 1e-13],
  ];
  for (const [g, ...row] of table) {
    [1e-8, 1e-11, 1e-12].forEach((eps, k) =>
      assertNear([firstUpdate(g, eps)], [row[k]], 2e-6 * row[k], `gradient ${g}, eps ${eps}`)
    );
  }
});

Deno.test("v stored in float32 underflows below 8.37e-22; eps 1e-11 keeps the update harmless", () => {
  for (const subject of ADAM_FAMILY) {
    const optimizer = make<AdapgState>(subject, { eps: 1e-11, learningRate: 1 });
    const { v, theta } = last(run(optimizer, float32, [0], [[8e-22], [8e-22], [8e-22]]));
    assertEquals(v.data[0], 0);
    assert(Math.abs(theta.data[0]) < 1e-9, subject.label);
  }
  assert(last(run(make<AdapgState>(ADAM_FAMILY[0]), float32, [0], [[8.5e-22]])).v.data[0] > 0);
});

Deno.test("without eps an underflown v ends in an error, never in a silent infinity", () => {
  const adamw = make({ label: "", name: "adamw", options: { eps: 0 } });
  const error = assertThrows(
    () => run(adamw, float32, [0], [[1e-23], [0]]),
    NonFiniteError,
    "Cannot step adamw: theta must be finite, found -Infinity at w[0], gradient 0",
  );
  assertEquals(error.value, -Infinity);
  assertThrows(
    () => run(adamw, float32, [0], [[0]]),
    NonFiniteError,
    "found NaN at w[0], gradient 0",
  );
});

Deno.test("a gradient that is not finite is refused with its leaf, index and value", () => {
  const theta = paramsOf({
    "actor.layers.0.weight": { shape: [2, 2], data: new Float32Array(4) },
    "actor.layers.0.bias": { shape: [3], data: new Float32Array(3) },
  });
  for (const subject of ALL) {
    const optimizer = make(subject);
    for (const bad of [NaN, Infinity, -Infinity]) {
      const data = new Float32Array(7);
      data[6] = bad;
      assertThrows(
        () => optimizer.step(optimizer.init(theta), { layout: theta.layout, data }),
        NonFiniteError,
        `Cannot step ${optimizer.name}: gradient must be finite, found ${bad} at actor.layers.0.bias[2]`,
      );
    }
  }
});

Deno.test("a gradient whose square float32 cannot hold is refused before v becomes infinite for ever", () => {
  for (const subject of ADAM_FAMILY) {
    const optimizer = make<AdapgState>(subject);
    run(optimizer, float32, [1], [[5.8e20]]);
    assertThrows(
      () => run(optimizer, float32, [1], [[6e20]]),
      NonFiniteError,
      `Cannot step ${optimizer.name}: v must be finite, found Infinity at w[0], gradient 6`,
    );
    run(optimizer, float64, [1], [[6e20]]);
  }
});

Deno.test("eps 1e-11 vanishes beside √v̂ in float32 from 2.44e-4 on, 1e-12 from 3.05e-5, 1e-8 from 0.25", () => {
  for (const [eps, threshold] of [[1e-11, 2 ** -12], [1e-12, 2 ** -15], [1e-8, 0.25]]) {
    assertEquals(Math.fround(threshold + eps), threshold);
    const below = Math.fround(threshold * 0.25);
    assert(Math.fround(below + eps) > below, `eps ${eps}`);
  }
});

Deno.test("steps that differ in eps alone agree to float32 rounding above that threshold", () => {
  const g = [2 ** -12, 1e-3, 0.5], grads = [g, g.map((x) => -0.7 * x), g];
  const at = (eps: number) => {
    const adapg = make({ label: "", name: "adapg", options: { eps, learningRate: 1e-3 } });
    return last(run(adapg, float32, [0, 0, 0], grads)).theta.data;
  };
  for (const eps of [1e-12, 0]) assertNear(at(1e-11), at(eps), 2 ** -24 * 1e-3 * 8, `eps ${eps}`);
});

Deno.test("after real gradients stop, noise of 1e-9 moves at full size again once v has decayed", () => {
  const adamw = make<AdapgState>({ label: "", name: "adamw", options: { eps: 1e-11 } });
  const real = Array.from({ length: 1000 }, () => [1e-3]);
  const quiet = Array.from({ length: 29000 }, () => [1e-9]);
  const path = run(adamw, float32, [0], [...real, ...quiet]);
  const after = (steps: number) => updates(path[1000 + steps], 1, 1e-11)[0];
  assert(after(19000) < 0.03, `found ${after(19000)}`);
  assert(after(29000) > 0.85, `found ${after(29000)}`);
});

Deno.test("denominatorShares() sorts coordinates by the size of √v̂", () => {
  const adamw = make<AdapgState>({ label: "", name: "adamw", options: {} });
  const state = last(
    run(adamw, float64, Array(8).fill(0), [[0, 5e-12, 2e-11, 9e-9, -2e-8, 9e-7, 2e-6, -3]]),
  );
  const shares = denominatorShares(state);
  assertEquals(shares, {
    zero: 1 / 8,
    upTo1em11: 1 / 8,
    upTo1em8: 2 / 8,
    upTo1em6: 2 / 8,
    above1em6: 2 / 8,
  });
  assertThrows(() => denominatorShares(adamw.init(state.theta)), RangeError, "no step taken");
});
