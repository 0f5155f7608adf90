/** Random vectors for property tests, all exact in float32. */
import fc from "fast-check";

/** A signed number of magnitude 10^low … 10^high, log-uniform. */
export const signed = (low: number, high: number): fc.Arbitrary<number> =>
  fc.tuple(fc.boolean(), fc.double({ min: low, max: high, noNaN: true }))
    .map(([negative, exponent]) => Math.fround((negative ? -1 : 1) * 10 ** exponent));

/** A number like those in networks: 0 now and then, never −0. */
export const entry: fc.Arbitrary<number> = fc.oneof(
  { weight: 8, arbitrary: signed(-5, 2) },
  { weight: 1, arbitrary: fc.constant(0) },
);

/** Initial parameters and a sequence of gradients for them. */
export interface Course {
  readonly theta: readonly number[];
  readonly grads: readonly (readonly number[])[];
}

/** Courses of 1 … `maxSteps` gradients on 1 … 5 coordinates. */
export const course = (
  { maxSteps = 12, gradient = entry, theta = signed(-3, 1) }: {
    maxSteps?: number;
    gradient?: fc.Arbitrary<number>;
    theta?: fc.Arbitrary<number>;
  } = {},
): fc.Arbitrary<Course> =>
  fc.integer({ min: 1, max: 5 }).chain((n) =>
    fc.record({
      theta: fc.array(theta, { minLength: n, maxLength: n }),
      grads: fc.array(fc.array(gradient, { minLength: n, maxLength: n }), {
        minLength: 1,
        maxLength: maxSteps,
      }),
    })
  );

/** Learning rates, blends and decays in their usual ranges. */
export const learningRate = fc.double({ min: -5, max: -1, noNaN: true }).map((e) => 10 ** e);
export const omega = fc.double({ min: 0.3, max: 1.6, noNaN: true });
export const weightDecay = fc.oneof(
  fc.constant(0),
  fc.double({ min: 1e-6, max: 0.5, noNaN: true }),
);
export const eps = fc.constantFrom(1e-8, 1e-11, 1e-12);
