/**
 * The compiled kernels of `assembly/`, working on the backend's memory.
 *
 * All arguments are byte addresses, counts and flags; see the sources for their meaning.
 *
 * @module
 */
import { compiled } from "./compiled.ts";
import { memory } from "./heap.ts";

type Unary = (x: number, y: number, count: number) => void;
type Binary = (
  a: number,
  b: number,
  y: number,
  rows: number,
  columns: number,
  steps: number,
) => void;
type Gradient = (dy: number, x: number, dx: number, count: number) => void;

/** What `assembly/kernels.ts` exports for tensors. */
interface Native
  extends
    Record<"exp" | "mish" | "negate" | "relu" | "sqrt" | "square", Unary>,
    Record<"add" | "divide" | "maximum" | "minimum" | "multiply" | "subtract", Binary>,
    Record<"mishGradient" | "reluGradient", Gradient> {
  matmul(
    a: number,
    b: number,
    bias: number,
    c: number,
    scratch: number,
    m: number,
    n: number,
    k: number,
    transposeA: boolean,
    transposeB: boolean,
  ): void;
  matmulScratch(
    m: number,
    n: number,
    k: number,
    transposeA: boolean,
    transposeB: boolean,
  ): number;
  sum(
    x: number,
    y: number,
    outer: number,
    reduced: number,
    inner: number,
    scale: number,
  ): void;
}

const instance = new WebAssembly.Instance(compiled, { env: { memory } });

export const native = instance.exports as unknown as Native;
