/**
 * The outcome of one cell at one seed, as reports and verdicts read it.
 *
 * @module
 */

/** One trained policy's scores: returns or success rates, averaged over its evaluation episodes. */
export interface CellScore {
  readonly env: string;
  readonly method: string;
  readonly optimizer: string;
  readonly seed: number;
  /** What this run sets otherwise than its cell's defaults, such as `eps`, `omega` or `denoiser`. */
  readonly variant: Readonly<Record<string, number | string>>;
  /** Of the policy before fine-tuning. */
  readonly pretrained: number;
  /** After the last iteration; absent when the run diverged. */
  readonly final?: number;
  /** Of every evaluation iteration, in order. */
  readonly curve: readonly number[];
}

/** "env/method", the name of a cell without its optimizer. */
export const cellName = ({ env, method }: Pick<CellScore, "env" | "method">): string =>
  `${env}/${method}`;

/** Distinct values in order of first appearance. */
export const distinct = <T>(values: readonly T[]): T[] => [...new Set(values)];

/** What two sides score at the seeds that both have finished. */
export interface Pairs {
  readonly seeds: readonly number[];
  readonly a: readonly number[];
  readonly b: readonly number[];
}

/** Matches two sides by seed. */
export function pairBySeed(
  a: readonly CellScore[],
  b: readonly CellScore[],
  score: (cell: CellScore) => number | undefined = (cell) => cell.final,
): Pairs {
  const right = new Map(b.map((cell) => [cell.seed, score(cell)]));
  const matched = a.flatMap((cell) => {
    const x = score(cell), y = right.get(cell.seed);
    return x === undefined || y === undefined ? [] : [{ seed: cell.seed, x, y }];
  }).sort((p, q) => p.seed - q.seed);
  return {
    seeds: matched.map((p) => p.seed),
    a: matched.map((p) => p.x),
    b: matched.map((p) => p.y),
  };
}

/** The ADAPG and AdamW sides of one "env/method". */
export const arms = (scores: readonly CellScore[], cell: string): Pairs =>
  pairBySeed(
    scores.filter((s) => cellName(s) === cell && s.optimizer === "adapg"),
    scores.filter((s) => cellName(s) === cell && s.optimizer === "adamw"),
  );
