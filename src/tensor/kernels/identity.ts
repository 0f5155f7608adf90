/**
 * Copies that share memory, which tensors, being immutable, allow.
 *
 * @module
 */
import { backend } from "../wasm_backend.ts";
import type { Kernel } from "./install.ts";

/** The same values under another handle; the tape of a gradient makes one of every tensor that it saves. */
export const identity: Kernel = ({ x }) => {
  backend.incRef(x.dataId);
  return { dataId: x.dataId, shape: x.shape, dtype: x.dtype };
};
