import { assertEquals, assertMatch, assertThrows } from "@std/assert";
import { join } from "@std/path";
import { armName, type Cell, DEFAULTS } from "../../src/experiments/cell.ts";
import { gridOf } from "../../src/experiments/grid.ts";
import { studies } from "../../src/experiments/studies.ts";
import { sha256 } from "../../src/provenance/digest.ts";
import { analysisTexts } from "../../src/report/analysis/published_analysis.ts";
import { verdictOf } from "../../src/report/audit.ts";
import { adaptiveAnalysis } from "../../tasks/analysis/adaptive.ts";
import { type Analysis, isMeasured, publishAnalysis } from "../../tasks/analysis/analysis.ts";
import { pairsOf, requirePublished } from "../../tasks/analysis/paired_cells.ts";
import { trainedCells } from "../../tasks/analysis/trained_cells.ts";
import { epsilonAnalysis } from "../../tasks/analysis/epsilon.ts";
import { publishedCells } from "../../tasks/audit/published_cell.ts";
import { exists, listTree, readJson, readText, remove } from "../../tasks/io.ts";
import { ANALYSIS, ANALYSIS_MANIFEST, publishedAnalysis } from "../../tasks/study/analysis_file.ts";
import { AuditLab } from "./audit_lab.ts";

const PATHS = ["hopper/dppo-adamw/seed-0", "hopper/dppo-adapg/seed-0"];

function trainedIn(lab: AuditLab) {
  const { table, name, plan, work } = lab.subject();
  return trainedCells(table, publishedCells(table, name), plan, work);
}

/** An analysis that says how often it ran. */
function counted(): Analysis & { readonly runs: () => number } {
  let runs = 0;
  const run: Analysis["run"] = ({ cells, leftOut }) => ({
    findings: [{ cells: cells.length, run: ++runs }],
    leftOut,
  });
  return { module: "src/stats/moments.ts", run, runs: () => runs };
}

/** Publishes an analysis; the paths of its files, those that there are. */
const publish = (lab: AuditLab, analysis: Analysis) => {
  const { table, name } = lab.subject();
  publishAnalysis(analysis, table, name, trainedIn(lab), () => {});
  return [ANALYSIS, ANALYSIS_MANIFEST].map((file) => join(table, file)).filter(exists);
};

Deno.test("trainedCells() reads the state that was published last", () => {
  using lab = new AuditLab();
  const { cells, leftOut } = trainedIn(lab);
  assertEquals([cells.length, leftOut], [2, []]);
  assertEquals(cells.map(({ iteration }) => iteration), [8, 8]);
  const { policy } = cells[0].state() as { readonly policy: { readonly count: number } };
  assertEquals(policy.count, 6);
});

Deno.test("trainedCells() leaves out what it has no checkpoint of or what other code made", () => {
  using lab = new AuditLab();
  remove(join(lab.subject().work, trainedIn(lab).cells[0].id));
  assertEquals(trainedIn(lab).leftOut, [`${PATHS[0]}: no checkpoint is kept here`]);
  const { table, name, plan, work } = lab.subject();
  const other = (cell: Cell) => ({ ...plan(cell), id: "0" });
  assertMatch(
    trainedCells(table, publishedCells(table, name), other, work).leftOut[1],
    /made by other code/,
  );
});

Deno.test("publishAnalysis() names the cells that it measured and is not run again for them", () => {
  using lab = new AuditLab();
  const analysis = counted(), { table } = lab.subject();
  const paths = publish(lab, analysis), statement = readText(paths.at(-1)!);
  assertEquals(publish(lab, analysis), paths);
  assertEquals(analysis.runs(), 1);
  const { predicate, subject } = readJson(paths.at(-1)!) as {
    subject: { name: string; digest: { sha256: string } }[];
    predicate: {
      buildDefinition: {
        externalParameters: { cells: { path: string; id: string; checkpoint: string }[] };
        resolvedDependencies: { name: string }[];
      };
    };
  };
  const { externalParameters, resolvedDependencies } = predicate.buildDefinition;
  assertEquals(externalParameters.cells.map(({ path }) => path), PATHS);
  assertEquals(externalParameters.cells.map(({ id }) => id), trainedIn(lab).cells.map((c) => c.id));
  assertEquals(resolvedDependencies.map(({ name }) => name), [
    ...PATHS.map((path) => `cells/${path}/manifest.json`),
    "modules",
  ]);
  assertEquals(subject[0].digest.sha256, sha256(readText(join(table, subject[0].name))));
  assertEquals(verdictOf(lab.audit()).status, 0);
  remove(paths[0]);
  publish(lab, analysis);
  assertEquals([analysis.runs(), readText(paths.at(-1)!) === statement], [2, false]);
});

Deno.test("publishAnalysis() runs again when a cell's checkpoint is gone and writes nothing without any", () => {
  using lab = new AuditLab();
  const analysis = counted();
  publish(lab, analysis);
  remove(join(lab.subject().work, trainedIn(lab).cells[0].id));
  const paths = publish(lab, analysis);
  const { findings, leftOut } = readJson(paths[0]) as Record<string, unknown[]>;
  assertEquals(findings, [{ cells: 1, run: 2 }]);
  assertEquals([analysis.runs(), leftOut.length], [2, 1]);
  paths.forEach(remove);
  remove(lab.subject().work);
  assertEquals(publish(lab, analysis), []);
});

Deno.test("the analysis of optimizers finds each cell's moments and gives the same bytes twice", () => {
  using lab = new AuditLab();
  const paths = publish(lab, epsilonAnalysis), bytes = paths.map(readText);
  remove(paths.at(-1)!);
  publish(lab, epsilonAnalysis);
  assertEquals(paths.map(readText), bytes);
  const { findings } = readJson(paths[0]) as { findings: Record<string, unknown>[] };
  assertEquals(findings.map(({ arm, eps, network, diverged }) => [arm, eps, network, diverged]), [
    ["adamw", 1e-8, "policy", null],
    ["adapg", 1e-11, "policy", null],
  ]);
  const { table } = lab.subject(),
    texts = analysisTexts(publishedAnalysis(table, "epsilon")!, DEFAULTS);
  assertMatch(texts["analysis.md"], /\| hopper \| adapg \| policy \|/);
  assertEquals(listTree(lab.subject().table).filter((path) => path.endsWith(".partial")), []);
});

Deno.test("an analysis looks at the cells that it names, at all of them where it names none", () => {
  const cells = gridOf(studies.adaptive, DEFAULTS, { seeds: [0] });
  const measured = (analysis?: Analysis) => cells.filter((cell) => isMeasured(analysis, cell));
  assertEquals(measured(adaptiveAnalysis).map(armName), ["adaptive", "adaptive", "adaptive"]);
  assertEquals(measured(epsilonAnalysis), cells);
  assertEquals(measured(), []);
});

Deno.test("the analysis of the adaptive arm finds omega and leaves out runs that diverged", () => {
  using lab = new AuditLab();
  const { cells: [first, second] } = trainedIn(lab), a = -0.3;
  const { policy } = first.state() as { readonly policy: object };
  const adapted = { ...first, state: () => ({ policy: { ...policy, a } }) };
  const diverged = { ...second, scores: { ...second.scores, final: null } };
  const { findings, leftOut } = adaptiveAnalysis.run({
    cells: [adapted, diverged],
    leftOut: ["x"],
    say: () => {},
  });
  const omega = 1 + 0.5 * Math.tanh(a);
  assertEquals(findings, [{ env: "hopper", seed: 0, network: "policy", steps: 6, omega }]);
  assertEquals(leftOut, ["x", `${PATHS[1]}: it diverged`]);
});

Deno.test("pairsOf() pairs arms by environment and seed and says which cells are alone", () => {
  using lab = new AuditLab();
  const { cells: [adamw, adapg] } = trainedIn(lab), arms = ["adamw", "adapg"] as const;
  assertEquals(pairsOf([adamw, adapg], arms).pairs.map(({ name }) => name), ["hopper/dppo/seed-0"]);
  assertEquals(pairsOf([adamw], arms), {
    pairs: [],
    single: [`${PATHS[0]}: the other arm is not here`],
  });
  const diverged = { ...adapg, scores: { ...adapg.scores, final: null } };
  assertEquals(pairsOf([adamw, diverged], arms).single[1], `${PATHS[1]}: it diverged`);
  requirePublished(adamw, adamw.scores.final!.score, "this");
  assertThrows(() => requirePublished(adamw, 1, "this"), Error, "must score");
});
