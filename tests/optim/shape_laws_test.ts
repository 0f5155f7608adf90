import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { course, learningRate, signed } from "../arbitraries/vectors.ts";
import {
  ALL,
  assertNear,
  assertSame,
  float32,
  last,
  make,
  PRECISIONS,
  run,
  slots,
  values,
  WITHOUT_EPS,
} from "./lab.ts";

Deno.test("I9 permuting the coordinates permutes every vector of the state bit for bit", () => {
  for (const subject of ALL) {
    for (const precision of PRECISIONS) {
      fc.assert(
        fc.property(course(), fc.nat(), ({ theta, grads }, seed) => {
          const order = theta.map((_, i) => i).sort((a, b) =>
            (a * 7 + seed) % 5 - (b * 7 + seed) % 5
          );
          const permuted = <T>(xs: ArrayLike<T>) => order.map((j) => xs[j]);
          const optimizer = make(subject, { weightDecay: 0.01 });
          const plain = last(run(optimizer, precision, theta, grads));
          const moved = last(run(optimizer, precision, permuted(theta), grads.map(permuted)));
          for (const [slot, vector] of Object.entries(slots(plain))) {
            assertSame(
              values(slots(moved)[slot]),
              permuted(vector.data),
              `${subject.label} ${slot}`,
            );
          }
        }),
        { numRuns: 20 },
      );
    }
  }
});

Deno.test("I11 stepping a concatenation equals stepping its parts", () => {
  for (const subject of ALL) {
    fc.assert(
      fc.property(course(), course(), (a, b) => {
        const steps = Math.min(a.grads.length, b.grads.length);
        const [first, second] = [a, b].map(({ theta, grads }) =>
          last(run(make(subject), float32, theta, grads.slice(0, steps)))
        );
        const joint = last(run(
          make(subject),
          float32,
          [...a.theta, ...b.theta],
          Array.from({ length: steps }, (_, i) => [...a.grads[i], ...b.grads[i]]),
        ));
        assertSame(
          values(joint.theta),
          [...values(first.theta), ...values(second.theta)],
          subject.label,
        );
      }),
      { numRuns: 20 },
    );
  }
});

Deno.test("I20 zero gradients from the start move nothing but the counter", () => {
  for (const subject of ALL) {
    for (const precision of PRECISIONS) {
      fc.assert(
        fc.property(course(), ({ theta, grads }) => {
          const states = run(make(subject), precision, theta, grads.map((g) => g.map(() => 0)));
          const [start, end] = [states[0], last(states)];
          assertEquals(end.count, grads.length);
          for (const [slot, vector] of Object.entries(slots(end))) {
            assertSame(values(vector), values(slots(start)[slot]), `${subject.label} ${slot}`);
          }
        }),
        { numRuns: 10 },
      );
    }
  }
});

Deno.test("I32 a learning rate given for a step scales that step and never enters the averages", () => {
  for (const subject of ALL) {
    for (const precision of PRECISIONS) {
      fc.assert(
        fc.property(course(), learningRate, ({ theta, grads }, eta) => {
          const optimizer = make(subject), n = grads.length;
          const rates = grads.map((_, i) => i === n - 1 ? eta : undefined);
          const usual = run(optimizer, precision, theta, grads);
          const changed = run(optimizer, precision, theta, grads, rates);
          for (const slot of ["m", "v", "b", "gBar"].filter((slot) => slot in usual[n])) {
            assertSame(
              values(slots(changed[n])[slot]),
              values(slots(usual[n])[slot]),
              `${subject.label} ${slot}`,
            );
          }
          const configured = make(subject, { learningRate: eta }).step(
            usual[n - 1],
            precision.vector(grads[n - 1]),
          );
          assertEquals(configured, changed[n]);
        }),
        { numRuns: 10 },
      );
    }
  }
});

Deno.test("I35 every gradient below 1e18 gives a finite float32 state at eps 1e-11", () => {
  const gradient = fc.oneof(signed(-45, 18), fc.constant(0));
  for (const subject of ALL) {
    fc.assert(
      fc.property(course({ gradient, maxSteps: 30 }), ({ theta, grads }) => {
        const more = WITHOUT_EPS.includes(subject.name) ? {} : { eps: 1e-11 };
        for (const state of run(make(subject, more), float32, theta, grads)) {
          for (const vector of Object.values(slots(state))) {
            assertNear(
              values(vector).map((x) => x - x),
              values(vector).map(() => 0),
              0,
              subject.label,
            );
          }
        }
      }),
      { numRuns: 20 },
    );
  }
});
