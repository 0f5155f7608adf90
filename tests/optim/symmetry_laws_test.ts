import fc from "fast-check";
import { course, learningRate, signed } from "../arbitraries/vectors.ts";
import {
  ADAM_FAMILY,
  ALL,
  assertNear,
  assertSame,
  float64,
  largest,
  last,
  make,
  PRECISIONS,
  RMSPROPS,
  run,
  updates,
  values,
} from "./lab.ts";
import type { AdamState } from "../../src/optim/adam.ts";

const zero = fc.constant(0), nonZero = signed(-5, 2);
const SCALED = [...RMSPROPS, ...ADAM_FAMILY];

Deno.test("I7 from θ = 0, displacements are proportional to the learning rate, exactly for powers of two", () => {
  for (const subject of ALL) {
    for (const precision of PRECISIONS) {
      fc.assert(
        fc.property(
          course({ theta: zero }),
          learningRate,
          fc.integer({ min: -8, max: 8 }),
          fc.double({ min: 0.1, max: 3, noNaN: true }),
          ({ theta, grads }, eta, power, factor) => {
            const path = (learningRate: number) =>
              run(make(subject, { learningRate }), precision, theta, grads).map((s) =>
                values(s.theta)
              );
            const base = path(eta);
            path(eta * 2 ** power).forEach((row, i) =>
              assertSame(row, base[i].map((x) => x * 2 ** power), subject.label)
            );
            const allowed = precision.tolerance * factor * (largest(...base) + eta);
            path(eta * factor).forEach((row, i) =>
              assertNear(row, base[i].map((x) => x * factor), allowed, subject.label)
            );
          },
        ),
        { numRuns: 20 },
      );
    }
  }
});

Deno.test("I10 shifting θ shifts the whole path", () => {
  for (const subject of ALL) {
    for (const precision of PRECISIONS) {
      fc.assert(
        fc.property(course(), fc.integer({ min: -4, max: 4 }), ({ theta, grads }, shift) => {
          const path = run(make(subject), precision, theta, grads).map((s) => values(s.theta));
          const shifted = run(make(subject), precision, theta.map((x) => x + shift), grads);
          const size = largest(...path) + Math.abs(shift) + 1;
          shifted.forEach((state, i) =>
            assertNear(
              values(state.theta),
              path[i].map((x) => x + shift),
              precision.tolerance * size,
              subject.label,
            )
          );
        }),
        { numRuns: 20 },
      );
    }
  }
});

Deno.test("I12 scaling gradients and eps together changes nothing, bit for bit for powers of two", () => {
  for (const subject of SCALED) {
    for (const precision of PRECISIONS) {
      fc.assert(
        fc.property(course(), fc.integer({ min: -10, max: 10 }), ({ theta, grads }, power) => {
          const c = 2 ** power, eps = 2 ** -20;
          const plain = last(run(make(subject, { eps }), precision, theta, grads));
          const scaled = last(run(
            make(subject, { eps: c * eps }),
            precision,
            theta,
            grads.map((g) => g.map((x) => x * c)),
          ));
          assertSame(values(scaled.theta), values(plain.theta), subject.label);
        }),
        { numRuns: 20 },
      );
    }
  }
});

Deno.test("I13 without eps the scale of the gradients cancels", () => {
  for (const subject of ADAM_FAMILY) {
    for (const precision of PRECISIONS) {
      fc.assert(
        fc.property(
          course({ gradient: nonZero }),
          fc.double({ min: -6, max: 6, noNaN: true }),
          ({ theta, grads }, exponent) => {
            const optimizer = make(subject, { eps: 0 }), c = 10 ** exponent;
            const plain = last(run(optimizer, precision, theta, grads));
            const scaled = grads.map((g) => g.map((x) => x * c));
            const moved = last(run(optimizer, precision, theta, scaled));
            const allowed = precision.tolerance * (largest(theta) + 1);
            assertNear(values(moved.theta), values(plain.theta), allowed, subject.label);
          },
        ),
        { numRuns: 20 },
      );
    }
  }
});

Deno.test("I13 eps > 0 shrinks each update by at most the share eps / √v̂", () => {
  fc.assert(
    fc.property(
      course({ gradient: nonZero }),
      fc.constantFrom(1e-8, 1e-11),
      ({ theta, grads }, eps) => {
        const adamw = make<AdamState>({ label: "adamw", name: "adamw", options: {} }, { eps });
        const state = last(run(adamw, float64, theta, grads));
        const [damped, free] = [updates(state, 1, eps), updates(state, 1, 0)];
        const c2 = 1 - 0.999 ** state.count;
        damped.forEach((u, j) => {
          const bound = eps / Math.sqrt(state.v.data[j] / c2);
          assertNear([u], [free[j]], Math.abs(free[j]) * (bound + 1e-14), "update");
        });
      },
    ),
  );
});

Deno.test("I13 eps 1e-8 damps gradients that eps 1e-11 does not", () => {
  const grads = Array.from({ length: 50 }, (_, i) => [Math.sin(3 * i) + 0.3]);
  const moved = (eps: number, scale: number) => {
    const optimizer = make({ label: "adamw", name: "adamw", options: {} }, {
      eps,
      learningRate: 1,
    });
    const scaled = grads.map((g) => g.map((x) => x * scale));
    return last(run(optimizer, float64, [0], scaled)).theta.data[0];
  };
  const free = moved(0, 1);
  assertNear([moved(1e-11, 1e-6) / free, moved(1e-11, 1e-8) / free], [1, 1], 1e-2, "eps 1e-11");
  assertNear([moved(1e-8, 1) / free, moved(1e-8, 1e-8) / free], [1, 0.4], 0.2, "eps 1e-8");
});

Deno.test("I15 negated gradients from θ = 0 give the negated path bit for bit", () => {
  for (const subject of ALL) {
    for (const precision of PRECISIONS) {
      fc.assert(
        fc.property(course({ theta: zero }), ({ theta, grads }) => {
          const path = run(make(subject), precision, theta, grads);
          const mirrored = run(make(subject), precision, theta, grads.map((g) => g.map((x) => -x)));
          mirrored.forEach((state, i) =>
            assertSame(values(state.theta), values(path[i].theta).map((x) => -x), subject.label)
          );
        }),
        { numRuns: 20 },
      );
    }
  }
});
