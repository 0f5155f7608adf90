/**
 * Checks every file below `fixtures/` against the list of digests, or writes that list.
 *
 * Usage: deno task fixtures:verify
 *        deno task fixtures:list
 *
 * @module
 */
import { join } from "@std/path";
import { sha256 } from "../src/provenance/digest.ts";
import { FIXTURE_LIST, fixtureDigests, readFixture } from "./fixtures.ts";
import { listTree, readBytes, write } from "./io.ts";
import { main } from "./main.ts";

const ROOT = "fixtures";

main(() => {
  const [flag, ...rest] = Deno.args;
  if (rest.length > 0 || ![undefined, "--write"].includes(flag)) {
    throw new Error(
      "Usage: deno task fixtures:verify, or deno task fixtures:list to write the list",
    );
  }
  const paths = listTree(ROOT).filter((path) => join(ROOT, path) !== FIXTURE_LIST);
  return flag === "--write" ? list(paths) : verify(paths);
});

function list(paths: readonly string[]): void {
  const files = Object.fromEntries(
    paths.map((path) => [path, sha256(readBytes(join(ROOT, path)))]),
  );
  write(FIXTURE_LIST, `${JSON.stringify({ files }, null, 2)}\n`);
  console.log(`${paths.length} fixtures listed in ${FIXTURE_LIST}`);
}

function verify(paths: readonly string[]): number {
  const digests = fixtureDigests();
  const faults = [...new Set([...paths, ...Object.keys(digests)])].sort().flatMap((path) => {
    try {
      readFixture(join(ROOT, path), digests);
      return [];
    } catch (error) {
      return [(error as Error).message];
    }
  });
  faults.forEach((fault) => console.error(fault));
  console.log(`${paths.length - faults.length}/${paths.length} fixtures match their digests`);
  return faults.length === 0 ? 0 : 1;
}
