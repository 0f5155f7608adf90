import { assertEquals, assertMatch, assertStringIncludes, assertThrows } from "@std/assert";
import { studies, type StudyName } from "../../src/experiments/studies.ts";
import { parseFlags as parse } from "../../tasks/study/flags.ts";
import { helpOf } from "../../tasks/study/help.ts";

const parseFlags = (args: readonly string[]) => parse(["table1", ...args]);

Deno.test("parseFlags() without flags asks for every cell at compact, smoke and seed 0", () => {
  const { setting, seeds, only, out, dryRun } = parseFlags([]);
  assertEquals(setting, {
    profile: "compact",
    budget: "smoke",
    numerics: "strict",
    fidelity: "reference",
    omega: 1.2,
  });
  assertEquals([seeds, only, out, dryRun], [[0], undefined, "results/table1", false]);
});

Deno.test("parseFlags() takes lists and ranges of seeds", () => {
  assertEquals(parseFlags(["--seeds", "0-2,7"]).seeds, [0, 1, 2, 7]);
  assertEquals(parseFlags(["--budget=short"]).seeds, [0, 1, 2]);
});

Deno.test("parseFlags() passes a BLAS library on only where matrix products are its", () => {
  assertEquals(parseFlags([]).blas, undefined);
  assertEquals(parseFlags(["--numerics=blas"]).blas, { library: undefined, threads: 1 });
  const blas = ["--numerics=blas", "--blas-library=libblas.so", "--blas-threads=2"];
  assertEquals(parseFlags(blas).blas, { library: "libblas.so", threads: 2 });
});

Deno.test("parseFlags() refuses what it does not know, naming the flag and what is allowed", () => {
  const faults: readonly (readonly [string, string])[] = [
    ["--frobnicate", "--frobnicate"],
    ["extra", "extra"],
    ["--profile=huge", "one of compact, paper"],
    ["--budget=", "--budget must not be empty"],
    ["--budget=huge", "one of smoke, short, full"],
    ["--numerics=exact", "one of strict, blas"],
    ["--blas-threads=0", "1 to 64"],
    ["--blas-threads=2", "--blas-threads needs --numerics blas"],
    ["--blas-library=libblas.so", "--blas-library needs --numerics blas"],
    ["--omega=2", "in (0, 2)"],
    ["--jobs=0", "1 to 64"],
    ["--jobs=1.5", "1 to 64"],
    ["--jobs=65", "1 to 64"],
    ["--rollout-workers=0", "1 to 64"],
    ["--rollout-workers=65", "1 to 64"],
    ["--seeds=-1", "distinct integers"],
    ["--seeds=2-1", "distinct integers"],
    ["--seeds=1,1", "distinct integers"],
    ["--seeds=0-99999999", "distinct integers"],
    ["--out=/tmp/x", "below results/"],
    ["--out=results/../x", "below results/"],
  ];
  for (const [argument, message] of faults) {
    assertThrows(() => parseFlags([argument]), Error, message);
  }
});

Deno.test("parseFlags() knows which flags are Table I's alone", () => {
  for (const flag of ["--omega=1.1", "--numerics=blas"]) {
    const [name] = flag.split("=");
    assertThrows(() => parse(["idql", flag]), Error, `${name}`);
    assertThrows(() => parse(["idql", flag]), Error, "belongs to table1, found it for idql");
    assertEquals(helpOf("idql").includes(name), false);
    parse(["table1", flag]);
  }
});

Deno.test("the help names every flag", () => {
  for (
    const flag of [
      "profile",
      "budget",
      "seeds",
      "only",
      "omega",
      "fidelity",
      "numerics",
      "blas-library",
      "blas-threads",
      "jobs",
      "rollout-workers",
      "out",
      "pretrained",
      "skip-published",
      "dry-run",
      "json",
    ]
  ) {
    assertStringIncludes(helpOf("table1"), `--${flag}`);
  }
});

Deno.test("the help says what each budget is, and of which names --only is made", () => {
  const help = helpOf("omega");
  assertStringIncludes(help, "short  101 (robot arms 61), 3 seeds");
  assertStringIncludes(help, "  square / dppo / adapg, adapg-omega-0.9");
  assertStringIncludes(helpOf("architecture"), "hopper/dppo or hopper/dppo-adamw");
});

Deno.test("the help says whose networks a study measures", () => {
  assertMatch(helpOf("adaptive"), /\nThen measures the trained networks of adaptive alone;\n/);
  assertMatch(helpOf("robustness"), /\nThen measures the trained networks of every arm;\n/);
  assertEquals(helpOf("omega").includes("Then measures"), false);
});

Deno.test("the help offers --omega for Table I only", () => {
  const offering = (Object.keys(studies) as StudyName[])
    .filter((study) => helpOf(study).includes("--omega"));
  assertEquals(offering, ["table1"]);
});

Deno.test("parseFlags() knows the studies, and only Table I has its omega changed", () => {
  assertEquals(parse(["epsilon"]).out, "results/epsilon");
  assertThrows(() => parse(["table2"]), Error, "one of table1, epsilon");
  assertThrows(() => parse(["omega", "--omega=1.1"]), Error, "belongs to table1");
});
