/**
 * Matrix products of the backend by a BLAS library of this machine.
 *
 * @module
 */
import { blasKernels, type Sgemm } from "../tensor/kernels/blas.ts";
import { memory } from "../tensor/kernels/heap.ts";
import { install } from "../tensor/kernels/install.ts";
import { type BlasOptions, openBlas, type Symbols } from "./blas_library.ts";

/**
 * Lets a library compute all matrix products of this thread from now on.
 *
 * @returns the library's description
 * @throws {Error} when it cannot be opened
 */
export function installBlas(options: BlasOptions): string {
  const { symbols, description } = openBlas(options);
  install(blasKernels(onHeap(symbols)));
  return description;
}

const ROW_MAJOR = 101, AS_IT_IS = 111, TRANSPOSED = 112;

/** `cblas_sgemm` on the backend's heap, which is never copied. */
function onHeap({ cblas_sgemm }: Symbols): Sgemm {
  let buffer: typeof memory.buffer | undefined, start = 0n;
  const at = (offset: number) => start + BigInt(offset);
  return (transposeA, transposeB, m, n, k, a, b, beta, c) => {
    // The heap has another buffer, and may lie elsewhere, after it has grown.
    if (buffer !== memory.buffer) {
      buffer = memory.buffer;
      start = Deno.UnsafePointer.value(Deno.UnsafePointer.of(new Uint8Array(memory.buffer)));
    }
    const [orderA, strideA] = transposeA ? [TRANSPOSED, m] : [AS_IT_IS, k];
    const [orderB, strideB] = transposeB ? [TRANSPOSED, k] : [AS_IT_IS, n];
    const from = [at(a), strideA, at(b), strideB] as const;
    cblas_sgemm(ROW_MAJOR, orderA, orderB, m, n, k, 1, ...from, beta, at(c), n);
  };
}
