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
import { flagValues, HELP_OPTION, usageOf } from "./flag_values.ts";
import { listTree, readBytes, write } from "./io.ts";
import { main } from "./main.ts";

const ROOT = "fixtures";

const HELP = `Check every file below ${ROOT}/ against its SHA-256 in ${FIXTURE_LIST}, or write that
list anew.

Usage: deno task fixtures:verify
       deno task fixtures:list

  --write  write the list; what fixtures:list stands for
  --help   this text

Both take a second. fixtures:verify writes nothing; its exit status is 0 where all files match, 1
where one differs, is missing or is not listed. Use fixtures:list after a fixture has been made
anew, by source-policy or pretrain.`;

const OPTIONS = { write: { type: "boolean", default: false }, ...HELP_OPTION } as const;

main(() => {
  const { write, help } = flagValues(Deno.args, OPTIONS, usageOf("fixtures:verify"));
  if (help) return console.log(HELP);
  return write ? list() : verify();
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
