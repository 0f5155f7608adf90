import { assert } from "@std/assert";
import fc from "fast-check";
import type { AdapgState } from "../../src/optim/adapg.ts";
import type { AdamState } from "../../src/optim/adam.ts";
import { course, eps, learningRate, signed } from "../arbitraries/vectors.ts";
import {
  ADAM_FAMILY,
  ADAMS,
  assertNear,
  float64,
  LARGEST_UPDATE,
  last,
  make,
  PRECISIONS,
  run,
  type Subject,
  updates,
  values,
} from "./lab.ts";

/** (1 − β₁)/√(1 − β₂) · (1 − β₁²/β₂)^(−1/2) for the usual decays. */
const nonZero = signed(-5, 2);

const repeated = (g: number, n: number) => Array.from({ length: n }, () => [g]);
const adamStates = (
  subject: Subject,
  more: Record<string, unknown>,
  grads: readonly (readonly number[])[],
) => run(make<AdamState>(subject, more), float64, grads[0].map(() => 0), grads);

Deno.test("I14 the first update is η g / (|g| + ε), half of η at |g| = ε", () => {
  for (const subject of ADAM_FAMILY) {
    for (const precision of PRECISIONS) {
      fc.assert(
        fc.property(signed(-13, 3), eps, learningRate, (g, eps, eta) => {
          const optimizer = make<AdamState & Partial<AdapgState>>(subject, {
            eps,
            learningRate: eta,
          });
          const first = (g: number) => {
            const [, state] = run(optimizer, precision, [0], [[g]]);
            return -(state.hPrev ?? state.theta).data[0];
          };
          const allowed = precision.tolerance * eta;
          assertNear([first(g)], [eta * g / (Math.abs(g) + eps)], allowed, subject.label);
          assert(Math.abs(first(g)) <= eta * (1 + precision.ulp), subject.label);
          assertNear([first(eps), first(-eps)], [eta / 2, -eta / 2], allowed, subject.label);
        }),
        { numRuns: 20 },
      );
    }
  }
});

Deno.test("I17 updates shrink strictly as eps grows, and u (√v̂ + ε) is η m̂", () => {
  fc.assert(fc.property(course({ gradient: nonZero }), nonZero, ({ grads }, g) => {
    const history = adamStates({ label: "adamw", name: "adamw", options: {} }, {}, grads);
    const before = last(history), next = float64.vector(grads[0].map(() => g));
    const updateAt = (eps: number) => {
      const adamw = make<AdamState>({
        label: "",
        name: "adamw",
        options: { eps, learningRate: 1 },
      });
      const after = adamw.step(before, next);
      return { after, u: values(before.theta).map((x, j) => x - after.theta.data[j]) };
    };
    const sizes = [1e-12, 1e-8, 1e-3, 1, 1e6].map((eps) => ({ eps, ...updateAt(eps) }));
    const { m, v, count } = sizes[0].after;
    values(m).forEach((mi, j) => {
      const mHat = mi / (1 - 0.9 ** count), root = Math.sqrt(v.data[j] / (1 - 0.999 ** count));
      sizes.forEach(({ eps, u }) =>
        assertNear([u[j] * (root + eps)], [mHat], 1e-12 * (root + eps) * 10, `eps ${eps}`)
      );
      if (Math.abs(mHat) < 1e-8) return;
      const exact = sizes.map(({ eps }) => Math.abs(updates(sizes[0].after, 1, eps)[j]));
      assert(exact.every((u, k) => k === 0 || u <= exact[k - 1]), "grows with eps");
      assert(exact[4] < exact[2] && exact[2] < exact[0], "does not shrink with eps");
      assertNear([exact[4] * 1e6], [Math.abs(mHat)], 1e-3 * Math.abs(mHat), "limit of large eps");
    });
  }));
});

Deno.test("I18 gradients of one magnitude never move a coordinate by more than η", () => {
  for (const subject of ADAMS) {
    fc.assert(
      fc.property(
        fc.array(fc.boolean(), { minLength: 1, maxLength: 40 }),
        signed(-4, 3),
        (signs, size) => {
          const path = adamStates(
            subject,
            { learningRate: 1 },
            signs.map((s) => [s ? size : -size]),
          );
          path.slice(1).forEach(({ theta }, i) =>
            assert(Math.abs(theta.data[0] - path[i].theta.data[0]) <= 1 + 1e-12)
          );
        },
      ),
    );
  }
});

Deno.test("I18 no gradients move a coordinate by more than 7.2703 η, and some come close", () => {
  for (const subject of ADAMS) {
    fc.assert(fc.property(course({ gradient: signed(-6, 6), maxSteps: 60 }), ({ grads }) => {
      const path = adamStates(subject, { learningRate: 1 }, grads.map((g) => [g[0]]));
      path.slice(1).forEach(({ theta }, i) =>
        assert(Math.abs(theta.data[0] - path[i].theta.data[0]) <= LARGEST_UPDATE)
      );
    }));
    // The bound is met in the limit by gradients growing like (β₂/β₁)^j after a long silence.
    const silence = repeated(0, 5000);
    const growth = Array.from({ length: 150 }, (_, j) => [(0.999 / 0.9) ** (j - 150)]);
    const end = last(adamStates(subject, {}, [...silence, ...growth]));
    const [u] = updates(end, 1, 0);
    assert(u > 0.99 * LARGEST_UPDATE && u <= LARGEST_UPDATE, `found ${u}`);
  }
});

Deno.test("I21 after the last gradient updates fade by about 0.9005 a step and keep their sign", () => {
  for (const subject of ADAMS) {
    fc.assert(
      fc.property(course({ gradient: nonZero }), ({ grads }) => {
        const path = adamStates(subject, { learningRate: 1, eps: 1e-30 }, [
          ...grads.map((g) => [g[0]]),
          ...repeated(0, 100),
        ]).slice(grads.length);
        const u = path.map((state) => updates(state, 1, 1e-30)[0]);
        for (let k = 1; k < u.length; k++) {
          const i = path[k - 1].count;
          const bias = (1 - 0.9 ** i) / (1 - 0.9 ** (i + 1)) *
            Math.sqrt((1 - 0.999 ** (i + 1)) / (1 - 0.999 ** i));
          const ratio = 0.9 / Math.sqrt(0.999) * bias;
          assertNear([u[k]], [u[k - 1] * ratio], 1e-12 * Math.abs(u[k - 1]), subject.label);
        }
        const moved = last(path).theta.data[0] - path[0].theta.data[0];
        assert(Math.abs(moved) < 20 * Math.abs(u[0]) + 1e-12, "does not come to rest");
      }),
      { numRuns: 20 },
    );
  }
  assertNear([0.9 / Math.sqrt(0.999)], [0.9005], 1e-4, "ratio");
});

Deno.test("I22 the first update after k silent steps dips to 0.4814 η and rises to 3.1516 η", () => {
  const expected = (k: number) =>
    0.1 / (1 - 0.9 ** (k + 1)) * Math.sqrt((1 - 0.999 ** (k + 1)) / 0.001);
  const known: [number, number, number][] = [
    [0, 1, 1e-9],
    [1, 0.744, 5e-4],
    [11, 0.4814, 5e-5],
    [5000, 3.15164, 5e-6],
  ];
  for (const subject of ADAMS) {
    const after = (k: number) => {
      const path = adamStates(subject, { eps: 1e-30 }, [...repeated(0, k), [1]]);
      return updates(last(path), 1, 1e-30)[0];
    };
    known.forEach(([k, value, allowed]) => assertNear([after(k)], [value], allowed, `k = ${k}`));
    for (const k of [0, 1, 5, 10, 11, 12, 50, 104, 105, 1000]) {
      assertNear([after(k)], [expected(k)], 1e-11, `k = ${k}`);
    }
    assert(after(10) > after(11) && after(12) > after(11) && after(104) < 1 && after(105) > 1);
  }
});
