/**
 * The compiled kernels of `assembly/`, working on the backend's memory.
 *
 * All arguments are byte addresses, counts and flags; see the sources for their meaning. Rebuild the binary with
 * `deno task kernels:build`.
 *
 * @module
 */
import { memory } from "./heap.ts";
import binary from "./kernels.wasm" with { type: "bytes" };

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

/** What `assembly/kernels.ts` exports. */
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

const instance = new WebAssembly.Instance(new WebAssembly.Module(binary), { env: { memory } });

export const native = instance.exports as unknown as Native;
