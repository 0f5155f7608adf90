/**
 * How the loops of AdamW and ADAPG run: float32 vectors through a compiled kernel, others as written.
 *
 * A kernel of `tensor/kernels/assembly/adam.ts` does what the loop does, in the same order on the same float64 values,
 * so the bytes are those of the loop; only the speed differs (`deno task bench updates`). Vectors pass through its
 * memory in blocks that fit a processor's cache.
 *
 * @module
 */
import { compiled } from "../tensor/kernels/compiled.ts";
import type { Params } from "../tensor/params.ts";
import type { Floats } from "../tensor/tensor.ts";
import type { Draft } from "./vectors.ts";

/** What a step multiplies with; the same for every coordinate. */
export interface Factors {
  readonly beta1: number;
  readonly beta2: number;
  /** η / (1 − β₁^i) */
  readonly rate: number;
  /** 1 / √(1 − β₂^i) */
  readonly scale: number;
  readonly eps: number;
  /** 1 − ηλ */
  readonly keep: number;
  /** ω − 1 */
  readonly ahead: number;
}

/** The factors of step `i` at learning rate `eta`. */
export const factorsOf = (
  { beta1, beta2, eps, weightDecay, omega }: Readonly<
    Record<"beta1" | "beta2" | "eps" | "weightDecay" | "omega", number>
  >,
  i: number,
  eta: number,
): Factors => ({
  beta1,
  beta2,
  rate: eta / (1 - beta1 ** i),
  scale: 1 / Math.sqrt(1 - beta2 ** i),
  eps,
  keep: 1 - eta * weightDecay,
  ahead: omega - 1,
});

/** Writes the vectors of the next state from g and the vectors of the last one, coordinate by coordinate. */
export type Loop = (
  factors: Factors,
  inputs: readonly Floats[],
  outputs: readonly Float32Array[],
) => void;

const BLOCK = 8192;
const memory = new WebAssembly.Memory({ initial: Math.ceil(5 * 4 * BLOCK / 65536) });
const slots = Array.from(
  { length: 5 },
  (_, k) => new Float32Array(memory.buffer, k * 4 * BLOCK, BLOCK),
);

type Kernel = (...addressesAndNumbers: readonly number[]) => number;
const kernels = new WebAssembly.Instance(compiled, { env: { memory } }).exports as unknown as {
  readonly adamw: Kernel;
  readonly adapg: Kernel;
};

/**
 * Fills `outputs` from `inputs`; the kernel leaves the k-th output where input k + 1 was. True means that v and θ are
 * finite, false that they have to be looked at.
 */
export function runLoop(
  name: keyof typeof kernels,
  loop: Loop,
  factors: Factors,
  inputs: readonly Params[],
  outputs: readonly Draft[],
): boolean {
  const from = inputs.map(({ data }) => data), to = outputs.map(({ data }) => data);
  if ([...from, ...to].every((data) => data instanceof Float32Array)) {
    return runKernel(kernels[name], factors, from, to);
  }
  loop(factors, from, to);
  return false;
}

function runKernel(
  kernel: Kernel,
  { beta1, beta2, rate, scale, eps, keep, ahead }: Factors,
  inputs: readonly Floats[],
  outputs: readonly Float32Array[],
): boolean {
  const addresses = slots.map((slot) => slot.byteOffset), size = inputs[0].length;
  let finite = true;
  for (let at = 0; at < size; at += BLOCK) {
    const count = Math.min(BLOCK, size - at);
    inputs.forEach((x, k) => slots[k].set(x.subarray(at, at + count) as Float32Array));
    // What is left behind the last block may raise a false alarm, which costs a look and nothing else.
    const fine = kernel(...addresses, count + 3 & ~3, beta1, beta2, rate, scale, eps, keep, ahead);
    outputs.forEach((x, k) => x.set(slots[k + 1].subarray(0, count), at));
    finite &&= fine === 1;
  }
  return finite;
}
