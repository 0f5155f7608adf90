import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import paper from "../../fixtures/paper/claims.json" with { type: "json" };
import type { CellScore } from "../../src/report/cell_score.ts";
import type { Claim, Rule } from "../../src/report/claims/claim.ts";
import { judge, judgeAll } from "../../src/report/claims/judge.ts";
import { key } from "../../src/rng/key.ts";
import { fisherExact } from "../../src/stats/fisher.ts";

const claims = paper.claims as unknown as readonly Claim[];
const claim = (id: string): Claim => claims.find((c) => c.id === id)!;

/** A fixed, seed-dependent wobble that both arms share, plus a small one of their own. */
const wobble = (seed: number, own: string) =>
  30 * Math.sin(seed * 2.3) + 3 * Math.sin(seed * 5.1 + own.length);

function runs(
  cell: string,
  optimizer: string,
  level: number,
  more: Partial<CellScore> = {},
  seeds = 5,
) {
  const [env, method] = cell.split("/");
  return Array.from({ length: seeds }, (_, seed): CellScore => ({
    env,
    method,
    optimizer,
    arm: optimizer,
    seed,
    variant: {},
    pretrained: 1000,
    final: level + wobble(seed, optimizer + JSON.stringify(more.variant ?? {})),
    curve: [1000, level + wobble(seed, optimizer)],
    ...more,
  }));
}

const pair = (cell: string, adamw: number, adapg: number) => [
  ...runs(cell, "adamw", adamw),
  ...runs(cell, "adapg", adapg),
];
const verdict = (id: string, scores: readonly CellScore[]) =>
  judge(claim(id), { [claim(id).experiment]: scores }, key(0)).verdict;

Deno.test("every claim is inconclusive without results and its rule kind is known", () => {
  for (const c of claims) assertEquals(judge(c, {}, key(0)).verdict, "inconclusive");
});

Deno.test("table1-every-cell is supported, refuted or open as the cells say", () => {
  const better = [...pair("hopper/dppo", 1500, 1900), ...pair("can/idql", 900, 1200)];
  assertEquals(verdict("table1-every-cell", better), "supported");
  const mixed = [...pair("hopper/dppo", 1500, 1900), ...pair("can/idql", 1200, 900)];
  assertEquals(verdict("table1-every-cell", mixed), "not supported");
  const fewSeeds = [
    ...runs("hopper/dppo", "adamw", 1, {}, 2),
    ...runs("hopper/dppo", "adapg", 9, {}, 2),
  ];
  assertEquals(verdict("table1-every-cell", fewSeeds), "inconclusive");
});

Deno.test("idql-no-gain needs both intervals inside the margin", () => {
  const same = [...pair("halfcheetah/idql", 2000, 2001), ...pair("can/idql", 2000, 1999)];
  assertEquals(verdict("idql-no-gain", same), "supported");
  const gains = [...pair("halfcheetah/idql", 2000, 2900), ...pair("can/idql", 2000, 1999)];
  assertEquals(verdict("idql-no-gain", gains), "not supported");
  assertEquals(verdict("idql-no-gain", pair("can/idql", 1, 1)), "inconclusive");
});

const sweep = (env: string, parameter: string, levels: Readonly<Record<string, number>>) =>
  Object.entries(levels).flatMap(([value, level]) =>
    runs(`${env}/dppo`, "adapg", level, { variant: { [parameter]: Number(value) } })
  );

Deno.test("epsilon-best compares the claimed value with each other one", () => {
  const best = sweep("halfcheetah", "eps", { "1e-8": 100, "1e-11": 900, "1e-12": 200 });
  assertEquals(verdict("epsilon-best", best), "supported");
  const worst = sweep("halfcheetah", "eps", { "1e-8": 1900, "1e-11": 900, "1e-12": 200 });
  assertEquals(verdict("epsilon-best", worst), "not supported");
  const equal = sweep("halfcheetah", "eps", { "1e-8": 900, "1e-11": 900, "1e-12": 900 });
  assertEquals(verdict("epsilon-best", equal), "inconclusive");
});

Deno.test("epsilon-lowest-variance compares spreads over seeds", () => {
  const spread = (width: number) => (s: CellScore): CellScore => ({
    ...s,
    final: 500 + width * Math.sin(3.7 * s.seed + 1),
  });
  const scores = (claimed: number) =>
    [1e-8, 1e-11, 1e-12].flatMap((eps) =>
      runs("halfcheetah/dppo", "adapg", 0, { variant: { eps } }, 8).map(
        spread(eps === 1e-11 ? claimed : 50),
      )
    );
  assertEquals(verdict("epsilon-lowest-variance", scores(1)), "supported");
  assertEquals(verdict("epsilon-lowest-variance", scores(2000)), "not supported");
});

Deno.test("omega rules find ranges, differences and stagnation", () => {
  const inside = sweep("hopper", "omega", { 0.3: 500, 0.6: 600, 1.2: 2000, 1.5: 1500 });
  assertEquals(verdict("omega-range", inside), "supported");
  assertEquals(verdict("omega-low-stagnates", inside), "supported");
  const low = sweep("hopper", "omega", { 0.3: 2500, 0.6: 600, 1.2: 2000, 1.5: 1500 });
  assertEquals(verdict("omega-range", low), "not supported");
  assertEquals(verdict("omega-low-stagnates", low), "not supported");
  const other = sweep("square", "omega", { 0.3: 500, 0.6: 2600, 1.2: 2000, 1.5: 1500 });
  assertEquals(verdict("omega-sensitive", [...inside, ...other]), "supported");
  assertEquals(
    verdict("omega-sensitive", [...inside, ...sweep("square", "omega", { 0.3: 5, 1.2: 2000 })]),
    "not supported",
  );
});

Deno.test("epsilon-runaway counts diverged runs", () => {
  const fine = sweep("halfcheetah", "eps", { "1e-8": 900, "1e-12": 900 });
  assertEquals(verdict("epsilon-runaway", fine), "not supported");
  const diverged = fine.map((s) => s.variant.eps === 1e-12 ? { ...s, final: undefined } : s);
  assertEquals(verdict("epsilon-runaway", diverged), "supported");
});

Deno.test("square-faster compares whole learning curves", () => {
  assertEquals(verdict("square-faster", pair("square/dppo", 1500, 1900)), "supported");
  assertEquals(verdict("square-faster", pair("square/dppo", 1900, 1500)), "not supported");
});

Deno.test("architecture-independent wants a gain with every denoiser", () => {
  const unet = pair("hopper/dppo", 1000, 1500).map((s) => ({
    ...s,
    variant: { denoiser: "unet" },
  }));
  assertEquals(
    verdict("architecture-independent", [...pair("hopper/dppo", 1000, 1500), ...unet]),
    "supported",
  );
  assertEquals(
    verdict("architecture-independent", [...pair("hopper/dppo", 1500, 1000), ...unet]),
    "not supported",
  );
});

Deno.test("an unknown rule is refused and every claim is judged", () => {
  const odd: Claim = { ...claims[0], rule: { kind: "toString", minSeeds: 1 } as Rule };
  assertThrows(
    () => judge(odd, { table1: pair("a/b", 1, 2) }, key(0)),
    RangeError,
    "found toString",
  );
  assertEquals(judgeAll(claims, {}, key(0)).map((judged) => judged.claim), claims);
});

Deno.test("fisherExact() equals SciPy's", () => {
  assertAlmostEquals(fisherExact(8, 2, 1, 5), 0.03496503496503495, 1e-12);
  assertAlmostEquals(fisherExact(5, 0, 0, 5), 0.007936507936507936, 1e-12);
  assertAlmostEquals(fisherExact(3, 3, 3, 3), 1, 1e-12);
});
