/**
 * The links of an HDF5 file: what they lead to, and how many of them lead to the same place.
 *
 * @module
 */
import { FormatError, quote } from "../../provenance/format_error.ts";
import type { Mounted } from "./hdf5_library.ts";
import { requirePrintable } from "./printable.ts";

/** What a path of a file leads to. */
export type Hdf5Kind = "group" | "dataset" | "datatype" | "absent";

/** The links of an open file. */
export interface Links {
  /** What a path leads to. External and dangling links are refused with an error, never followed. */
  kindOf(path: string): Hdf5Kind;
  /** Names in a group, in the file's order. */
  namesIn(group: string): readonly string[];
  /** Where the object of a path lies in the file: the same through every link to it. */
  addressOf(path: string): bigint;
  /** Notes that a data set is read; through links, a small file could hold any number of them. */
  countRead(path: string): void;
}

/** Data sets of a file that may be read a second time, through another link. */
const MAX_ALIASES = 1000;

/** The links of an open file called `file`. */
export function linksOf(mounted: Mounted, file: string): Links {
  const { library, id } = mounted, groups = new Set([""]);
  const kindOf = (path: string): Hdf5Kind => {
    if (groups.has(path)) return "group";
    const slash = path.lastIndexOf("/");
    if (slash > 0 && kindOf(path.slice(0, slash)) !== "group") return "absent";
    const kind = kindAt(mounted, path, file);
    if (kind === "group") groups.add(path);
    return kind;
  };
  const addressOf = (path: string) => {
    if (kindOf(path) === "absent") throw new FormatError(file, path, "missing");
    return addressAt(mounted, path);
  };
  return {
    kindOf,
    addressOf,
    namesIn: (group) => {
      const names = mounted.call(group, () => library.get_names(id, absolute(group), false));
      for (const name of names) requireName(name, file, group);
      return names;
    },
    countRead: counterOf(addressOf, file),
  };
}

/** Characters of a name that no real file reaches. */
const MAX_NAME = 255;

function requireName(name: string, file: string, group: string): void {
  requirePrintable(name, file, group);
  if (name.length <= MAX_NAME) return;
  const reason = `the name ${quote(name)} has ${name.length} characters, the limit is ${MAX_NAME}`;
  throw new FormatError(file, group, reason);
}

/** A path as the library wants it. */
export const absolute = (path: string): string => `/${path}`;

/** What a link in an existing group leads to. */
function kindAt(mounted: Mounted, path: string, file: string): Hdf5Kind {
  const { library, id } = mounted;
  switch (mounted.call(path, () => library.get_type(id, absolute(path)))) {
    case library.H5G_GROUP:
      return "group";
    case library.H5G_DATASET:
      return "dataset";
    case library.H5G_TYPE:
      return "datatype";
    case library.H5G_UDLINK:
      throw new FormatError(file, path, `is an external link${targetOf(mounted, path)}`);
    case library.H5G_LINK:
      throw new FormatError(file, path, "is a link that leads nowhere");
    default:
      return "absent";
  }
}

function targetOf({ library, id, call }: Mounted, path: string): string {
  const { filename } = call(path, () => library.get_external_link(id, absolute(path)));
  return filename === undefined ? "" : ` to ${quote(filename)}, these are not followed`;
}

/** An object reference of the library is the object's address. */
function addressAt({ library, id, call }: Mounted, path: string): bigint {
  const bytes = call(path, () => library.create_object_reference(id, absolute(path)));
  return new DataView(Uint8Array.from(bytes).buffer).getBigUint64(0, true);
}

function counterOf(addressOf: Links["addressOf"], file: string): Links["countRead"] {
  const paths = new Set<string>(), addresses = new Set<bigint>();
  return (path) => {
    if (paths.has(path)) return;
    paths.add(path);
    addresses.add(addressOf(path));
    if (paths.size - addresses.size > MAX_ALIASES) {
      throw new FormatError(file, path, `more than ${MAX_ALIASES} links lead to data sets twice`);
    }
  };
}
