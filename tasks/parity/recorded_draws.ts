/**
 * Draws that the reference made, in the order in which it consumed them.
 *
 * @module
 */
import { type Tensor, volume } from "../../src/tensor/tensor.ts";
import type { ParityCase, StoredArray } from "./case.ts";
import { flatTensor } from "./case_arrays.ts";

/** What the reference names the kinds of its draws. */
type DrawKind = "choice" | "randint" | "randn" | "randn_like" | "shuffle" | "uniform";

/** The recorded draws in the order in which they were consumed; stacked ones apart again. */
export class DrawQueue {
  readonly #draws: { readonly kind: string; readonly array: StoredArray }[];

  constructor({ arrays }: ParityCase) {
    const names = Object.keys(arrays).filter((name) => /^noise\/\d+_/.test(name));
    const order = (name: string) => Number(/\d+/.exec(name)![0]);
    this.#draws = names.sort((a, b) => order(a) - order(b)).flatMap((name) => {
      const kind = name.replace(/^noise\/\d+_/, ""), array = arrays[name];
      return (kind === "randn_like" ? unstacked(array) : [array]).map((a) => ({ kind, array: a }));
    });
  }

  get isEmpty(): boolean {
    return this.#draws.length === 0;
  }

  take(kind: DrawKind): StoredArray {
    const next = this.#draws.shift();
    if (next?.kind !== kind) throw new Error(`wants a draw ${kind}, the case has ${next?.kind}`);
    return next.array;
  }

  integers = (kind: "choice" | "randint" | "shuffle"): Int32Array =>
    Int32Array.from(this.take(kind).data);

  normal = (): Tensor => flatTensor(this.take("randn_like"));

  /** Noise of a chain of `steps` steps. */
  chain(steps: number) {
    const initial = flatTensor(this.take("randn"));
    const draws = Array.from({ length: steps }, () => [...this.normal().data]);
    return {
      initial,
      steps: { shape: [steps, ...initial.shape], data: Float32Array.from(draws.flat()) },
    };
  }

  /** Draws made by `draw` until none is left. */
  *all<D>(draw: (queue: DrawQueue) => D): Generator<D> {
    while (!this.isEmpty) yield draw(this);
  }
}

function unstacked({ dtype, shape, data }: StoredArray): StoredArray[] {
  const inner = shape.slice(1), size = volume(inner);
  return Array.from(
    { length: shape[0] },
    (_, i) => ({ dtype, shape: inner, data: data.subarray(i * size, (i + 1) * size) }),
  );
}
