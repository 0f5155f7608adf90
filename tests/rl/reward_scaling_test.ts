import { assertAlmostEquals, assertEquals } from "@std/assert";
import { initialRewardScaler, scaleRewards } from "../../src/rl/reward_scaling.ts";

const reference = { gamma: 0.99, clip: 10, epsilon: 1e-8, varianceDivisor: "count - 1" } as const;
/** Rows per environment to time-major order. */
const timeMajor = (rows: number[][]): Float64Array =>
  Float64Array.from(rows[0].flatMap((_, n) => rows.map((row) => row[n])));
const near = (found: ArrayLike<number>, expected: ArrayLike<number>) => {
  assertEquals(found.length, expected.length);
  for (let i = 0; i < found.length; i++) assertAlmostEquals(found[i], expected[i], 5e-9);
};

Deno.test("scaleRewards() gives the worked numbers of the reference over two calls", () => {
  const [one, first] = scaleRewards(
    initialRewardScaler(2),
    timeMajor([[1, 2, 3], [0, -1, 4]]),
    timeMajor([[1, 0, 0], [1, 0, 1]]),
    reference,
  );
  near(one.returns, [5.9601, 4]);
  near([one.mean, one.variance, one.count], [2.15831402810, 6.90238385526, 6.0001]);
  near(first, timeMajor([[0.38062775, 0.7612555, 1.14188325], [0, -0.38062775, 1.52251099]]));
  const [two, second] = scaleRewards(
    one,
    timeMajor([[0.5, 0.5, 0.5], [10, 0, 0]]),
    new Float64Array(6),
    reference,
  );
  near(two.returns, [7.26812907, 13.682196]);
  near([two.mean, two.variance], [6.24309948083, 28.6600363835]);
  near(second, timeMajor([[0.09339672, 0.09339672, 0.09339672], [1.86793445, 0, 0]]));
});

Deno.test("scaleRewards() clips what it returns and leaves its inputs alone", () => {
  const scaler = initialRewardScaler(1), rewards = Float64Array.of(3, -4, 5);
  const [, scaled] = scaleRewards(scaler, rewards, [1, 0, 0], { ...reference, clip: 0.5 });
  assertEquals([...scaled], [0.5, -0.5, 0.5]);
  assertEquals(scaler, initialRewardScaler(1));
  assertEquals([...rewards], [3, -4, 5]);
});

Deno.test("scaleRewards() with divisor count merges to the variance of all returns", () => {
  const scaling = { ...reference, gamma: 0, varianceDivisor: "count" } as const;
  const batches = [[1, 2, 3, 4], [10, -3, 0.5], [7]].map((b) => Float64Array.from(b));
  const scaler = batches.reduce(
    (s, b) => scaleRewards(s, b, new Float64Array(b.length), scaling)[0],
    initialRewardScaler(1),
  );
  const all = batches.flatMap((b) => [...b]), mean = all.reduce((s, x) => s + x) / all.length;
  const variance = all.reduce((s, x) => s + (x - mean) ** 2, 0) / all.length;
  assertAlmostEquals(scaler.mean, mean, 1e-3);
  assertAlmostEquals(scaler.variance, variance, 1e-2);
});
