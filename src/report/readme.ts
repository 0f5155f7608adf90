/**
 * The part of the README that states results.
 *
 * @module
 */
import type { Evidence } from "./evidence.ts";
import type { Inline } from "./page/blocks.ts";
import { blockMarkdown, tableMarkdown } from "./page/markdown.ts";
import { answer, type Outcome } from "./sections/brief.ts";
import { shownVerdict } from "./sections/names.ts";
import { table1Markdown } from "./table1_text.ts";

/** From the README to what links are relative to. */
const ROOT = "results/";

const START = "<!-- table1 -->", END = "<!-- /table1 -->";

/**
 * The README with what stands between its markers replaced.
 *
 * @throws {Error} when the markers are missing
 */
export function withResults(readme: string, results: string): string {
  const start = readme.indexOf(START), end = readme.indexOf(END);
  if (start < 0 || end < start) {
    throw new Error(`Cannot write results into README.md: found no ${START} before ${END}`);
  }
  return `${readme.slice(0, start + START.length)}\n\n${results}\n\n${readme.slice(end)}`;
}

/** What Table I says, Table I and the verdicts on claims. Formatters leave it as the report wrote it. */
export const readmeResults = (evidence: Evidence, outcome: Outcome): string =>
  [
    "<!-- deno-fmt-ignore-start -->",
    blockMarkdown({ kind: "list", items: answer(outcome) }, ROOT),
    captionOf(evidence),
    ...(outcome.rows.length === 0 ? [] : [table1Markdown(outcome.rows, "").trim()]),
    claimsOf(outcome),
    reasonsOf(outcome),
    "More in the [report](results/report/report.md), which is also one HTML page to open in a browser, " +
    "`results/report/index.html`; evidence for each claim in [claims.md](results/claims.md).",
    "<!-- deno-fmt-ignore-end -->",
  ].filter((text) => text !== "").join("\n\n");

function captionOf({ table1 }: Evidence): string {
  if (table1 === undefined) return "Table I has no results yet.";
  const { profile, budget } = table1.setting;
  return `Table I, \`${profile}\` profile, \`${budget}\` budget, ${table1.runs.length} runs: means over seeds with 95 % ` +
    "intervals (t over seeds; of success rates Wilson’s, see below); differences are paired by seed. Written by `deno task report` from the committed runs.";
}

const claimsOf = ({ claims }: Outcome): string =>
  tableMarkdown({
    numbers: [0, 0],
    header: ["claim of the paper", "verdict"],
    rows: claims.map(({ claim, verdict }) => [claim.text, shownVerdict(verdict)]),
  }, ROOT);

/** What the verdicts other than "inconclusive" rest on. */
function reasonsOf({ claims }: Outcome): string {
  const decided = claims.filter(({ verdict }) => verdict !== "inconclusive");
  const items = decided.map(({ claim, verdict, evidence }): Inline[] => [
    { strong: verdict },
    `: ${claim.text}. ${evidence.join("; ")}.`,
  ]);
  return blockMarkdown({ kind: "list", items }, ROOT);
}
