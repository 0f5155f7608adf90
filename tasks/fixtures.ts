/**
 * The list of fixtures and their digests.
 *
 * @module
 */
import { sha256 } from "../src/provenance/digest.ts";
import { readBytes, readJson } from "./io.ts";

/** The list of all files below `fixtures/` except itself: SHA-256 by path. */
export const FIXTURE_LIST = "fixtures/MANIFEST.json";

/** Digests by path relative to `fixtures/`. */
export type FixtureDigests = Readonly<Record<string, string>>;

/**
 * The listed digests.
 *
 * @throws {Error} when the list is malformed
 */
export function fixtureDigests(list = FIXTURE_LIST): FixtureDigests {
  const value = readJson(list) as { readonly files?: unknown } | null;
  const { files } = value ?? {};
  if (typeof files !== "object" || files === null) {
    throw new Error(`Cannot read ${list}: it lists no files`);
  }
  return files as FixtureDigests;
}

/**
 * The bytes of a fixture.
 *
 * @throws {Error} when it is not listed or its bytes do not have the listed digest
 */
export function readFixture(path: string, digests: FixtureDigests): Uint8Array {
  const expected = digests[path.replace(/^fixtures\//, "")];
  if (expected === undefined) throw new Error(`Cannot read ${path}: ${FIXTURE_LIST} lacks it`);
  const bytes = readBytes(path), found = sha256(bytes);
  if (found !== expected) {
    throw new Error(`Cannot read ${path}: corrupt, SHA-256 must be ${expected}, found ${found}`);
  }
  return bytes;
}
