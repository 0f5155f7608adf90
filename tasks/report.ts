/**
 * Writes the report, the figures beside the tables, the verdicts on claims and the results in the README from the
 * published runs. The same runs give the same bytes.
 *
 * Usage: deno task report [--profile compact]
 *
 * @module
 */
import { join } from "@std/path";
import { PROFILES } from "../src/experiments/budgets.ts";
import type { Claim } from "../src/report/claims/claim.ts";
import { outcomeOf, reportFiles } from "../src/report/report.ts";
import { readmeResults, withResults } from "../src/report/readme.ts";
import { oneOf } from "./flag_checks.ts";
import { flagValues, usageOf } from "./flag_values.ts";
import { readJson, readText, write } from "./io.ts";
import { main } from "./main.ts";
import { publishedEvidence } from "./report/evidence.ts";

const HELP = `Write the report of all published runs.

Usage: deno task report [flags]

  --profile compact|paper  which runs (compact)
  --help                   this text

Writes results/report/index.html, a page that needs no other file, results/report/report.md, results/claims.md, a
figure.svg beside each table, and what stands between the markers in README.md.`;

const RESULTS = "results", README = "README.md";

main(() => {
  const flags = flagValues(Deno.args, {
    profile: { type: "string", default: "compact" },
    help: { type: "boolean", default: false },
  }, usageOf("report"));
  if (flags.help) return console.log(HELP);
  const profile = oneOf("profile", PROFILES, flags.profile);
  const evidence = publishedEvidence(RESULTS, profile);
  if (Object.keys(evidence).length === 0) {
    throw new Error(`Cannot report: found no published runs of profile ${profile}`);
  }
  const { claims } = readJson("fixtures/paper/claims.json") as {
    readonly claims: readonly Claim[];
  };
  const outcome = outcomeOf(evidence, claims), files = reportFiles(evidence, outcome);
  for (const [path, text] of Object.entries(files)) write(join(RESULTS, path), text);
  write(README, withResults(readText(README), readmeResults(evidence, outcome)));
  const runs = Object.values(evidence).reduce((sum, study) => sum + study.runs.length, 0);
  console.log(`${runs} runs of ${Object.keys(evidence).length} studies`);
  console.log(`${Object.keys(files).length} files; open ${RESULTS}/report/index.html`);
});
