import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { adaptiveAdapg, type AdaptiveAdapgState } from "../../src/optim/adaptive_adapg.ts";
import { ADAMW, assertSame, float32, float64, last, make, run, values } from "./lab.ts";

const options = { learningRate: 0.01, eps: 1e-8 };
const optimizer = adaptiveAdapg(options);
const omegaOf = ({ a }: AdaptiveAdapgState) => 1 + 0.5 * Math.tanh(a);
const gradients = (width: number) =>
  fc.array(
    fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: width, maxLength: width }),
    { minLength: 1, maxLength: 30 },
  );

Deno.test("adaptiveAdapg() is AdamW bit for bit where omega may not move", () => {
  const still = adaptiveAdapg({ ...options, omegaRate: 0 });
  fc.assert(fc.property(gradients(3), (g) => {
    const a = run(still, float32, [1, -2, 3], g);
    const b = run(make(ADAMW, options), float32, [1, -2, 3], g);
    assertSame(last(a).theta.data, last(b).theta.data, "theta");
  }));
});

Deno.test("adaptiveAdapg() keeps omega between 0.5 and 1.5 whatever the gradients", () => {
  const hasty = adaptiveAdapg({ ...options, omegaRate: 10 });
  fc.assert(fc.property(gradients(4), (g) => {
    for (const state of run(hasty, float32, [0, 0, 0, 0], g)) {
      assert(omegaOf(state) >= 0.5 && omegaOf(state) <= 1.5, String(omegaOf(state)));
    }
  }));
});

Deno.test("adaptiveAdapg() raises omega while gradients persist and lowers it when steps overshoot", () => {
  const steady = run(optimizer, float64, [0], Array.from({ length: 40 }, () => [1]));
  assert(omegaOf(last(steady)) > 1.2, String(omegaOf(last(steady))));
  const swinging = run(
    adaptiveAdapg({ ...options, beta1: 0 }),
    float64,
    [0],
    Array.from({ length: 40 }, (_, i) => [i % 2 === 0 ? 1 : -1]),
  );
  assert(omegaOf(last(swinging)) < 0.8, String(omegaOf(last(swinging))));
});

Deno.test("adaptiveAdapg() adapts alike when losses are scaled by a power of two", () => {
  fc.assert(fc.property(gradients(3), (g) => {
    const a = run(
      adaptiveAdapg({ ...options, eps: 0 }),
      float64,
      [1, 2, 3],
      g.map((x) => x.map((v) => v + 0.01)),
    );
    const b = run(
      adaptiveAdapg({ ...options, eps: 0 }),
      float64,
      [1, 2, 3],
      g.map((x) => x.map((v) => 8 * (v + 0.01))),
    );
    assertEquals(last(a).a, last(b).a);
  }));
});

Deno.test("adaptiveAdapg() goes on from a state as if it had not stopped and leaves inputs alone", () => {
  fc.assert(fc.property(gradients(3), gradients(3), (first, second) => {
    const whole = run(optimizer, float32, [1, 2, 3], [...first, ...second]);
    const middle = whole[first.length], before = values(middle.theta);
    let state = structuredClone(middle);
    for (const g of second) state = optimizer.step(state, float32.vector(g));
    assertEquals(state, last(whole));
    assertEquals(values(middle.theta), before);
  }));
});
