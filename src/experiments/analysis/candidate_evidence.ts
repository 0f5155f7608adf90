/**
 * How two critics judge the same candidates.
 *
 * @module
 */
import { mean, standardDeviation } from "../../stats/moments.ts";
import type { Tensor } from "../../tensor/tensor.ts";

/** A critic's values of S candidates for each of B observations, and the candidate that it chooses. */
export interface Choices {
  /** [B, S] */
  readonly q: Tensor;
  /** [B] */
  readonly best: Int32Array;
}

/** Differences of value among candidates, averaged over observations. */
export interface ValueGaps {
  /** max − mean over the candidates. */
  readonly gap: number;
  /** Standard deviation over the candidates. */
  readonly spread: number;
  /** Mean |Q|. */
  readonly scale: number;
  /** Standard deviation over the observations of the candidates' mean Q. */
  readonly acrossObservations: number;
}

/** What the critics of both arms make of one actor's candidates. */
export interface CandidateEvidence {
  readonly adamw: ValueGaps;
  readonly adapg: ValueGaps;
  /** Share of observations for which the critics choose different candidates; 1 − 1/S for choices by chance. */
  readonly disagreement: number;
  /** Mean over observations of the correlation between the two critics' values of its candidates. */
  readonly correlation: number;
}

/** Compares two critics on the same candidates. */
export function candidateEvidence(
  { adamw, adapg }: { readonly adamw: Choices; readonly adapg: Choices },
): CandidateEvidence {
  const rows = rowsOf(adamw.q), others = rowsOf(adapg.q);
  const differing = adamw.best.filter((choice, b) => choice !== adapg.best[b]).length;
  return {
    adamw: valueGaps(adamw.q),
    adapg: valueGaps(adapg.q),
    disagreement: differing / rows.length,
    correlation: mean(rows.map((row, b) => correlation(row, others[b]))),
  };
}

/** The gaps of one critic. */
export function valueGaps(q: Tensor): ValueGaps {
  const rows = rowsOf(q);
  return {
    gap: mean(rows.map((row) => Math.max(...row) - mean(row))),
    spread: mean(rows.map(standardDeviation)),
    scale: mean([...q.data].map(Math.abs)),
    acrossObservations: standardDeviation(rows.map(mean)),
  };
}

function rowsOf({ shape: [rows, width], data }: Tensor): number[][] {
  return Array.from({ length: rows }, (_, b) => [...data.subarray(b * width, (b + 1) * width)]);
}

/** Pearson's correlation, 0 where one side is constant. */
function correlation(x: readonly number[], y: readonly number[]): number {
  const mx = mean(x), my = mean(y);
  let xy = 0, xx = 0, yy = 0;
  x.forEach((value, i) => {
    xy += (value - mx) * (y[i] - my);
    xx += (value - mx) ** 2, yy += (y[i] - my) ** 2;
  });
  return xx * yy === 0 ? 0 : xy / Math.sqrt(xx * yy);
}
