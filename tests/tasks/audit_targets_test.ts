import { assert, assertEquals, assertThrows } from "@std/assert";
import { join } from "@std/path";
import { studies, type StudyName } from "../../src/experiments/studies.ts";
import { sha256 } from "../../src/provenance/digest.ts";
import { HELP, parseFlags } from "../../tasks/audit/flags.ts";
import { checkManifests, isMadeBy } from "../../tasks/audit/manifests.ts";
import { publishedCells } from "../../tasks/audit/published_cell.ts";
import { targetsOf } from "../../tasks/audit/targets.ts";
import { write } from "../../tasks/io.ts";
import { folderOf } from "../../tasks/study/published.ts";
import { AuditLab } from "./audit_lab.ts";

Deno.test("parseFlags() of audit refuses what it does not know", () => {
  assertThrows(() => parseFlags(["--seed", "-1"]), Error, "--seed");
  assertThrows(() => parseFlags(["--budget", "tiny"]), Error, "one of smoke, short, full");
  assertThrows(() => parseFlags(["--study", "omegas"]), Error, "omega, architecture");
  assertThrows(() => parseFlags(["--at", "3"]), Error, "need --trace");
  const early = ["--trace", "--at", "3", "--from", "4"];
  assertThrows(() => parseFlags(early), Error, "--at must be at least --from, 4");
  assertThrows(() => parseFlags(["--tracing"]), Error, "see deno task audit --help");
});

Deno.test("parseFlags() of audit passes a BLAS library on only where matrix products are its", () => {
  assertEquals(parseFlags([]).blas, undefined);
  const { numerics, blas } = parseFlags(["--numerics", "blas", "--blas-threads", "2"]);
  assertEquals([numerics, blas], ["blas", { library: undefined, threads: 2 }]);
  assertThrows(() => parseFlags(["--numerics", "exact"]), Error, "one of strict, blas");
  assertThrows(() => parseFlags(["--blas-threads", "0"]), Error, "an integer from 1 to 64");
});

Deno.test("parseFlags() of audit knows every study, and all of them", () => {
  for (const name of Object.keys(studies)) {
    assertEquals(parseFlags(["--study", name]).studies, [name as StudyName]);
  }
  assertEquals(parseFlags(["--study", "all"]).studies.length, Object.keys(studies).length);
});

/** The folders that flags choose among some that hold a table. */
function chosen(folders: readonly string[], ...args: readonly string[]): readonly string[] {
  const root = Deno.makeTempDirSync();
  try {
    for (const folder of folders) write(join(root, folder, "table.json"), "{}");
    const targets = targetsOf(parseFlags(["--in", root, ...args]));
    return targets.map(({ table }) => table.replace(`${root}/`, ""));
  } finally {
    Deno.removeSync(root, { recursive: true });
  }
}

Deno.test("targetsOf() takes the longest budget that is published unless one is asked for", () => {
  const folders = ["compact-smoke", "compact-short"];
  assertEquals(chosen(folders), ["compact-short"]);
  assertEquals(chosen(folders, "--budget", "smoke"), ["compact-smoke"]);
  assertThrows(
    () => chosen(folders, "--budget", "full"),
    Error,
    "holds no table compact-full, found compact-short, compact-smoke; deno task reproduce:table1",
  );
});

Deno.test("targetsOf() finds tables with another ω, with quirks corrected and of a policy of one's own", () => {
  const file = "fixtures/golden/rng.json", digest = sha256(Deno.readFileSync(file));
  const own = `compact-smoke-pretrained-${digest.slice(0, 8)}`;
  const folders = ["compact-smoke", "compact-smoke-omega-1.1", "compact-smoke-corrected", own];
  assertEquals(chosen(folders, "--omega", "1.1"), [folders[1]]);
  assertEquals(chosen(folders, "--fidelity", "corrected"), [folders[2]]);
  assertEquals(chosen(folders, "--pretrained", file), [own]);
  assertThrows(() => chosen(folders, "--omega", "2"), Error, "--omega must be in (0, 2)");
  assertThrows(
    () => chosen(folders, "--omega", "1.3"),
    Error,
    "no table compact-smoke-omega-1.3 or",
  );
});

const among = (...args: readonly string[]) =>
  targetsOf(parseFlags(["--study", "all", "--budget", "short", ...args]));

Deno.test("targetsOf() leaves out of all studies those without a cell asked for", () => {
  const targets = among("--only", "hopper/qsm-adamw,halfcheetah/idql", "--seed", "0");
  assertEquals(targets.map(({ name, only }) => [name.study, only]), [
    ["table1", ["hopper/qsm-adamw", "halfcheetah/idql"]],
    ["idql", ["halfcheetah/idql"]],
  ]);
  assert(among().every(({ only }) => only === undefined));
});

Deno.test("targetsOf() refuses what no published study holds", () => {
  const refused = (text: string, ...args: string[]) =>
    assertThrows(() => among(...args), Error, `Cannot audit: no published table holds ${text}`);
  refused("hopper/ppo", "--only", "hopper/dppo,hopper/ppo");
  refused("seed 999", "--seed", "999");
  refused("hopper/dppo of seed 999", "--only", "hopper/dppo", "--seed", "999");
});

Deno.test("audit tells a policy of one's own from another", () => {
  using lab = new AuditLab();
  const { table, name, plan } = lab.subject(), [cell] = publishedCells(table, name);
  const other = { ...plan(cell), fixtures: { pretrained: sha256("other") } };
  const { faults } = checkManifests(table, [cell], () => other);
  assertEquals(faults, ["hopper/dppo-adamw/seed-0: made from another pretrained"]);
  const path = join(folderOf(table, cell), "manifest.json"), text = Deno.readTextFileSync(path);
  write(path, text.replace("fixtures/checkpoints/hopper/compact.safetensors", "pretrained"));
  assert(isMadeBy(folderOf(table, cell), other.modules));
});

Deno.test("the help of audit fits a terminal of 100 columns", () => {
  assertEquals(HELP.split("\n").filter((line) => line.length > 100), []);
});
