/**
 * Where a replay parts from what was published.
 *
 * @module
 */
import type { Divergence } from "../../src/experiments/divergence.ts";
import type { CellScores } from "../../src/experiments/score.ts";
import type {
  IterationDigests,
  SealedCheckpoint,
} from "../../src/experiments/sealed_checkpoint.ts";
import { canonicalJson } from "../../src/provenance/canonical_json.ts";
import { digestOf } from "../../src/provenance/digest.ts";
import type { Json } from "../../src/provenance/strict_json.ts";
import type { Side } from "../../src/report/audit_difference.ts";

/** What was published of a cell. */
export interface Recorded {
  readonly digests: readonly IterationDigests[];
  readonly metrics: readonly Json[];
  readonly scores: CellScores;
  /** A checkpoint that is kept beside the published files, if there is one. */
  readonly checkpoint?: Side & { readonly iteration: number };
}

/** The first place where a run is not what was recorded of it. */
export interface Parting {
  readonly place: string;
  readonly recorded: string;
  readonly found: string;
}

/** The stream in which an iteration parts from its record. The rollout comes before the state it leads to. */
export function partingOf(
  { digests, metrics }: Recorded,
  sealed: SealedCheckpoint,
): Parting | undefined {
  const { iteration } = sealed, line = digests[iteration];
  const stream = (["rollout", "state"] as const).find((s) => line?.[s] !== sealed.digests[s]);
  if (stream === undefined) return undefined;
  const log = metricDifference(metrics[iteration], sealed.metrics);
  return {
    place: `first difference: iteration ${iteration}, ${stream}${log}`,
    recorded: line?.[stream] ?? "nothing",
    found: sealed.digests[stream],
  };
}

/** `; metric actorLoss 0.25 ≠ 0.5`: the first number of the log that differs. */
function metricDifference(recorded: Json | undefined, found: Json): string {
  const was = (recorded ?? {}) as Record<string, Json>, is = found as Record<string, Json>;
  const name = Object.keys(is).find((key) => !Object.is(was[key], is[key]));
  return name === undefined ? "" : `; metric ${name} ${was[name] ?? "absent"} ≠ ${is[name]}`;
}

/** The part of the scores that differs; undefined where none does. */
export function partingOfScores(recorded: CellScores, found: CellScores): Parting | undefined {
  const plain = (scores: CellScores) => JSON.parse(JSON.stringify(scores));
  const was = plain(recorded), is = plain(found);
  const part = Object.keys(is).find((key) => canonicalJson(was[key]) !== canonicalJson(is[key]));
  if (part === undefined) return undefined;
  return {
    place: `first difference: scores, ${part}; ${brief(recorded)} ≠ ${brief(found)}`,
    recorded: digestOf(was),
    found: digestOf(is),
  };
}

/** `score 0.5`, or where the run diverged. */
export const brief = ({ final, diverged }: CellScores): string =>
  final === null ? `diverged ${placeOf(diverged)}` : `score ${final.score}`;

const placeOf = (divergence: Divergence | null): string =>
  divergence === null ? "" : `in iteration ${divergence.iteration}, ${divergence.stream}`;
