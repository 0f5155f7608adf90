import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import type { AdapgState } from "../../src/optim/adapg.ts";
import type { OptimizerState } from "../../src/optim/optimizer.ts";
import { leafOf, type Params, paramsOf, select } from "../../src/tensor/params.ts";
import { course, signed } from "../arbitraries/vectors.ts";
import {
  ALL,
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
