/**
 * TensorFlow.js on WebAssembly with this project's kernels, ready when this module has been imported.
 *
 * @module
 */
import { install } from "./kernels/install.ts";
import { strictKernels } from "./kernels/strict.ts";
import { tf } from "./wasm_backend.ts";

install(strictKernels);

export { tf };
