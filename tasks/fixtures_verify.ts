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
import { checkFixtures } from "./audit/inputs.ts";
import { FIXTURE_LIST } from "./fixtures.ts";
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
  return flag === "--write" ? list() : verify();
});

function list(): void {
  const paths = listTree(ROOT).filter((path) => join(ROOT, path) !== FIXTURE_LIST);
  const files = Object.fromEntries(
    paths.map((path) => [path, sha256(readBytes(join(ROOT, path)))]),
  );
  write(FIXTURE_LIST, `${JSON.stringify({ files }, null, 2)}\n`);
  console.log(`${paths.length} fixtures listed in ${FIXTURE_LIST}`);
}

function verify(): number {
  const { passed, total, faults } = checkFixtures(ROOT);
  faults.forEach((fault) => console.error(fault));
  console.log(`${passed}/${total} fixtures match their digests`);
  return faults.length === 0 ? 0 : 1;
}
