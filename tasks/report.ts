/**
 * Writes the report, the tables with the figures beside them, the verdicts on claims and the results in the README from the
 * published runs. The same runs give the same bytes.
 *
 * Usage: deno task report [--profile compact]
 *
 * @module
 */
import { PROFILES } from "../src/experiments/budgets.ts";
import { oneOf } from "./flag_checks.ts";
import { flagValues, HELP_OPTION, usageOf } from "./flag_values.ts";
import { write } from "./io.ts";
import { main } from "./main.ts";
import { publishedEvidence, publishedTables } from "./report/evidence.ts";
import { filesOf } from "./report/files.ts";

const RESULTS = "results";

const HELP = `Write the report of all published runs.

Usage: deno task report [flags]

  --profile compact|paper  which runs (compact)
  --help                   this text

Writes results/report/index.html, a page that needs no other file, results/report/report.md,
results/claims.md, every table, a figure.svg beside those that the report speaks of, and what
stands between the markers in README.md.`;

main(() => {
  const flags = flagValues(Deno.args, {
    profile: { type: "string", default: "compact" },
    ...HELP_OPTION,
  }, usageOf("report"));
  if (flags.help) return console.log(HELP);
  const profile = oneOf("profile", PROFILES, flags.profile);
  const evidence = publishedEvidence(RESULTS, profile);
  if (Object.keys(evidence).length === 0) {
    throw new Error(`Cannot report: found no published runs of profile ${profile}`);
  }
  const files = filesOf(evidence, publishedTables(RESULTS, profile));
  // Staged there because beside README.md this task may write nothing.
  for (const [path, text] of Object.entries(files)) write(path, text, RESULTS);
  const runs = Object.values(evidence).reduce((sum, study) => sum + study.runs.length, 0);
  console.log(`${runs} runs of ${Object.keys(evidence).length} studies`);
  console.log(`${Object.keys(files).length} files; open results/report/index.html`);
});
