/**
 * Which demonstrations of a robomimic file are used.
 *
 * @module
 */
import { FormatError, quote } from "../../provenance/format_error.ts";
import type { Hdf5File } from "../formats/hdf5.ts";
import type { Dropped, ImportOptions } from "./recording.ts";

/**
 * The names of the demonstrations that the options choose. Every mask is checked, chosen or not.
 *
 * @param demos all demonstrations in order
 * @throws {FormatError} when a mask names one that is absent, one twice, or the filter key is absent
 */
export function selectDemos(
  file: Hdf5File,
  demos: readonly string[],
  { filterKey, maxEpisodes = Infinity }: ImportOptions,
): { used: ReadonlySet<string>; dropped: readonly Dropped[] } {
  const masks = readMasks(file, new Set(demos));
  const mask = filterKey === undefined ? undefined : masks.get(filterKey);
  if (filterKey !== undefined && mask === undefined) {
    const known = [...masks.keys()].slice(0, 8).join(", ") || "no masks";
    const more = masks.size > 8 ? ` and ${masks.size - 8} more` : "";
    throw new FormatError(file.name, `mask/${filterKey}`, `missing, the file has ${known}${more}`);
  }
  const kept = mask === undefined ? demos : demos.filter((name) => mask.has(name));
  const used = kept.slice(0, maxEpisodes);
  if (used.length === 0) throw new FormatError(file.name, "data", "no demonstration is chosen");
  const dropped: Dropped[] = [];
  const drop = (count: number, why: string) => {
    if (count > 0) dropped.push({ what: `${count} demonstrations`, why });
  };
  drop(demos.length - kept.length, `not in mask/${filterKey}`);
  drop(kept.length - used.length, `beyond the first ${maxEpisodes} episodes`);
  return { used: new Set(used), dropped };
}

function readMasks(
  file: Hdf5File,
  demos: ReadonlySet<string>,
): ReadonlyMap<string, ReadonlySet<string>> {
  if (file.kindOf("mask") === "absent") return new Map();
  return new Map(
    file.namesIn("mask").map((key) => {
      const path = `mask/${key}`, names = file.readStrings(path), seen = new Set<string>();
      for (const name of names) {
        if (!demos.has(name)) {
          throw new FormatError(file.name, path, `names ${quote(name)}, which is absent`);
        }
        if (seen.has(name)) {
          throw new FormatError(file.name, path, `names ${quote(name)} twice`);
        }
        seen.add(name);
      }
      return [key, seen];
    }),
  );
}
