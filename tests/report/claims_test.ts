import { assert, assertEquals, assertMatch, assertStringIncludes, assertThrows } from "@std/assert";
import paper from "../../fixtures/paper/claims.json" with { type: "json" };
import { aggregates } from "../../src/report/aggregates.ts";
import { cellName, type CellScore } from "../../src/report/cell_score.ts";
import { type Claim, readClaims } from "../../src/report/claims/claim.ts";
import { fourDigits, shownInterval } from "../../src/report/numbers.ts";
import { judge, judgeAll } from "../../src/report/claims/judge.ts";
import { plannedComparisons } from "../../src/report/evidence.ts";
import { FormatError } from "../../src/provenance/format_error.ts";
import { key } from "../../src/rng/key.ts";
import { cellScore } from "./cell_scores.ts";

const claims = readClaims(paper, "claims.json");
const claim = (id: string): Claim => claims.find((c) => c.id === id)!;

/** A fixed, seed-dependent wobble that both arms share, plus a small one of their own. */
const wobble = (seed: number, own: string) =>
  30 * Math.sin(seed * 2.3) +
  3 * Math.sin(seed * 5.1 + [...own].reduce((sum, c) => 2 * sum % 97 + c.charCodeAt(0), 0));

function runs(
  cell: string,
  optimizer: string,
  level: number,
  more: Partial<CellScore> = {},
  seeds = 5,
) {
  return Array.from({ length: seeds }, (_, seed) =>
    cellScore(cell, optimizer, seed, {
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
const judged = (id: string, scores: readonly CellScore[]) =>
  judge(claim(id), { [claim(id).experiment]: scores }, key(0));
const verdict = (id: string, scores: readonly CellScore[]) => judged(id, scores).verdict;
const evidence = (id: string, scores: readonly CellScore[]) =>
  judged(id, scores).evidence.join("\n");

/** Every comparison of Table I, ADAPG ahead; those named otherwise instead. */
const wholeTable = (
  others: Readonly<Record<string, readonly CellScore[]>> = {},
): CellScore[] =>
  plannedComparisons("table1").map(cellName).flatMap((cell) =>
    others[cell] ?? pair(cell, 1500, 1900)
  );

Deno.test("every claim is inconclusive without results and its rule kind is known", () => {
  for (const c of claims) assertEquals(judge(c, {}, key(0)).verdict, "inconclusive");
});

Deno.test("table1-every-cell is supported, refuted or open as the comparisons say", () => {
  assertEquals(verdict("table1-every-cell", wholeTable()), "supported");
  const worse = wholeTable({ "can/idql": pair("can/idql", 1200, 900) });
  assertEquals(verdict("table1-every-cell", worse), "not supported");
  const fewSeeds = [
    ...runs("hopper/dppo", "adamw", 1, {}, 2),
    ...runs("hopper/dppo", "adapg", 9, {}, 2),
  ];
  assertEquals(verdict("table1-every-cell", fewSeeds), "inconclusive");
});

Deno.test("table1-every-cell stays open while a comparison has no runs, however many are won", () => {
  const missing = wholeTable({ "square/dql": [] });
  assertEquals(verdict("table1-every-cell", missing), "inconclusive");
  assertStringIncludes(evidence("table1-every-cell", missing), "35 of 36 comparisons");
});

Deno.test("table1-every-cell stays open when a run with ADAPG diverged, not when one with AdamW did", () => {
  const diverging = (optimizer: string) =>
    wholeTable({
      "lift/qsm": pair("lift/qsm", 1500, 1900).map((s) =>
        s.optimizer === optimizer && s.seed === 0 ? { ...s, final: undefined } : s
      ),
    });
  assertEquals(verdict("table1-every-cell", diverging("adapg")), "inconclusive");
  assertStringIncludes(evidence("table1-every-cell", diverging("adapg")), "1 runs with ADAPG");
  assertEquals(verdict("table1-every-cell", diverging("adamw")), "supported");
});

Deno.test("table1-every-cell rests on the probability of improvement that the report shows", () => {
  const close = ["can/dppo", "can/dql", "lift/idql", "hopper/qsm"]
    .map((cell) => [cell, pair(cell, 1500, 1501)]);
  const scores = wholeTable(Object.fromEntries(close)),
    [all] = aggregates(key(0), scores).slice(-1);
  const { value, interval } = all.improvement;
  assert(0.5 < interval.low && interval.low < interval.high && interval.high < 1);
  assertStringIncludes(
    evidence("table1-every-cell", scores),
    `${fourDigits(value)} ${shownInterval(interval)}`,
  );
});

Deno.test("idql-no-gain needs both intervals inside the margin", () => {
  const same = [...pair("halfcheetah/idql", 2000, 2001), ...pair("can/idql", 2000, 1999)];
  assertEquals(verdict("idql-no-gain", same), "supported");
  const gains = [...pair("halfcheetah/idql", 2000, 2900), ...pair("can/idql", 2000, 1999)];
  assertEquals(verdict("idql-no-gain", gains), "not supported");
  assertEquals(verdict("idql-no-gain", pair("can/idql", 1, 1)), "inconclusive");
});

Deno.test("idql-no-gain lets the margin come first: a small difference that is certain is parity", () => {
  const small = pair("halfcheetah/idql", 2000, 2050);
  assertEquals(verdict("idql-no-gain", [...small, ...pair("can/idql", 2000, 2050)]), "supported");
  const wide = pair("can/idql", 2000, 2000).map((s) =>
    s.optimizer === "adapg" ? { ...s, final: 2000 + 900 * Math.sin(3 * s.seed) } : s
  );
  assertEquals(verdict("idql-no-gain", [...small, ...wide]), "not supported");
});

Deno.test("idql-no-gain shows its margin, and whether it is less than an episode counts", () => {
  const rates = runs("can/idql", "adamw", 0).concat(runs("can/idql", "adapg", 0))
    .map((s) => ({ ...s, metric: "success" as const, final: s.seed === 0 ? 0.1 : 0 }));
  const shown = evidence("idql-no-gain", [...pair("halfcheetah/idql", 2000, 2001), ...rates]);
  assertMatch(shown, /^halfcheetah\/idql.*, n = 5, margin ±200\.3$/m);
  assertMatch(
    shown,
    /^can\/idql.*, margin ±0\.002, less than one of 50 episodes counts \(0\.02\)$/m,
  );
});

Deno.test("claims show no interval of success rates that leaves what rates and their differences can be", () => {
  const rates = (cell: string) =>
    pair(cell, 0, 0).map((s) => {
      const final = s.optimizer === "adapg" ? s.seed % 2 : 0.02 * (s.seed % 2);
      return { ...s, metric: "success" as const, pretrained: 0.5, final, curve: [0.5, final] };
    });
  const idql = evidence("idql-no-gain", [...rates("can/idql"), ...rates("halfcheetah/idql")]);
  assertStringIncludes(idql, "difference 0.392 [−0.2745, 1], AdamW 0.008 [0, 0.0216]");
  const wide = [0.3, 1.2].flatMap((omega) => {
    const share = (seed: number) => omega === 0.3 ? seed % 2 : 0;
    return runs("lift/dppo", "adapg", 0, { variant: { omega }, metric: "success", pretrained: 0 })
      .map((s) => ({ ...s, final: share(s.seed) }));
  });
  assertStringIncludes(
    evidence("omega-low-stagnates", wide),
    "gains [−0.2801, 1] over the pre-trained policy, against ω = 1.2 [−0.2801, 1]",
  );
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

Deno.test("epsilon-best and epsilon-lowest-variance want runs with every value", () => {
  const two = sweep("halfcheetah", "eps", { "1e-11": 900, "1e-12": 200 });
  assertEquals(verdict("epsilon-best", two), "inconclusive");
  assertStringIncludes(evidence("epsilon-best", two), "1e-8: not run");
  const narrow = two.map((s) => s.variant.eps === 1e-11 ? { ...s, final: 900 + s.seed / 100 } : s);
  assertEquals(verdict("epsilon-lowest-variance", narrow), "inconclusive");
});

Deno.test("epsilon-lowest-variance is open, and prints no NaN, where scores do not vary", () => {
  const at = (final: number) =>
    sweep("halfcheetah", "eps", { "1e-8": 1, "1e-11": 1, "1e-12": 1 }).map((s) => ({
      ...s,
      final,
    }));
  const still = at(0.5);
  // Three, five or six scores of 0.18 or 0.22 have a mean that is another double.
  for (const scores of [still, at(0.18), at(0.22)]) {
    assertEquals(verdict("epsilon-lowest-variance", scores), "inconclusive");
    assertStringIncludes(evidence("epsilon-lowest-variance", scores), "no spread with");
  }
  const nearly = still.map((s) => ({ ...s, final: s.seed === 0 ? 0.52 : 0.5 }));
  assertEquals(verdict("epsilon-lowest-variance", nearly), "inconclusive");
  assertEquals(/NaN|Infinity/.test(evidence("epsilon-lowest-variance", nearly)), false);
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

/** All ω of the wide sweep; the best is 1.2. */
const wide = (env: string, levels: Readonly<Record<string, number>> = {}) =>
  sweep(env, "omega", { 0.3: 500, 0.6: 600, 0.9: 700, 1.2: 2000, 1.5: 1500, ...levels });
/** All ω of Square's sweep. */
const fine = (best: number) =>
  sweep("square", "omega", { 0.9: 500, 1: 600, 1.1: 700, 1.2: 800, 1.3: 900, [best]: 2600 });

/** The whole study; environments named otherwise instead. */
const everywhere = (
  levels: Readonly<Record<string, number>> = {},
  others: Readonly<Record<string, readonly CellScore[]>> = {},
) => [
  ...["hopper", "walker2d", "halfcheetah", "lift", "can"]
    .flatMap((env) => others[env] ?? wide(env, levels)),
  ...(others.square ?? fine(1.2)),
];

Deno.test("omega rules find ranges, differences and stagnation", () => {
  assertEquals(verdict("omega-range", everywhere()), "supported");
  assertEquals(verdict("omega-low-stagnates", everywhere({ 0.3: 1000 })), "supported");
  const low = wide("hopper", { 0.3: 2500 });
  assertEquals(verdict("omega-range", low), "not supported");
  assertEquals(verdict("omega-low-stagnates", low), "not supported");
  const other = wide("lift", { 0.6: 2600 });
  assertEquals(verdict("omega-sensitive", [...wide("hopper"), ...other]), "supported");
  assertEquals(verdict("omega-sensitive", everywhere()), "not supported");
});

Deno.test("omega rules stay open while an environment or a value of the study has no runs", () => {
  const without = { can: [] };
  assertEquals(verdict("omega-range", everywhere({}, without)), "inconclusive");
  assertStringIncludes(evidence("omega-range", everywhere({}, without)), "can: 0.3: not run");
  const stagnating = everywhere({ 0.3: 1000 }, without);
  assertEquals(verdict("omega-low-stagnates", stagnating), "inconclusive");
  assertEquals(verdict("omega-sensitive", everywhere({}, without)), "inconclusive");
  const two = wide("can").filter(({ variant }) => Number(variant.omega) > 1);
  assertStringIncludes(
    evidence("omega-sensitive", everywhere({}, { can: two })),
    "fewer than 5 seeds for some value: can",
  );
});

Deno.test("omega-range holds where no ω outside the range is swept, but rests on one that is", () => {
  assertEquals(verdict("omega-range", everywhere()), "supported");
  assertEquals(verdict("omega-range", fine(1.1)), "inconclusive");
  const few = fine(1.1).filter(({ seed }) => seed < 2);
  assertEquals(verdict("omega-range", everywhere({}, { square: few })), "inconclusive");
  const unrun = wide("hopper").filter(({ variant }) => Number(variant.omega) >= 0.6);
  assertEquals(verdict("omega-range", everywhere({}, { hopper: unrun })), "inconclusive");
});

Deno.test("omega-sensitive compares environments over the ω that both swept", () => {
  // 1.1 is best on Square and was not run on Hopper; of 0.9 and 1.2, which both ran, 1.2 is better on both.
  assertEquals(verdict("omega-sensitive", [...wide("hopper"), ...fine(1.1)]), "inconclusive");
  assertEquals(verdict("omega-sensitive", [...wide("hopper"), ...fine(0.9)]), "supported");
  assertStringIncludes(
    evidence("omega-sensitive", [...wide("hopper"), ...fine(0.9)]),
    "of 0.9, 1.2: hopper best in {1.2}, square in {0.9}",
  );
});

Deno.test("omega-sensitive shares a tie, which then cannot tell environments apart", () => {
  const tied = wide("hopper").map((s) => ({ ...s, final: 0.5 }));
  assertEquals(verdict("omega-sensitive", [...tied, ...wide("lift")]), "inconclusive");
  assertStringIncludes(
    evidence("omega-sensitive", [...tied, ...wide("lift")]),
    "hopper: best in {0.3, 0.6, 0.9, 1.2, 1.5}",
  );
});

Deno.test("omega-low-stagnates is no loss and wants every environment that sweeps 0.3", () => {
  assertEquals(verdict("omega-low-stagnates", everywhere({ 0.3: 500 })), "inconclusive");
  const lift = wide("lift", { 0.3: 1000 }).filter(({ seed }) => seed < 2);
  const short = everywhere({ 0.3: 1000 }, { lift });
  assertEquals(verdict("omega-low-stagnates", short), "inconclusive");
  assertStringIncludes(evidence("omega-low-stagnates", short), "lift: fewer");
  assertStringIncludes(evidence("omega-low-stagnates", short), "η/(2 − ω) = 0.59 η");
});

Deno.test("epsilon-runaway counts diverged runs", () => {
  const fine = sweep("halfcheetah", "eps", { "1e-8": 900, "1e-12": 900 });
  assertEquals(verdict("epsilon-runaway", fine), "not supported");
  const diverged = fine.map((s) => s.variant.eps === 1e-12 ? { ...s, final: undefined } : s);
  assertEquals(verdict("epsilon-runaway", diverged), "supported");
});

Deno.test("epsilon-runaway compares with the largest ε of the study, run or not", () => {
  const others = sweep("halfcheetah", "eps", { "1e-11": 900, "1e-12": 900 });
  assertEquals(verdict("epsilon-runaway", others), "inconclusive");
});

Deno.test("epsilon-runaway says what so few runs cannot show and what it does not test", () => {
  const few = sweep("halfcheetah", "eps", { "1e-8": 900, "1e-12": 900 })
    .filter(({ seed }) => seed < 3);
  assertStringIncludes(evidence("epsilon-runaway", few), "0 of 3 runs diverged (95 % Wilson");
  assertStringIncludes(evidence("epsilon-runaway", few), "cannot fall below 0.1");
  assertStringIncludes(evidence("epsilon-runaway", few), "unnormalised rewards were not tested");
  const more = sweep("halfcheetah", "eps", { "1e-8": 900, "1e-12": 900 });
  assertEquals(evidence("epsilon-runaway", more).includes("out of reach"), false);
});

Deno.test("differences that are all equal decide nothing: success rates are of few episodes", () => {
  const shifted = [0.36, 0.5, 0.12].flatMap((rate, seed) => [
    ...runs("can/idql", "adamw", 0, { final: rate, pretrained: 0.3 }, seed + 1).slice(-1),
    ...runs("can/idql", "adapg", 0, { final: rate - 0.02, pretrained: 0.3 }, seed + 1).slice(-1),
  ]);
  const won = plannedComparisons("table1").map(cellName).filter((cell) => cell !== "can/idql")
    .flatMap((cell) => pair(cell, 1500, 1900));
  assertEquals(verdict("table1-every-cell", [...won, ...shifted]), "supported");
  const even = pair("halfcheetah/idql", 2000, 2001);
  assertEquals(verdict("idql-no-gain", [...even, ...shifted]), "inconclusive");
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

Deno.test("readClaims() refuses an unknown rule, a missing number, one that its rule has no use for and an unknown study", () => {
  const [first] = paper.claims;
  const refusal = (change: object) =>
    assertThrows(
      () => readClaims({ claims: [{ ...first, ...change }] }, "claims.json"),
      FormatError,
      "Cannot read claims.json: claims.0.",
    ).message;
  const rule = (change: object) => refusal({ rule: { ...first.rule, ...change } });
  assertStringIncludes(rule({ kind: "toString" }), "rule.kind: must be one of all-cells, ");
  assertStringIncludes(rule({ kind: "toString" }), ', found "toString"');
  assertStringIncludes(rule({ alpha: undefined }), "rule.alpha: ");
  assertStringIncludes(rule({ value: 1 }), '"value"');
  assertStringIncludes(refusal({ rule: null }), "rule: ");
  assertStringIncludes(refusal({ experiment: "table2" }), "experiment: ");
});

Deno.test("every claim is judged", () => {
  assertEquals(judgeAll(claims, {}, key(0)).map((judged) => judged.claim), claims);
});
