import { assertEquals, assertStringIncludes } from "@std/assert";
import type { MomentFinding } from "../../../src/experiments/analysis/moment_findings.ts";
import { measureLines } from "../../../src/report/analysis/measures.ts";
import { momentTables } from "../../../src/report/analysis/moment_tables.ts";

const finding = (seed: number, upTo1em8: number): MomentFinding => ({
  env: "halfcheetah",
  method: "dppo",
  arm: "adapg",
  eps: 1e-11,
  seed,
  network: "actorFt",
  iteration: 100,
  monitors: {
    steps: 1800,
    meanGradientNorm: 1,
    rmsGradientNorm: 2,
    shares: { zero: 0.01, upTo1em11: 0, upTo1em8, upTo1em6: 0.001, above1em6: 0.989 - upTo1em8 },
    belowEps: 0.01,
    largestStep: 1,
    meanStep: 0.2,
    underflown: 0,
    headroom: 44,
    largestParameter: 1,
    nonFinite: 0,
  },
  diverged: null,
});
const tables = momentTables([finding(0, 0), finding(1, 2e-5)]);

Deno.test("momentTables() have a row per environment, arm and network, as wide as the header", () => {
  for (const table of tables) {
    assertEquals(measureLines(table).map((line) => line.length), [table.header.length]);
  }
});

Deno.test("momentTables() say how few coordinates the values of ε can tell apart, by the network with most", () => {
  const { note } = tables.find(({ title }) => title.startsWith("ε"))!;
  assertStringIncludes(note, "at most 0 lie in (0, 1e-11], at most 2.0e-5 in");
  assertStringIncludes(note, "at most 0.001 in (1e-8, 1e-6]");
});
