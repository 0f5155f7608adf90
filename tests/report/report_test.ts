import { assert, assertEquals, assertMatch, assertStringIncludes, assertThrows } from "@std/assert";
import { parseHTML } from "linkedom";
import paper from "../../fixtures/paper/claims.json" with { type: "json" };
import { cellPath } from "../../src/experiments/cell.ts";
import type { StudyName } from "../../src/experiments/studies.ts";
import { readClaims } from "../../src/report/claims/claim.ts";
import {
  type Evidence,
  reproduceCommand,
  type Run,
  STUDIES,
  WANTED,
} from "../../src/report/evidence.ts";
import { readmeResults, withResults } from "../../src/report/readme.ts";
import { outcomeOf, reportFiles } from "../../src/report/report.ts";
import { parseFlags } from "../../tasks/audit/flags.ts";
import { syntheticEvidence, syntheticStudy } from "./synthetic.ts";

const claims = readClaims(paper, "claims.json");
const filesOf = (evidence: Evidence) => reportFiles(evidence, outcomeOf(evidence, claims));

interface Node {
  readonly textContent: string;
  readonly tagName: string;
  readonly id: string;
  getAttribute(name: string): string | null;
  querySelectorAll(selector: string): Iterable<Node>;
}
const documentOf = (html: string): Node =>
  (parseHTML(html) as unknown as { readonly document: Node }).document;

const evidence = syntheticEvidence(), files = filesOf(evidence);
const html = files["report/index.html"], page = documentOf(html);
const all = (selector: string): Node[] => [...page.querySelectorAll(selector)];

Deno.test("the report's bytes are a function of the runs", () => {
  assertEquals(filesOf(syntheticEvidence()), files);
});

Deno.test("the page fetches nothing", () => {
  assertEquals(all("script, link, img, iframe, object, embed, [src], [srcset]").length, 0);
  assertEquals([...html.matchAll(/url\((?!#)|@import|https?:|\/\/[a-z]/g)], []);
});

Deno.test("headings are in order and the contents name each section once", () => {
  assertEquals(all("h1").length, 1);
  const targets = all("nav a").map((a) => a.getAttribute("href"));
  assertEquals(targets, all("h2").map(({ id }) => `#${id}`));
  const ids = all("[id]").map(({ id }) => id);
  assertEquals(new Set(ids).size, ids.length);
});

Deno.test("every table is complete: a caption, and in every row as many cells as in the head", () => {
  for (const table of all("table")) {
    const [caption] = table.querySelectorAll("caption");
    const width = [...table.querySelectorAll("thead th")].length;
    assert(caption.textContent.length > 0);
    for (const row of table.querySelectorAll("tbody tr")) {
      const cells = [...row.querySelectorAll("th, td")];
      assertEquals(cells.length, width, caption.textContent);
      assertEquals(cells.filter((cell) => cell.textContent.trim() === ""), []);
    }
  }
});

Deno.test("every panel has a title and a description of its own, and no number is NaN", () => {
  const panels = all("figure svg[role=img]");
  for (const svg of panels) {
    const names = svg.getAttribute("aria-labelledby")!.split(" ");
    for (const name of names) assert(all(`#${name}`)[0].textContent.length > 0, name);
  }
  assert(panels.length > 80, `found ${panels.length}`);
  assertEquals(/NaN|Infinity|undefined/.test(html.replace("is NaN", "")), false);
});

Deno.test("every study has a section, a figure beside its table and a panel per environment and method", () => {
  for (const study of STUDIES) {
    const figure = files[`${study}/compact-short/figure.svg`];
    // A panel of Table I shows all methods.
    const names = evidence[study]!.runs.map(({ cell: { env, method } }) =>
      study === "table1" ? env : `${env}/${method}`
    );
    assertEquals([...figure.matchAll(/<svg x=/g)].length, new Set(names).size, study);
    assertEquals(all(`#${study}`).length, 1, study);
  }
});

Deno.test("what training logged is shown for runs that end with an evaluation", () => {
  const tables = all("table").filter(({ textContent }) => textContent.includes("last quarter"));
  assert(tables.length > 20, `found ${tables.length}`);
  for (const table of tables) {
    const names = [...table.querySelectorAll("tbody tr")].map((row) =>
      [...row.querySelectorAll("th, td")][0].textContent.trim()
    );
    assertEquals(names, ["gradNorm", "policyLoss"]);
  }
});

Deno.test("clip paths of a sheet are its own and all defined", () => {
  for (const [path, svg] of Object.entries(files).filter(([path]) => path.endsWith(".svg"))) {
    const defined = [...svg.matchAll(/<clipPath id="([^"]+)"/g)].map(([, id]) => id);
    const used = [...svg.matchAll(/url\(#([^)]+)\)/g)].map(([, id]) => id);
    assertEquals(new Set(defined).size, defined.length, path);
    assertEquals(used.filter((id) => !defined.includes(id)), [], path);
  }
});

Deno.test("every run has a row whose command the audit understands", () => {
  const commands = all("#replay ~ details code").map(({ textContent }) => textContent);
  const flags = commands.map((command) => parseFlags(command.split(" ").slice(3)));
  const runs = STUDIES.flatMap((study) =>
    evidence[study]!.runs.map(({ cell }) => ({ study, cell }))
  );
  assertEquals(
    flags.map(({ studies, only, seed, all }) => `${studies} ${only} ${seed} ${all}`),
    runs.map(({ study, cell }) =>
      `${study} ${cellPath(cell).replace(/\/seed-\d+$/, "")} ${cell.seed} true`
    ),
  );
});

Deno.test("what was measured on networks comes with the commands that train and measure them again", () => {
  const row = { labels: ["hopper"], values: [1] };
  const measures = [{ title: "Norms", note: "n", header: ["environment", "norm"], rows: [row] }];
  const files = filesOf({ idql: { ...syntheticStudy("idql", 1), measures } });
  const text = files["report/report.md"].split("Norms")[1].split("##")[0];
  const commands = [...text.matchAll(/`deno task ([^`]+)`/g)].map(([, command]) => command);
  assertEquals(commands.slice(0, 2), [
    "audit --study idql --budget short --all",
    "reproduce:idql --budget short",
  ]);
  const { studies, only, seed, all } = parseFlags(commands[0].split(" ").slice(1));
  assertEquals([studies, only, seed, all], [["idql"], undefined, undefined, true]);
});

Deno.test("a missing study is named with the command that makes it", () => {
  const only = filesOf({ omega: syntheticStudy("omega", 1) })["report/report.md"];
  for (const study of STUDIES.filter((name) => name !== "omega")) {
    assertStringIncludes(only, reproduceCommand(study, WANTED));
  }
  assertStringIncludes(only, "Not run yet: Table I, Stabiliser ε");
  assertStringIncludes(filesOf({})["claims.md"], "no results of table1 yet");
});

Deno.test("what Table I lacks is named, and comparisons are not counted as cells", () => {
  const whole = syntheticStudy("table1", 1);
  const runs = whole.runs.filter(({ cell: { env, method } }) =>
    env !== "square" && !(env === "can" && method !== "dppo") && method !== "dql"
  );
  const evidence = { table1: { ...whole, runs } }, outcome = outcomeOf(evidence, claims);
  const missing = "Hopper (DQL), Walker2d (DQL), HalfCheetah (DQL), Lift (DQL), " +
    "Can (DIPO, IDQL, DAWR, QSM, DQL), Square";
  const sentence = "Of the 36 comparisons of Table I (72 cells), 21 have runs and 0 the 3 seeds";
  for (const text of [readmeResults(evidence, outcome), filesOf(evidence)["report/report.md"]]) {
    assertStringIncludes(text, sentence);
    assertStringIncludes(text, `Not run yet: ${missing}.`);
  }
  assertStringIncludes(filesOf(evidence)["report/report.md"], `Table I lacks ${missing}.`);
  assertEquals(
    readmeResults(syntheticEvidence(), outcomeOf(syntheticEvidence(), claims))
      .includes("Not run yet"),
    false,
  );
});

Deno.test("README says what three seeds can show, and by what claims were decided", () => {
  const evidence = syntheticEvidence(), outcome = outcomeOf(evidence, claims);
  const text = readmeResults(evidence, outcome);
  assertStringIncludes(text, "with 3 seeds only large differences show. To see one of 5 %");
  const differ = outcome.tests.filter(({ holm }) => holm < 0.05).length;
  assertStringIncludes(text, `after Holm’s correction ${differ} differ)`);
  for (const { claim, verdict, evidence } of outcome.claims) {
    const reason = `- **${verdict}**: ${claim.text}. ${evidence[0]}`;
    assertEquals(text.includes(reason), verdict !== "inconclusive");
  }
});

Deno.test("the report says what pairing by seed costs and what its seeds can show", () => {
  const markdown = files["report/report.md"];
  assertStringIncludes(markdown, "2 in place of 4 with 3 seeds, which makes intervals 1.55 times");
  assertStringIncludes(markdown, "With 3 seeds a paired test shows a difference of 3.26 standard");
  assertMatch(markdown, /find \d+ of 36 comparisons with p below 0\.05; the smallest is /);
});

Deno.test("one seed makes a report without intervals and without verdicts", () => {
  const short = (name: StudyName) => ({ [name]: syntheticStudy(name, 1) });
  const files = filesOf({ ...short("table1"), ...short("epsilon") });
  assertStringIncludes(files["report/report.md"], "No comparison has 3 seeds in both arms yet");
  assertEquals(/NaN|Infinity/.test(files["report/index.html"]), false);
});

Deno.test("every figure that Markdown shows is written, where no run has finished and no arms compare too", () => {
  const changed = (study: StudyName, change: (run: Run) => Run[]) => {
    const whole = syntheticStudy(study, 1);
    return { [study]: { ...whole, runs: whole.runs.flatMap(change) } };
  };
  const diverged = (run: Run): Run[] => [{ ...run, score: { ...run.score, final: undefined } }];
  const adamwAlone = (run: Run): Run[] => run.score.optimizer === "adamw" ? [run] : [];
  const onHopper = (run: Run): Run[] => run.cell.env === "hopper" ? diverged(run) : [run];
  for (
    const evidence of [
      changed("table1", diverged),
      changed("table1", adamwAlone),
      changed("epsilon", diverged),
      changed("decomposition", diverged),
      changed("decomposition", onHopper),
    ]
  ) {
    const files = filesOf(evidence), shown = files["report/report.md"].matchAll(/!\[.*\]\((.*)\)/g);
    const missing = Array.from(shown, ([, path]) => path.replace("../", ""))
      .filter((path) => !Object.hasOwn(files, path));
    assertEquals(missing, [], Object.keys(evidence).join());
    assertEquals(/NaN|Infinity/.test(files["report/index.html"]), false);
  }
});

Deno.test("the page and its Markdown state the same verdicts", () => {
  const outcome = outcomeOf(evidence, claims);
  for (const { claim, verdict } of outcome.claims) {
    const shown = verdict === "inconclusive" ? verdict : `**${verdict}**`;
    assertStringIncludes(files["claims.md"], `| ${claim.text} | ${shown} |`);
    assertStringIncludes(readmeResults(evidence, outcome), `| ${claim.text} | ${shown} |`);
  }
});

Deno.test("withResults() replaces what stands between the markers and nothing else", () => {
  const readme = "a\n\n<!-- table1 -->\n\nold\n\n<!-- /table1 -->\n\nb\n";
  const once = withResults(readme, "new");
  assertEquals(once, "a\n\n<!-- table1 -->\n\nnew\n\n<!-- /table1 -->\n\nb\n");
  assertEquals(withResults(once, "new"), once);
  assertThrows(() => withResults("no markers", "new"), Error, "found no <!-- table1 -->");
});
