/**
 * The digest of every array of a snapshot, networks leaf by leaf.
 *
 * @module
 */
import { digestOf, sha256 } from "../provenance/digest.ts";
import type { Json } from "../provenance/strict_json.ts";
import type { Leaf } from "../tensor/params.ts";
import { isObject, isParams, type Side } from "./audit_difference.ts";

/** Digests by place: `state.actor.theta mlp_mean.layers.0.weight`; of what is no array, the digest of its JSON. */
export function leafDigests({ tree, blob }: Side): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const visit = (value: Json, place: string) => {
    if (!isObject(value)) found.set(place, digestOf(value));
    else if ("$array" in value) found.set(place, String(value.digest));
    else if (isParams(value)) addLeaves(value, place);
    else {
      for (const [key, item] of Object.entries(value)) {
        visit(item, place === "" ? key : `${place}.${key}`);
      }
    }
  };
  const addLeaves = ({ layout, data }: { readonly [key: string]: Json }, place: string) => {
    const bytes = blob(String((data as { readonly digest: Json }).digest));
    const leaves = layout as unknown as readonly Leaf[];
    const width = bytes.length / leaves.reduce((sum, { size }) => sum + size, 0);
    for (const { name, offset, size } of leaves) {
      found.set(
        `${place} ${name}`,
        sha256(bytes.subarray(offset * width, (offset + size) * width)),
      );
    }
  };
  visit(tree, "");
  return found;
}
