/** What the tests of optimizers share: every optimizer, both precisions, and how to run and compare. */
import { assert } from "@std/assert";
import fc from "fast-check";
import type { AdapgState } from "../../src/optim/adapg.ts";
import type { AdamState } from "../../src/optim/adam.ts";
import { optimizerOf } from "../../src/optim/mod.ts";
import type { Optimizer, OptimizerState } from "../../src/optim/optimizer.ts";
import { layoutOf, type Params } from "../../src/tensor/params.ts";
import type { Floats } from "../../src/tensor/tensor.ts";

// The same cases on every run; failures found with other seeds become examples.
fc.configureGlobal({ seed: 250508376 });

/** An optimizer with everything but its learning rate. */
export interface Subject {
  readonly label: string;
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
}

const subject = (name: string, options: Record<string, unknown> = {}): Subject => ({
  label: `${name} ${JSON.stringify(options)}`,
  name,
  options,
});

const OMEGAS = [0.6, 1, 1.2, 1.5];
export const SGDS = [
  subject("sgd"),
  subject("sgd", { momentum: 0.9, dampening: 0.1 }),
  subject("sgd", { momentum: 0.9, nesterov: true }),
];
export const RMSPROPS = [
  subject("rmsprop"),
  subject("rmsprop", { momentum: 0.9, centered: true, alpha: 0.9, eps: 1e-6 }),
];
export const READINGS = ["A", "B", "C"].flatMap((reading) =>
  OMEGAS.map((omega) => subject("adapg", { reading, omega }))
);
/** Optimizers with Adam's moments. */
export const ADAMS = [subject("adam"), subject("adamw"), subject("adamw", { eps: 1e-11 })];
export const ADAM_FAMILY = [...ADAMS, ...READINGS];
export const ALL = [...SGDS, ...RMSPROPS, ...ADAM_FAMILY];
/** Names of those that divide by nothing and so have no ε. */
export const WITHOUT_EPS = ["sgd"];

/** ADAPG by a reading's name, its ω left to the test. */
export const reading = (name: string): Subject => ({
  label: `reading ${name}`,
  name: "adapg",
  options: { reading: name },
});
export const PLAIN_READINGS = [reading("A"), reading("B"), reading("C")];
export const ADAMW = subject("adamw");
/** The bound R on |u| / η of invariant I18, for β = (0.9, 0.999). */
export const LARGEST_UPDATE = 7.2703;

export const make = <S extends OptimizerState = OptimizerState>(
  { name, options }: Subject,
  more: Readonly<Record<string, unknown>> = {},
): Optimizer<S> =>
  optimizerOf(name, { learningRate: 0.01, ...options, ...more }) as unknown as Optimizer<S>;

/** Storage of vectors and how closely laws hold in it, relative to the size of what is compared. */
export interface Precision {
  readonly tolerance: number;
  /** The distance of neighbouring numbers at 1. */
  readonly ulp: number;
  vector(values: ArrayLike<number>): Params;
}

const vectorOf = (data: Floats): Params => ({ layout: layoutOf([["w", [data.length]]]), data });

export const float32: Precision = {
  tolerance: 1e-5,
  ulp: 2 ** -23,
  vector: (values) => vectorOf(Float32Array.from(values)),
};
export const float64: Precision = {
  tolerance: 1e-12,
  ulp: 2 ** -52,
  vector: (values) => vectorOf(Float64Array.from(values) as unknown as Floats),
};
export const PRECISIONS = [float32, float64];

/** All states from `init` on. */
export function run<S extends { readonly theta: Params }>(
  optimizer: Optimizer<S>,
  { vector }: Precision,
  theta: readonly number[],
  grads: readonly (readonly number[])[],
  rates: readonly (number | undefined)[] = [],
): S[] {
  const states = [optimizer.init(vector(theta))];
  grads.forEach((g, i) => states.push(optimizer.step(states[i], vector(g), rates[i])));
  return states;
}

export const last = <T>(items: readonly T[]): T => items[items.length - 1];
export const values = (params: Params): number[] => [...params.data];

/** The vectors of a state by name. */
export const slots = (state: OptimizerState): Record<string, Params> =>
  Object.fromEntries(
    Object.entries(state).filter((e): e is [string, Params] => typeof e[1] !== "number"),
  );

/** η m̂ / (√v̂ + ε) of a state, with η as given. */
export function updates(
  { m, v, count }: AdamState,
  eta: number,
  eps: number,
  beta1 = 0.9,
  beta2 = 0.999,
): number[] {
  const c1 = 1 - beta1 ** count, c2 = 1 - beta2 ** count;
  return values(m).map((mi, j) => eta * (mi / c1) / (Math.sqrt(v.data[j] / c2) + eps));
}

/** The tentative points and what reading `reading` blends them with. */
export const blended = (reading: unknown, before: AdapgState, after: AdapgState) => ({
  h: values(after.hPrev),
  previous: values(reading === "B" ? before.theta : before.hPrev),
});

export function assertSame(a: ArrayLike<number>, b: ArrayLike<number>, label: string): void {
  assert(a.length === b.length, `${label}: ${a.length} values against ${b.length}`);
  for (let i = 0; i < a.length; i++) {
    assert(a[i] === b[i], `${label}: coordinate ${i} is ${a[i]} against ${b[i]}`);
  }
}

/** |a − b| ≤ allowed · scale for every coordinate. */
export function assertNear(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  allowed: number,
  label: string,
): void {
  assert(a.length === b.length, `${label}: ${a.length} values against ${b.length}`);
  for (let i = 0; i < a.length; i++) {
    assert(
      Math.abs(a[i] - b[i]) <= allowed,
      `${label}: coordinate ${i} is ${a[i]} against ${b[i]}, allowed ${allowed}`,
    );
  }
}

/** The largest magnitude among the arguments. */
export const largest = (...groups: readonly (readonly number[])[]): number =>
  groups.reduce((top, xs) => xs.reduce((t, x) => Math.max(t, Math.abs(x)), top), 0);

/** The largest |θ| or |h| of a path of ADAPG. */
export const sizeOf = (states: readonly AdapgState[]): number =>
  largest(...states.map((s) => values(s.theta)), ...states.map((s) => values(s.hPrev)));

/** The same gradient `n` times. */
export const constant = (g: number, n: number): number[][] => Array.from({ length: n }, () => [g]);
