import { assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { gae, shifted } from "../../src/rl/gae.ts";
import { tdLambdaTargets } from "../../src/rl/td_lambda.ts";

const near = (found: ArrayLike<number>, expected: number[], tolerance = 1e-12) =>
  expected.forEach((x, i) => assertAlmostEquals(found[i], x, tolerance));

Deno.test("gae() gives the worked numbers of the reference", () => {
  const values = [0.5, 0.6, 0.7];
  const { advantages } = gae(
    { rewards: [1, 2, 3], values, nextValues: shifted(values, [0.8]), terminated: [0, 1, 0] },
    1,
    { gamma: 0.99, lambda: 0.95 },
  );
  near(advantages, [2.4107, 1.4, 3.092]);
});

Deno.test("tdLambdaTargets() gives the worked numbers of the reference", () => {
  const targets = tdLambdaTargets(
    {
      rewards: [1, 0, 2, 1, 3, 0.5],
      values: [0.5, 0.1, 0.6, 0.2, 0.7, 0.3],
      terminated: [0, 0, 1, 0, 0, 0],
    },
    2,
    { gamma: 0.99, lambda: 0.95, alpha: 0.95 },
  );
  near(targets, [2.790165, 1.5908778, 1.93, 1.686207, 3.54335, 0.77215004], 1e-6);
});

Deno.test("gae() with lambda 1 gives returns that are discounted reward sums", () => {
  fc.assert(fc.property(
    fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 1, maxLength: 12 }),
    fc.double({ min: 0, max: 1, noNaN: true }),
    (rewards, gamma) => {
      const terminated = rewards.map((_, i) => i === rewards.length - 1 ? 1 : 0);
      const values = rewards.map((_, i) => Math.sin(i));
      const { returns } = gae(
        { rewards, values, nextValues: shifted(values, [7]), terminated },
        1,
        { gamma, lambda: 1 },
      );
      const sum = rewards.reduceRight((later, r) => r + gamma * later, 0);
      assertAlmostEquals(returns[0], sum, 1e-9);
    },
  ));
});

Deno.test("gae() treats interleaved environments as if each were alone", () => {
  const rewards = [1, -2, 3, 0.5, 0, 4], values = [0.1, 0.9, -0.3, 0.4, 0.2, -0.7];
  const terminated = [0, 0, 0, 1, 0, 0], last = [0.3, 0.6];
  const decay = { gamma: 0.9, lambda: 0.8 };
  const both = gae({ rewards, values, nextValues: shifted(values, last), terminated }, 2, decay);
  for (const e of [0, 1]) {
    const pick = (x: number[]) => x.filter((_, i) => i % 2 === e);
    const alone = gae(
      {
        rewards: pick(rewards),
        values: pick(values),
        nextValues: shifted(pick(values), [last[e]]),
        terminated: pick(terminated),
      },
      1,
      decay,
    );
    assertEquals(both.advantages.filter((_, i) => i % 2 === e), new Float64Array(alone.advantages));
  }
});

Deno.test("gae() lets no advantage pass an ended step but keeps its bootstrap", () => {
  const { advantages } = gae(
    { rewards: [1, 5], values: [0, 0], nextValues: [10, 0], terminated: [0, 1], ended: [1, 1] },
    1,
    { gamma: 0.5, lambda: 1 },
  );
  near(advantages, [6, 5]);
});
