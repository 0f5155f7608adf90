import { assert } from "@std/assert";
import fc from "fast-check";
import type { AdapgState } from "../../src/optim/adapg.ts";
import type { AdamState } from "../../src/optim/adam.ts";
import { course, eps, learningRate, omega, weightDecay } from "../arbitraries/vectors.ts";
import {
  ADAMW,
  assertNear,
  assertSame,
  blended,
  constant,
  float64,
  largest,
  LARGEST_UPDATE,
  last,
  make,
  PLAIN_READINGS,
  PRECISIONS,
  reading,
  run,
  sizeOf,
  values,
} from "./lab.ts";

const [A] = PLAIN_READINGS;

Deno.test("I1 adapg() is AdamW bit for bit when omega is 1", () => {
  const rates = fc.array(learningRate, { minLength: 12, maxLength: 12 });
  for (const subject of PLAIN_READINGS) {
    for (const precision of PRECISIONS) {
      fc.assert(
        fc.property(
          course(),
          rates,
          eps,
          weightDecay,
          ({ theta, grads }, rates, eps, weightDecay) => {
            const more = { eps, weightDecay };
            const blend = make<AdapgState>(subject, { ...more, omega: 1 });
            const expected = run(make<AdamState>(ADAMW, more), precision, theta, grads, rates);
            run(blend, precision, theta, grads, rates).forEach((state, i) => {
              for (const slot of ["theta", "m", "v"] as const) {
                assertSame(
                  values(state[slot]),
                  values(expected[i][slot]),
                  `${subject.label} ${slot}`,
                );
              }
            });
          },
        ),
      );
    }
  }
});

Deno.test("I3 θ lies between the two points it blends for omega in (0, 1]", () => {
  const below = fc.double({ min: 0.01, max: 1, noNaN: true });
  for (const subject of PLAIN_READINGS) {
    for (const precision of PRECISIONS) {
      fc.assert(fc.property(course(), below, ({ theta, grads }, omega) => {
        const path = run(make<AdapgState>(subject, { omega }), precision, theta, grads);
        path.slice(1).forEach((state, i) => {
          const { h, previous } = blended(subject.options.reading, path[i], state);
          values(state.theta).forEach((x, j) => {
            const slack = 2 * precision.ulp * Math.max(Math.abs(h[j]), Math.abs(previous[j]));
            assert(x >= Math.min(h[j], previous[j]) - slack, subject.label);
            assert(x <= Math.max(h[j], previous[j]) + slack, subject.label);
          });
        });
      }));
    }
  }
});

Deno.test("I4 θ lies beyond h by ω − 1 times the way from the previous point", () => {
  for (const subject of PLAIN_READINGS) {
    for (const precision of PRECISIONS) {
      fc.assert(fc.property(course(), omega, ({ theta, grads }, omega) => {
        const path = run(make<AdapgState>(subject, { omega }), precision, theta, grads);
        const allowed = 4 * precision.ulp * sizeOf(path);
        path.slice(1).forEach((state, i) => {
          const { h, previous } = blended(subject.options.reading, path[i], state);
          values(state.theta).forEach((x, j) => {
            const way = h[j] - previous[j], beyond = x - h[j];
            assertNear([beyond], [(omega - 1) * way], allowed, subject.label);
            if (Math.abs((omega - 1) * way) <= allowed) return;
            assert(Math.sign(beyond) === Math.sign(omega - 1) * Math.sign(way), subject.label);
          });
        });
      }));
    }
  }
});

Deno.test("I8 θ after i steps is a polynomial in omega of degree at most i", () => {
  for (const subject of PLAIN_READINGS) {
    fc.assert(fc.property(course({ maxSteps: 5 }), ({ theta, grads }) => {
      const degree = grads.length,
        nodes = Array.from({ length: degree + 2 }, (_, k) => 0.5 + 0.15 * k);
      let differences = nodes.map((omega) =>
        values(last(run(make(subject, { omega }), float64, theta, grads)).theta)
      );
      const size = largest(...differences);
      for (let order = 0; order <= degree; order++) {
        differences = differences.slice(1).map((row, k) =>
          row.map((x, j) => x - differences[k][j])
        );
      }
      assertNear(differences[0], theta.map(() => 0), 1e-13 * size * 2 ** degree, subject.label);
    }));
  }
});

Deno.test("I20 θ rests exactly while h rests, whatever omega and the digits of θ", () => {
  const digits = fc.array(fc.double({ min: 0.1, max: 1, noNaN: true }), { minLength: 20 });
  fc.assert(fc.property(digits, omega, (theta, omega) => {
    const path = run(make(A, { omega }), float64, theta, [theta.map(() => 0)]);
    assertSame(values(path[1].theta), theta, `omega ${omega}`);
  }));
});

Deno.test("I29 θ depends continuously on omega at 1", () => {
  for (const subject of PLAIN_READINGS) {
    fc.assert(fc.property(course(), ({ theta, grads }) => {
      const at = (omega: number) =>
        values(last(run(make(subject, { omega, learningRate: 0.1 }), float64, theta, grads)).theta);
      const base = at(1), rounding = 1e-14 * (largest(theta) + 1);
      for (const d of [1e-1, 1e-3, 1e-6, -1e-6, -1e-3, -1e-1]) {
        const limit = 3 * LARGEST_UPDATE * 0.1 * grads.length * Math.abs(d) + rounding;
        assertNear(at(1 + d), base, limit, `${subject.label}, omega 1 + ${d}`);
      }
    }));
  }
});

Deno.test("I34 reading B is AdamW with learning rate ω η", () => {
  for (const precision of PRECISIONS) {
    fc.assert(
      fc.property(course(), omega, learningRate, weightDecay, (path, omega, eta, weightDecay) => {
        const { theta, grads } = path, more = { eps: 1e-8, weightDecay };
        const b = make<AdapgState>(reading("B"), { ...more, omega, learningRate: eta });
        const adamw = make(ADAMW, { ...more, learningRate: omega * eta });
        const states = run(b, precision, theta, grads),
          allowed = precision.tolerance * sizeOf(states);
        run(adamw, precision, theta, grads).forEach((state, i) =>
          assertNear(values(states[i].theta), values(state.theta), allowed, "reading B")
        );
      }),
    );
  }
});

Deno.test("I34 the three readings coincide at omega 1 and differ elsewhere", () => {
  fc.assert(fc.property(course(), weightDecay, ({ theta, grads }, weightDecay) => {
    const [a, b, c] = PLAIN_READINGS.map((subject) =>
      values(last(run(make(subject, { omega: 1, weightDecay }), float64, theta, grads)).theta)
    );
    assertSame(b, a, "B");
    assertSame(c, a, "C");
  }));
  const ends = PLAIN_READINGS.map((subject) =>
    last(run(make(subject, { omega: 1.2 }), float64, [1], constant(1, 3))).theta.data[0]
  );
  assert(new Set(ends).size === 3);
});
