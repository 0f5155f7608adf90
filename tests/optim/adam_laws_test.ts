import { assert, assertNotEquals } from "@std/assert";
import fc from "fast-check";
import type { AdapgState } from "../../src/optim/adapg.ts";
import type { AdamState } from "../../src/optim/adam.ts";
import { course, eps, learningRate, omega, signed, weightDecay } from "../arbitraries/vectors.ts";
import {
  ADAM_FAMILY,
  ADAMS,
  assertNear,
  assertSame,
  float64,
  largest,
  last,
  make,
  PRECISIONS,
  READINGS,
  run,
  type Subject,
  updates,
  values,
} from "./lab.ts";

/** Those whose decay never enters the moments. */
const DECOUPLED = [...ADAMS.filter(({ name }) => name === "adamw"), ...READINGS];
/** (1 − β₁)/√(1 − β₂) · (1 − β₁²/β₂)^(−1/2) for the usual decays. */
const LARGEST_UPDATE = 7.2703;
const nonZero = signed(-5, 2);

const repeated = (g: number, n: number) => Array.from({ length: n }, () => [g]);
const adamStates = (
  subject: Subject,
  more: Record<string, unknown>,
  grads: readonly (readonly number[])[],
) => run(make<AdamState>(subject, more), float64, grads[0].map(() => 0), grads);

Deno.test("I6 moments do not depend on the learning rate, the decay of weights or omega", () => {
  const settings = fc.record({ learningRate, weightDecay });
  for (const subject of DECOUPLED) {
    for (const precision of PRECISIONS) {
      fc.assert(
        fc.property(course(), settings, omega, ({ theta, grads }, more, omega) => {
          const blend = subject.name === "adapg" ? { omega } : {};
          const usual = last(run(make<AdamState>(subject), precision, theta, grads));
          const other = make<AdamState>(subject, { ...more, ...blend });
          const changed = last(run(other, precision, theta, grads));
          assertSame(values(changed.m), values(usual.m), subject.label);
          assertSame(values(changed.v), values(usual.v), subject.label);
        }),
        { numRuns: 20 },
      );
    }
  }
});

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

Deno.test("I24 decoupled decay leaves the updates alone, coupled decay does not", () => {
  const updatesAt = (
    subject: Subject,
    weightDecay: number,
    theta: readonly number[],
    grads: readonly (readonly number[])[],
  ) =>
    run(make<AdamState>(subject, { weightDecay }), float64, theta, grads).slice(1)
      .flatMap((state) => updates(state, 1, 1e-8));
  for (const subject of DECOUPLED) {
    fc.assert(
      fc.property(
        course(),
        ({ theta, grads }) =>
          assertSame(
            updatesAt(subject, 0.3, theta, grads),
            updatesAt(subject, 0, theta, grads),
            subject.label,
          ),
      ),
      { numRuns: 20 },
    );
  }
  const [adam] = ADAMS, grads = [[1], [-0.5]];
  assertNotEquals(updatesAt(adam, 0.3, [2], grads), updatesAt(adam, 0, [2], grads));
});

Deno.test("I30 m̂ stays among the gradients, v̂ below their largest square, v above β₂ v", () => {
  for (const subject of ADAM_FAMILY) {
    fc.assert(
      fc.property(course(), ({ grads }) => {
        const path = adamStates(subject, {}, grads.map((g) => [g[0]])), seen: number[] = [];
        path.slice(1).forEach(({ m, v, count }, i) => {
          seen.push(grads[i][0]);
          const slack = 1e-12 * largest(seen) + 1e-300;
          const mHat = m.data[0] / (1 - 0.9 ** count), vHat = v.data[0] / (1 - 0.999 ** count);
          assert(Math.min(...seen) - slack <= mHat && mHat <= Math.max(...seen) + slack, "m̂");
          assert(0 <= vHat && vHat <= largest(seen) ** 2 * (1 + 1e-12), "v̂");
          assert(v.data[0] >= 0.999 * path[i].v.data[0] * (1 - 1e-15), "v");
        });
      }),
      { numRuns: 20 },
    );
  }
});

Deno.test("I31 without β₁ m̂ is g; without both, every update is η g / (|g| + ε)", () => {
  for (const subject of ADAMS) {
    fc.assert(
      fc.property(course(), eps, ({ grads }, eps) => {
        const g = grads.map((row) => [row[0]]);
        const noMomentum = adamStates(subject, { beta1: 0, eps }, g);
        noMomentum.slice(1).forEach(({ m }, i) => assertSame(values(m), g[i], "m̂"));
        const path = adamStates(subject, { beta1: 0, beta2: 0, eps, learningRate: 1 }, g);
        path.slice(1).forEach(({ theta }, i) => {
          const u = path[i].theta.data[0] - theta.data[0], [gi] = g[i];
          assertNear([u], [gi / (Math.abs(gi) + eps)], 1e-12 * (i + 1), subject.label);
        });
      }),
      { numRuns: 20 },
    );
  }
});
