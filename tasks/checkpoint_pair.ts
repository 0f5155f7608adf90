/**
 * A network and, beside it, how it was made.
 *
 * @module
 */
import { basename, dirname } from "@std/path";
import { writeTogether } from "./io.ts";

/** Writes both, `policy.safetensors` and `policy.json`, or neither. */
export function writeCheckpoint(path: string, network: Uint8Array, about: object): void {
  const name = basename(path);
  writeTogether(dirname(path), {
    [name]: network,
    [name.replace(/(\.safetensors)?$/, ".json")]: `${JSON.stringify(about, null, 2)}\n`,
  });
}
