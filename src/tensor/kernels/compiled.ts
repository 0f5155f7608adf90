/**
 * The kernels of `assembly/`, compiled; each user gives them a memory. Rebuild the binary with
 * `deno task kernels:build`.
 *
 * @module
 */
import binary from "./kernels.wasm" with { type: "bytes" };

export const compiled = new WebAssembly.Module(binary);
