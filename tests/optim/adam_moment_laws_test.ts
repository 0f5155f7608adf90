import { assert, assertNotEquals } from "@std/assert";
import fc from "fast-check";
import type { AdamState } from "../../src/optim/adam.ts";
import { course, eps, learningRate, omega, weightDecay } from "../arbitraries/vectors.ts";
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
