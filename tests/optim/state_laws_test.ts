import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import type { AdapgState } from "../../src/optim/adapg.ts";
import type { OptimizerState } from "../../src/optim/optimizer.ts";
import { leafOf, type Params, paramsOf, select } from "../../src/tensor/params.ts";
import { course, learningRate, signed } from "../arbitraries/vectors.ts";
import {
  ALL,
  assertNear,
  assertSame,
  float32,
  last,
  make,
  PRECISIONS,
  READINGS,
  run,
  slots,
  values,
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

Deno.test("I26 a step leaves its inputs untouched and depends on nothing else", () => {
  for (const subject of ALL) {
    for (const precision of PRECISIONS) {
      fc.assert(
        fc.property(course(), ({ theta, grads }) => {
          const optimizer = make(subject, { weightDecay: 0.1 });
          const before = last(run(optimizer, precision, theta, grads));
          const g = precision.vector(last(grads)), inputs = { ...slots(before), g };
          const copies = Object.values(inputs).map(values);
          const first = optimizer.step(before, g);
          optimizer.step(first, g);
          const again = make(subject, { weightDecay: 0.1 }).step(before, g);
          Object.values(inputs).forEach((vector, i) =>
            assertSame(values(vector), copies[i], `${subject.label} input`)
          );
          assertEquals(first, again);
          for (const vector of Object.values(slots(first))) {
            assert(
              !Object.values(inputs).some(({ data }) => data === vector.data),
              "shares memory",
            );
          }
        }),
        { numRuns: 10 },
      );
    }
  }
});

/** A state as plain typed arrays and back, as a checkpoint holds it. */
function throughBytes(state: OptimizerState): OptimizerState {
  const saved = Object.entries(slots(state)).map(([slot, { data }]) => {
    return [slot, new Uint8Array(Float32Array.from(data).buffer)] as const;
  });
  const layout = structuredClone(state.theta.layout);
  const loaded = saved.map(([slot, bytes]) => [
    slot,
    { layout, data: new Float32Array(bytes.slice().buffer) },
  ]);
  return { count: state.count, ...Object.fromEntries(loaded) };
}

Deno.test("I27 saving, loading and going on equals not having stopped, bit for bit", () => {
  for (const subject of ALL) {
    fc.assert(
      fc.property(course(), fc.nat(), ({ theta, grads }, at) => {
        const optimizer = make(subject, { weightDecay: 0.01 }), cut = at % grads.length;
        const whole = last(run(optimizer, float32, theta, grads));
        const half = throughBytes(last(run(optimizer, float32, theta, grads.slice(0, cut))));
        const resumed = grads.slice(cut).reduce(
          (s, g) => optimizer.step(s, float32.vector(g)),
          half,
        );
        assertEquals(resumed, whole);
      }),
      { numRuns: 20 },
    );
  }
});

Deno.test("I27 forgetting h or the count changes what follows", () => {
  const theta = [1, -2],
    grads = [[0.3, 0.1], [-0.2, 0.5], [0.1, 0.4]],
    next = float32.vector([1, 1]);
  for (const subject of READINGS.filter(({ options }) => options.omega !== 1)) {
    const optimizer = make<AdapgState>(subject);
    const state = last(run(optimizer, float32, theta, grads));
    const whole = values(optimizer.step(state, next).theta);
    assertNotEquals(values(optimizer.step({ ...state, count: 0 }, next).theta), whole);
    if (subject.options.reading === "B") continue;
    assertNotEquals(values(optimizer.step({ ...state, hPrev: state.theta }, next).theta), whole);
  }
});

Deno.test("I28 a leaf whose gradient is absent keeps θ, moments and count, as with a counter per tensor", () => {
  const network = paramsOf({
    a: { shape: [2], data: Float32Array.of(1, 2) },
    b: { shape: [1], data: Float32Array.of(-1) },
  });
  for (const subject of ALL) {
    fc.assert(
      fc.property(
        fc.array(fc.record({ a: fc.boolean(), b: fc.boolean(), g: signed(-3, 2) }), {
          maxLength: 8,
        }),
        (steps) => {
          const optimizer = make(subject, { weightDecay: 0.1 });
          for (const name of ["a", "b"] as const) {
            const leaf = select(network, name),
              grad = (g: number): Params => ({
                layout: leaf.layout,
                data: leaf.data.map((_, j) => g * (j + 1)),
              });
            const start = optimizer.init(leaf);
            const skipping = steps.reduce(
              (state, step) => step[name] ? optimizer.step(state, grad(step.g)) : state,
              start,
            );
            const present = steps.filter((step) => step[name]);
            const alone = present.reduce((state, { g }) => optimizer.step(state, grad(g)), start);
            assertEquals(skipping.count, present.length);
            assertEquals(skipping, alone);
          }
        },
      ),
      { numRuns: 20 },
    );
  }
});

Deno.test("I28 a step refuses gradients that lack a leaf instead of taking them for zero", () => {
  const network = paramsOf({ a: float32Leaf([1, 2]), b: float32Leaf([3]) });
  for (const subject of ALL) {
    const optimizer = make(subject);
    assertThrows(
      () => optimizer.step(optimizer.init(network), paramsOf({ a: leafOf(network, "a") })),
      TypeError,
      `Cannot step ${optimizer.name}: leaf 1 is b [1] on one side and absent on the other`,
    );
  }
});

const float32Leaf = (xs: number[]) => ({ shape: [xs.length], data: Float32Array.from(xs) });

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
        const more = subject.name === "sgd" ? {} : { eps: 1e-11 };
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
