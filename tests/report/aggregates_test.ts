import { assertAlmostEquals, assertEquals } from "@std/assert";
import { aggregates, profiles } from "../../src/report/aggregates.ts";
import { key } from "../../src/rng/key.ts";
import { close, golden, scores } from "./golden_scores.ts";

Deno.test("aggregates() equal rliable's definitions computed with SciPy", () => {
  for (const aggregate of aggregates(key(0), scores)) {
    const expected = golden.aggregates[aggregate.group as keyof typeof golden.aggregates];
    close(aggregate.adamw.value, expected.adamw);
    close(aggregate.adapg.value, expected.adapg);
    close(aggregate.improvement.value, expected.improvement);
  }
  assertEquals(
    aggregates(key(0), scores).map(({ group }) => group),
    Object.keys(golden.aggregates),
  );
});

Deno.test("bootstrap intervals of aggregates agree with NumPy's to the error of resampling", () => {
  const all = aggregates(key(0), scores).at(-1)!;
  const { low, high } = all.improvement.interval;
  assertAlmostEquals(low, golden.improvementInterval[0], 0.03);
  assertAlmostEquals(high, golden.improvementInterval[1], 0.03);
  assertAlmostEquals(all.adapg.interval.low, golden.adapgInterval[0], 0.01);
  assertAlmostEquals(all.adapg.interval.high, golden.adapgInterval[1], 0.01);
});

Deno.test("profiles() fall from the share above the least score to 0", () => {
  const points = profiles(key(0), scores).filter(({ arm }) => arm === "adamw");
  points.slice(1).forEach(({ share }, i) => assertEquals(share <= points[i].share, true));
  assertEquals(points.at(-1)!.share, 0);
  assertEquals(points.every(({ low, share, high }) => low <= share && share <= high), true);
  assertEquals(profiles(key(0), []), []);
});
