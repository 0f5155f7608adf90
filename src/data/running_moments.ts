/**
 * Mean and standard deviation of every observation number over all that has been seen.
 *
 * @module
 */
import type { Doubles, Tensor } from "../tensor/tensor.ts";

/** Count, and per column the mean and the sum of squared deviations from it. */
export interface RunningMoments {
  readonly count: number;
  readonly mean: Doubles;
  readonly squares: Doubles;
}

/** The moments before any row. */
export const noMoments = (width: number): RunningMoments => ({
  count: 0,
  mean: new Float64Array(width),
  squares: new Float64Array(width),
});

/** The moments with the rows of [B, width] counted in, one by one (Welford). */
export function withRows(moments: RunningMoments, { shape, data }: Tensor): RunningMoments {
  const [rows, width] = shape;
  const mean = moments.mean.slice(), squares = moments.squares.slice();
  for (let r = 0; r < rows; r++) {
    const count = moments.count + r + 1;
    for (let i = 0; i < width; i++) {
      const x = data[r * width + i], delta = x - mean[i];
      mean[i] += delta / count;
      squares[i] += delta * (x - mean[i]);
    }
  }
  return { count: moments.count + rows, mean, squares };
}

/** √(variance + 10⁻⁸) per column; 1 before any row. */
export const deviations = ({ count, squares }: RunningMoments): Doubles =>
  squares.map((s) => count === 0 ? 1 : Math.sqrt(s / count + 1e-8));
