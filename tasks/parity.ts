/**
 * Compares this package with recorded numbers of the PyTorch reference and of other physics engines.
 *
 * Usage: deno task parity --help
 *
 * @module
 */
import { basename, extname, join } from "@std/path";
import { visible } from "../src/data/formats/printable.ts";
import { parseJson } from "../src/provenance/strict_json.ts";
import { flagsAndNames, HELP_OPTION, usageOf } from "./flag_values.ts";
import { main } from "./main.ts";
import { exists, list, readBytes } from "./io.ts";
import { checkCase } from "./parity/check.ts";
import { caseNames, loadCase } from "./parity/load.ts";
import { FOLDER_CHECKS, handlerOf } from "./parity/registry.ts";
import type { FolderCheck, ParityResult } from "./parity/result.ts";

const HELP =
  `Compare this package with recorded numbers of the PyTorch reference, MuJoCo, gymnasium and
robosuite.

Usage: deno task parity DIR

  DIR     a folder of cases, each a .json with what it compares and a .safetensors with its arrays;
          its folders ${Object.keys(FOLDER_CHECKS).join(" and ")} hold recordings of physics
  --help  this text

Prints PASS, FAIL or UNSUPPORTED (nothing here recomputes it) and the largest difference of every
case; writes nothing. Exit status: 0 nothing failed; 1 something did.

Example: deno task parity fixtures/parity`;

const usage = usageOf("parity");

function* results(folder: string): Generator<ParityResult> {
  for (const name of caseNames(folder)) yield caseResult(folder, name);
  for (const [sub, check] of Object.entries(FOLDER_CHECKS)) {
    const path = join(folder, sub);
    if (!exists(path)) continue;
    yield* folderResults(sub, check, path);
  }
}

function folderResults(name: string, check: FolderCheck, path: string): ParityResult[] {
  try {
    return Array.from(check(jsonFiles(path)), (r) => ({ ...r, name: `${name}/${r.name}` }));
  } catch (error) {
    return [{ status: "FAIL", name, detail: (error as Error).message }];
  }
}

function caseResult(folder: string, name: string): ParityResult {
  try {
    const parityCase = loadCase(folder, name);
    return checkCase(parityCase, handlerOf(parityCase));
  } catch (error) {
    return { status: "FAIL", name, detail: (error as Error).message };
  }
}

function jsonFiles(folder: string): Record<string, unknown> {
  const names = list(folder).filter((name) => extname(name) === ".json");
  return Object.fromEntries(
    names.map((name) => [basename(name, ".json"), parseJson(readBytes(join(folder, name)), name)]),
  );
}

main(() => {
  const { values: { help }, names: [folder, ...rest] } = flagsAndNames(
    Deno.args,
    HELP_OPTION,
    usage,
  );
  if (help) return console.log(HELP);
  if (folder === undefined || rest.length > 0) throw usage("DIR must be one folder");
  if (!exists(folder)) throw new Error(`Cannot check parity: found no folder ${folder}`);
  const count = { PASS: 0, FAIL: 0, UNSUPPORTED: 0 };
  for (const { status, name, detail } of results(folder)) {
    count[status]++;
    console.log(visible(`${status} ${name}  ${detail}`));
  }
  console.log(`${count.PASS} passed, ${count.FAIL} failed, ${count.UNSUPPORTED} unsupported`);
  if (count.PASS + count.FAIL + count.UNSUPPORTED === 0) {
    throw new Error(`Cannot check parity: found no case in ${folder}`);
  }
  return count.FAIL === 0 ? 0 : 1;
});
