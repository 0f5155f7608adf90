import fc from "fast-check";
import type { AdapgState } from "../../src/optim/adapg.ts";
import { course, eps, learningRate, omega, signed, weightDecay } from "../arbitraries/vectors.ts";
import {
  ADAMW,
  ALL,
  assertNear,
  assertSame,
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
  type Subject,
  updates,
  values,
} from "./lab.ts";

const [A] = PLAIN_READINGS;

/** Largest |θ_i − θ_{i−1}| in units of the largest update. */
const stepFactor = (omega: number) => omega + (omega - 1) ** 2 / (1 - Math.abs(omega - 1));

Deno.test("I2 the first step moves θ by −ω (ηλ θ₀ + u₁)", () => {
  const settings = fc.record({ learningRate, omega, eps, weightDecay });
  for (const subject of PLAIN_READINGS) {
    for (const precision of PRECISIONS) {
      fc.assert(fc.property(course({ maxSteps: 1 }), settings, ({ theta, grads: [g] }, more) => {
        const [, state] = run(make(subject, more), precision, theta, [g]);
        const { learningRate: eta, omega, eps, weightDecay: lambda } = more;
        const expected = theta.map((x, j) =>
          x - omega * (eta * lambda * x + eta * g[j] / (Math.abs(g[j]) + eps))
        );
        const allowed = precision.tolerance * (largest(theta) + eta);
        assertNear(values(state.theta), expected, allowed, subject.label);
      }));
    }
  }
});

Deno.test("I5 δ is a heavy-ball filter of the updates, and θ looks ahead along it", () => {
  for (const precision of PRECISIONS) {
    fc.assert(fc.property(course(), omega, learningRate, ({ theta, grads }, omega, eta) => {
      const more = { omega, learningRate: eta, eps: 1e-8 };
      const path = run(make<AdapgState>(A, more), precision, theta, grads);
      const allowed = precision.tolerance * sizeOf(path), mu = omega - 1;
      let delta = theta.map(() => 0);
      path.slice(1).forEach((state, i) => {
        const u = updates(state, eta, 1e-8), before = path[i];
        const moved = values(state.theta).map((x, j) => x - before.theta.data[j]);
        assertNear(moved, u.map((u, j) => -omega * u + mu * mu * delta[j]), allowed, "5.3");
        const next = values(state.hPrev).map((h, j) => h - before.hPrev.data[j]);
        assertNear(next, u.map((u, j) => mu * delta[j] - u), allowed, "5.1");
        delta = next;
      });
    }));
  }
});

Deno.test("I16 a constant gradient has the closed form of a geometric approach", () => {
  for (const precision of PRECISIONS) {
    fc.assert(
      fc.property(signed(-4, 3), signed(-2, 1), omega, learningRate, (g, theta, omega, eta) => {
        const optimizer = make<AdapgState>(A, { omega, learningRate: eta, eps: 1e-11 });
        const path = run(optimizer, precision, [theta], constant(g, 40));
        const u = eta * g / (Math.abs(g) + 1e-11), mu = omega - 1;
        const allowed = 10 * precision.tolerance * sizeOf(path);
        path.forEach(({ theta: x, hPrev, count: i }) => {
          const tail = (1 - mu ** i) / (1 - mu), h = theta - u / (1 - mu) * (i - mu * tail);
          assertNear(values(hPrev), [i === 0 ? theta : h], allowed, "h");
          assertNear(values(x), [i === 0 ? theta : h - mu * u * tail], allowed, "θ");
        });
      }),
    );
  }
});

Deno.test("I19 no step is longer than 7.2703 η (ω + (ω − 1)² / (1 − |ω − 1|))", () => {
  const anyOmega = fc.double({ min: 0.02, max: 1.98, noNaN: true });
  const gradients = course({ gradient: signed(-6, 6), maxSteps: 60 });
  fc.assert(fc.property(gradients, anyOmega, learningRate, ({ theta, grads }, omega, eta) => {
    const path = run(make<AdapgState>(A, { omega, learningRate: eta }), float64, theta, grads);
    const bound = LARGEST_UPDATE * eta * stepFactor(omega) + 1e-12 * sizeOf(path);
    path.slice(1).forEach((state, i) =>
      assertNear(values(state.theta), values(path[i].theta), bound, "step")
    );
  }));
  [[0.6, 0.867], [1, 1], [1.2, 1.25], [1.3, 1.43], [1.5, 2]].forEach(([omega, factor]) =>
    assertNear([stepFactor(omega)], [factor], 2e-3, `factor at ${omega}`)
  );
});

Deno.test("I23 weight decay alone follows (1 − ηλ)((1 − ω) θ_{i−2} + ω θ_{i−1})", () => {
  for (const precision of PRECISIONS) {
    fc.assert(
      fc.property(course(), omega, learningRate, weightDecay, (path, omega, eta, weightDecay) => {
        const { theta, grads } = path, keep = 1 - eta * weightDecay;
        const more = { omega, learningRate: eta, weightDecay };
        const rows = run(make(A, more), precision, theta, grads.map((g) => g.map(() => 0)))
          .map((s) => values(s.theta));
        const allowed = precision.tolerance * largest(theta);
        const first = theta.map((x) => (1 - omega * eta * weightDecay) * x);
        assertNear(rows[1], first, allowed, "first step");
        for (let i = 2; i < rows.length; i++) {
          const expected = theta.map((_, j) =>
            keep * ((1 - omega) * rows[i - 2][j] + omega * rows[i - 1][j])
          );
          assertNear(rows[i], expected, allowed, `step ${i}`);
        }
        const adamw = run(
          make(A, { ...more, omega: 1 }),
          precision,
          theta,
          grads.map((g) => g.map(() => 0)),
        );
        const decayed = theta.map((x) => keep ** grads.length * x);
        assertNear(values(last(adamw).theta), decayed, allowed, "omega 1");
      }),
    );
  }
});

Deno.test("I25 a learning rate of 0 keeps every optimizer where it starts", () => {
  for (const subject of ALL) {
    for (const precision of PRECISIONS) {
      fc.assert(
        fc.property(course(), ({ theta, grads }) => {
          const path = run(
            make(subject, { learningRate: 0, weightDecay: 0.1 }),
            precision,
            theta,
            grads,
          );
          assertSame(values(last(path).theta), theta, subject.label);
        }),
        { numRuns: 10 },
      );
    }
  }
});

Deno.test("I25 when the learning rate drops to 0, AdamW stops and ADAPG coasts by ω − 1 a step", () => {
  fc.assert(fc.property(course(), omega, ({ theta, grads }, omega) => {
    const rates = [...grads.map(() => undefined), 0, 0, 0, 0];
    const all = [...grads, ...grads.slice(0, 1), grads[0], grads[0], grads[0]];
    const adamw = run(make(ADAMW), float64, theta, all, rates);
    assertSame(values(last(adamw).theta), values(adamw[grads.length].theta), "adamw");
    const path = run(make<AdapgState>(A, { omega }), float64, theta, all, rates).slice(-6);
    const deltas = path.slice(1).map((s, i) =>
      values(s.hPrev).map((h, j) => h - path[i].hPrev.data[j])
    );
    for (let k = 1; k < deltas.length; k++) {
      const expected = deltas[k - 1].map((d) => (omega - 1) * d);
      assertNear(deltas[k], expected, 1e-12 * sizeOf(path), "coasting");
    }
  }));
});

Deno.test("I33 under a constant gradient θ starts with ω u and drifts by u / (2 − ω)", () => {
  for (const omega of [0.3, 0.6, 1.2, 1.5, 1.9]) {
    fc.assert(
      fc.property(signed(-3, 3), (g) => {
        const more = { omega, learningRate: 1, eps: 1e-30 };
        const drift = (subject: Subject) => {
          const path = run(make(subject, more), float64, [0], constant(g, 400)).map((s) =>
            s.theta.data[0]
          );
          return [path[1], path[400] - path[399]];
        };
        const u = Math.sign(g);
        assertNear(drift(A), [-omega * u, -u / (2 - omega)], 1e-9, `A, omega ${omega}`);
        assertNear(drift(reading("B")), [-omega * u, -omega * u], 1e-9, `B, omega ${omega}`);
        assertNear(drift(reading("C")), [-omega * u, -u], 1e-9, `C, omega ${omega}`);
      }),
      { numRuns: 10 },
    );
  }
});
