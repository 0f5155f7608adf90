/**
 * Runs a published cell again from its seed and compares every iteration.
 *
 * @module
 */
import {
  type Checkpoint,
  runCell,
  type Scores,
  type Trial,
} from "../../src/experiments/run_cell.ts";
import {
  type CellScores,
  cellScores,
  type Evaluation,
  type IterationMetrics,
  type Metric,
  scoreOf,
} from "../../src/experiments/score.ts";
import { seal, type SealedCheckpoint } from "../../src/experiments/sealed_checkpoint.ts";
import type { Json } from "../../src/provenance/strict_json.ts";
import type { Replay } from "../../src/report/audit.ts";
import type { AuditTrace } from "../../src/report/audit_trace.ts";
import { firstDifference } from "../../src/report/audit_difference.ts";
import type { Interval } from "../../src/stats/interval.ts";
import { meanInterval } from "../../src/stats/t_interval.ts";
import { wilsonInterval } from "../../src/stats/wilson.ts";
import {
  brief,
  type Parting,
  partingAtEnd,
  partingOf,
  partingOfScores,
  type Recorded,
} from "./parting.ts";

/** How much to run. */
export interface Extent<S> {
  /** Last iteration to compare; at the last recorded one the scores follow. */
  readonly to: number;
  /** Go on from here instead of from the seed. */
  readonly resume?: Checkpoint<S>;
  readonly magnify?: Magnifier<S>;
}

/** Looks at one iteration in detail. */
export interface Magnifier<S> {
  /** Which; absent for the first one that differs. */
  readonly at?: number;
  /** @param before the checkpoint that the iteration went on from; absent for the first one */
  look(before: Checkpoint<S> | undefined, sealed: SealedCheckpoint): AuditTrace;
}

/** A replay without its name and time. */
export type Outcome = Omit<Replay, "cell" | "seconds">;

/** Replays a cell and locates the first difference. */
export function replay<S, E>(
  trial: Trial<S, E>,
  recorded: Recorded,
  extent: Extent<S>,
): Outcome {
  const trace = follow(trial, recorded, extent), { parting, leaves, scores } = trace;
  const base = {
    from: (extent.resume?.iteration ?? -1) + 1,
    to: trace.last,
    iterations: recorded.digests.length,
    scored: scores !== undefined,
    ...(trace.magnified === undefined ? {} : { trace: trace.magnified }),
  };
  if (scores === undefined) {
    return parting === undefined ? { ...base, outcome: "equal", ...trace.same, difference: [] } : {
      ...base,
      outcome: "different",
      ...digestsIn(parting),
      difference: [parting.place, ...leaves],
    };
  }
  const found = scoresAfter(recorded.scores, scores, trace.metrics);
  const first = parting ?? partingOfScores(recorded.scores, found);
  if (first === undefined) return { ...base, outcome: "equal", ...trace.same, difference: [] };
  const { overlaps, text } = overlapOf(recorded.scores, found);
  const outcome = overlaps ? "statistical" : "different";
  return { ...base, outcome, ...digestsIn(first), difference: [first.place, ...leaves, text] };
}

/** Iterations run again, up to the first difference or to the end. */
interface Trace {
  readonly last: number;
  /** The last digest that was equal, twice. */
  readonly same: Pick<Outcome, "recorded" | "found">;
  readonly metrics: readonly Json[];
  readonly parting?: Parting;
  /** What differs from a kept checkpoint. */
  readonly leaves: readonly string[];
  readonly magnified?: AuditTrace;
  /** Absent when the run was not followed to its end. */
  readonly scores?: Scores;
}

/** After a difference a run goes on where its scores or a later iteration are wanted; any other stops there. */
function follow<S, E>(
  trial: Trial<S, E>,
  recorded: Recorded,
  { to, resume, magnify }: Extent<S>,
): Trace {
  const whole = to >= recorded.digests.length - 1, run = runCell(trial, resume);
  const before = resume?.iteration ?? -1, start = recorded.digests[before]?.state ?? "";
  let trace: Trace = {
    last: before,
    same: { recorded: start, found: start },
    metrics: recorded.metrics.slice(0, before + 1),
    leaves: [],
  };
  let previous = resume;
  for (let step = run.next();; step = run.next()) {
    if (step.done) {
      const parting = trace.parting ?? partingAtEnd(recorded, trace.last);
      return { ...trace, parting, scores: step.value };
    }
    const sealed = seal(step.value), parted = trace.parting !== undefined;
    trace = compared(trace, recorded, sealed);
    const { parting, last } = trace;
    const isWanted = magnify?.at === undefined
      ? !parted && parting !== undefined
      : magnify.at === last;
    if (magnify !== undefined && isWanted) {
      trace = { ...trace, magnified: magnify.look(previous, sealed) };
    }
    previous = step.value;
    const isAwaited = magnify?.at !== undefined && last < magnify.at;
    if (!whole && (last >= to || (parting !== undefined && !isAwaited))) return trace;
  }
}

function compared(trace: Trace, recorded: Recorded, sealed: SealedCheckpoint): Trace {
  const parting = trace.parting ?? partingOf(recorded, sealed), { state } = sealed.digests;
  return {
    ...trace,
    last: sealed.iteration,
    same: parting === undefined ? { recorded: state, found: state } : trace.same,
    metrics: [...trace.metrics, sealed.metrics],
    parting,
    leaves: [...trace.leaves, ...leafDifference(recorded, sealed)],
  };
}

const digestsIn = ({ recorded, found }: Parting) => ({ recorded, found });

/** At the iteration of a kept checkpoint: the parameter leaf that differs. */
function leafDifference({ checkpoint }: Recorded, sealed: SealedCheckpoint): string[] {
  if (checkpoint?.iteration !== sealed.iteration) return [];
  const found = { tree: sealed.tree, blob: (digest: string) => sealed.blobs.get(digest)! };
  const difference = firstDifference(checkpoint, found);
  return difference === undefined
    ? []
    : [`checkpoint of iteration ${sealed.iteration}: ${difference}`];
}

const scoresAfter = (recorded: CellScores, scores: Scores, metrics: readonly Json[]): CellScores =>
  cellScores(recorded.metric, scores, metrics as unknown as readonly IterationMetrics[]);

/** Whether the 95 % intervals over the final evaluation episodes overlap. */
function overlapOf(recorded: CellScores, found: CellScores) {
  if (recorded.final === null || found.final === null) {
    return { overlaps: false, text: `${brief(recorded)} against ${brief(found)}` };
  }
  const [a, b] = [recorded.final, found.final].map((final) => intervalOf(recorded.metric, final));
  const overlaps = a.low <= b.high && b.low <= a.high;
  const show = ({ low, high }: Interval) => `[${low.toPrecision(5)}, ${high.toPrecision(5)}]`;
  const verb = overlaps ? "overlaps" : "does not overlap";
  return { overlaps, text: `interval of the score ${show(a)} ${verb} ${show(b)}` };
}

/** Student's t of returns; Wilson's of success rates, which says something of a policy that always or never succeeds too. */
function intervalOf(metric: Metric, { episodes }: Evaluation): Interval {
  if (metric === "return") return meanInterval(episodes.map((episode) => episode.return));
  return wilsonInterval(Math.round(scoreOf(metric, episodes) * episodes.length), episodes.length);
}
