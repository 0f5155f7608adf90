/**
 * A comparison of AdamW and ADAPG that takes seconds, through the same code as Table I, and the digest it must have.
 *
 * Usage: deno task demo [--json]
 *
 * @module
 */
import expected from "../fixtures/golden/demo.json" with { type: "json" };
import { type ArmSetting, BASELINE } from "../src/experiments/arm_optimizer.ts";
import { DEFAULTS } from "../src/experiments/cell.ts";
import { probeTrial, randomPushes } from "../src/experiments/probe_trial.ts";
import { runCell } from "../src/experiments/run_cell.ts";
import { scoreOf } from "../src/experiments/score.ts";
import { seal } from "../src/experiments/sealed_checkpoint.ts";
import { digestOf } from "../src/provenance/digest.ts";
import { digits } from "../src/report/numbers.ts";
import { pairedSummary, type Summary, summary } from "../src/report/summary.ts";
import { shownSummary } from "../src/report/text_table.ts";
import type { Params } from "../src/tensor/params.ts";
import { flagValues, HELP_OPTION, usageOf } from "./flag_values.ts";
import { main } from "./main.ts";

const HELP =
  `Compare AdamW and ADAPG on a point mass in seconds, through the same code as Table I, and check the
digest.

Usage: deno task demo [--json]

  --json  print JSON instead of text
  --help  this text

Reads fixtures/golden/demo.json, the digest to expect; writes nothing.
Exit status: 0 the digest is the expected one; 2 it is another.`;

const SEEDS = [0, 1, 2];
const ADAPG: ArmSetting = { optimizer: "adapg", omega: DEFAULTS.omega, variant: {} };

/** What a run leaves. */
interface Outcome {
  readonly before: number;
  readonly after: number;
  readonly digests: readonly string[];
}

function run(arm: ArmSetting, seed: number, pretrained: Params): Outcome {
  const cell = runCell(probeTrial(arm, seed, pretrained)), digests: string[] = [];
  for (let step = cell.next();; step = cell.next()) {
    if (!step.done) {
      digests.push(seal(step.value).digests.state);
      continue;
    }
    const { pretrained, final, diverged } = step.value;
    if (final === undefined) throw new Error(`Cannot compare: ${diverged?.message}`);
    return { before: scoreOf("return", pretrained), after: scoreOf("return", final), digests };
  }
}

const shown = (s: Summary | null) => shownSummary(s, "–");

main(() => {
  const { json, help } = flagValues(
    Deno.args,
    { json: { type: "boolean", default: false }, ...HELP_OPTION },
    usageOf("demo"),
  );
  if (help) return console.log(HELP);
  const start = randomPushes();
  const [adamw, adapg] = [BASELINE, ADAPG].map((arm) => SEEDS.map((seed) => run(arm, seed, start)));
  const after = (runs: readonly Outcome[]) => runs.map((r) => r.after);
  const digest = digestOf([adamw, adapg].map((runs) => runs.map((r) => [...r.digests])));
  const equal = digest === expected.digest, [{ before }] = adamw;
  const difference = pairedSummary(after(adapg), after(adamw));
  if (json) {
    console.log(JSON.stringify({ before, adamw, adapg, difference, digest, equal }, null, 2));
    return equal ? 0 : 2;
  }
  console.log(
    `DPPO on the point mass, mean return over 64 fixed episodes, ${SEEDS.length} seeds (best −0.13)\n
  pre-trained    ${digits(before)}
  AdamW          ${shown(summary(after(adamw)))}
  ADAPG          ${shown(summary(after(adapg)))}
  ADAPG − AdamW  ${shown(difference)}

digest    ${digest}
expected  ${expected.digest}   ${equal ? "equal" : "DIFFERENT"}

next: deno task reproduce:table1   (the same loop on robots)`,
  );
  return equal ? 0 : 2;
});
