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

/** What an iteration is compared by, in the order in which it comes to be: the rollout leads to the state. */
const STREAMS = ["rollout", "state", "metrics"] as const;

/** The stream in which an iteration parts from its record. */
export function partingOf(
  { digests, metrics }: Recorded,
  sealed: SealedCheckpoint,
): Parting | undefined {
  const { iteration } = sealed, log = metrics[iteration];
  const was = { ...digests[iteration], metrics: log === undefined ? undefined : digestOf(log) };
  const is = { ...sealed.digests, metrics: digestOf(sealed.metrics) };
  const stream = STREAMS.find((name) => was[name] !== is[name]);
  if (stream === undefined) return undefined;
  const metric = metricDifference(log, sealed.metrics);
  return {
    place: `first difference: iteration ${iteration}, ${stream}${metric}`,
    recorded: was[stream] ?? "nothing",
    found: is[stream],
  };
}

/** `; metric actorLoss 0.25 ≠ 0.5`: the first number of the log that differs. */
function metricDifference(recorded: Json | undefined, found: Json): string {
  const was = (recorded ?? {}) as Record<string, Json>, is = found as Record<string, Json>;
  const name = Object.keys({ ...is, ...was }).find((key) => was[key] !== is[key]);
  return name === undefined
    ? ""
    : `; metric ${name} ${was[name] ?? "absent"} ≠ ${is[name] ?? "absent"}`;
}

/** A run that has ended while its record goes on; a record that ends early parts where it ends. */
export function partingAtEnd({ digests, metrics }: Recorded, last: number): Parting | undefined {
  const recorded = Math.max(digests.length, metrics.length), found = last + 1;
  if (recorded <= found) return undefined;
  return {
    place: `first difference: ${recorded} iterations are recorded, the run has ${found}`,
    recorded: String(recorded),
    found: String(found),
  };
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
