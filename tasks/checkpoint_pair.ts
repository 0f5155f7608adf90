/**
 * A network and, beside it, how it was made.
 *
 * @module
 */
import { basename, dirname } from "@std/path";
import { writeTogether } from "./io.ts";

/** The paths of both: `policy.safetensors` and `policy.json`. */
export const checkpointPair = (path: string): readonly [network: string, about: string] => [
  path,
  path.replace(/(\.safetensors)?$/, ".json"),
];

/** Writes both or neither. */
export function writeCheckpoint(path: string, network: Uint8Array, about: object): void {
  const [name, beside] = checkpointPair(basename(path));
  writeTogether(dirname(path), {
    [name]: network,
    [beside]: `${JSON.stringify(about, null, 2)}\n`,
  });
}
