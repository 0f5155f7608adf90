/**
 * Which source files and packages a module is made of.
 *
 * @module
 */
import { dirname, join } from "@std/path";
import { sha256 } from "./digest.ts";

/** The digests of all files of the project and the locked digests of all packages that a module reaches. */
export interface Modules {
  /** SHA-256 by path. */
  readonly files: Readonly<Record<string, string>>;
  /** The lock file's integrity by `name@version`. */
  readonly packages: Readonly<Record<string, string>>;
  /** SHA-256 of the descriptions of native libraries, by description; absent where none is used. */
  readonly libraries?: Readonly<Record<string, string>>;
}

/** Whether what a file imports from another counts; everything does unless told otherwise. */
export type Follows = (from: string, to: string) => boolean;

/** How bare names are resolved: the import map of `deno.json`. */
export type ImportMap = Readonly<Record<string, string>>;

/** The parts of `deno.lock` that matter here. */
export interface Lock {
  readonly specifiers: Readonly<Record<string, string>>;
  readonly npm: Readonly<
    Record<string, { readonly integrity: string; readonly dependencies?: readonly string[] }>
  >;
}

// Imports that only name types leave no trace in what runs.
const IMPORT = /^(?:import|export)\s+(?!type\b)(?:[^;"']*?\sfrom\s*)?"([^"]+)"/gm;

function importsOf(path: string, bytes: Uint8Array): string[] {
  if (!/\.[jt]s$/.test(path)) return [];
  const names = Array.from(new TextDecoder().decode(bytes).matchAll(IMPORT), (match) => match[1]);
  return names.filter((name) => !name.startsWith("node:"));
}

/**
 * Follows the imports of `entries`.
 *
 * @param read gives the content of a path relative to the project's root
 * @param follows leaves imports out
 */
export function modulesOf(
  entries: readonly string[],
  read: (path: string) => Uint8Array,
  imports: ImportMap,
  lock: Lock,
  follows: Follows = () => true,
): Modules {
  const files: Record<string, string> = {}, packages: Record<string, string> = {};
  const visit = (path: string) => {
    if (Object.hasOwn(files, path)) return;
    const bytes = read(path);
    files[path] = sha256(bytes);
    for (const name of importsOf(path, bytes)) {
      const target = resolveName(name, path, imports);
      if (target.startsWith("npm:")) addPackage(packages, packageKey(target, lock), lock);
      else if (follows(path, target)) visit(target);
    }
  };
  entries.forEach(visit);
  return { files: sorted(files), packages: sorted(packages) };
}

function resolveName(name: string, from: string, imports: ImportMap): string {
  if (name.startsWith("npm:")) return name;
  if (name.startsWith(".")) return join(dirname(from), name);
  const covers = (key: string) =>
    name === key || name.startsWith(key.endsWith("/") ? key : `${key}/`);
  const key = Object.keys(imports).filter(covers).sort((a, b) => b.length - a.length)[0];
  if (key === undefined) {
    throw new RangeError(`Cannot resolve ${name} of ${from}: it is not in the import map`);
  }
  const target = imports[key] + name.slice(key.length);
  return target.startsWith("npm:") ? target : join(target);
}

/** The lock's key of the package that `npm:name@version/path` lies in. */
function packageKey(target: string, { specifiers }: Lock): string {
  const [, name, version] = /^npm:\/?(@?[^@]+)@([^/]+)/.exec(target)!;
  const resolved = specifiers[`npm:${name}@${version}`];
  if (resolved === undefined) {
    throw new RangeError(`Cannot resolve npm:${name}@${version}: deno.lock has no such entry`);
  }
  return `${name}@${resolved}`;
}

function addPackage(packages: Record<string, string>, key: string, lock: Lock): void {
  if (Object.hasOwn(packages, key)) return;
  const entry = lock.npm[key];
  packages[key] = entry.integrity;
  for (const dependency of entry.dependencies ?? []) {
    addPackage(packages, keyOfDependency(dependency, lock), lock);
  }
}

/** Dependencies are named without a version where the lock holds only one. */
function keyOfDependency(dependency: string, { npm }: Lock): string {
  if (Object.hasOwn(npm, dependency)) return dependency;
  return Object.keys(npm).find((key) => /^@?[^@]+/.exec(key)![0] === dependency)!;
}

const sorted = (record: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => a < b ? -1 : 1));
