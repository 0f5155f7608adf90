/**
 * Scores of several runs on several tasks, the unit of all aggregate statistics. A run is one seed; episodes
 * are averaged before they get here.
 *
 * @module
 */

/** `scores[run][task]`; every run has the same tasks. */
export type ScoreMatrix = readonly (readonly number[])[];

/**
 * Checks a score matrix.
 *
 * @throws {RangeError} when it is empty, ragged or not finite, naming the run and task
 */
export function requireScores(action: string, scores: ScoreMatrix): void {
  if (scores.length === 0 || scores[0].length === 0) {
    throw new RangeError(`Cannot ${action}: scores must have at least one run and one task`);
  }
  scores.forEach((row, run) => {
    if (row.length !== scores[0].length) {
      throw new RangeError(
        `Cannot ${action}: run ${run} has ${row.length} tasks, run 0 has ${scores[0].length}`,
      );
    }
    row.forEach((score, task) => {
      if (!Number.isFinite(score)) {
        throw new RangeError(
          `Cannot ${action}: score of run ${run}, task ${task} must be finite, found ${score}`,
        );
      }
    });
  });
}
