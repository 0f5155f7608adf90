import { assertEquals, assertMatch } from "@std/assert";
import type { Episode } from "../../src/experiments/evaluate.ts";
import { cellScores } from "../../src/experiments/score.ts";
import { replay } from "../../tasks/audit/replay.ts";
import { tinyTrial } from "../experiments/tiny_trial.ts";

const episode = (succeeds: boolean): Episode => ({
  return: Number(succeeds),
  bestReward: Number(succeeds),
  steps: 1,
});

/** A replay that never succeeds, of a run recorded with so many successes in four episodes. */
function replayOf(successes: number) {
  const final = [0, 1, 2, 3].map((i) => episode(i < successes));
  const scores = cellScores("success", { pretrained: final, final }, []);
  const recorded = { digests: [], metrics: [], scores };
  return replay(tinyTrial({ iterations: 1 }), recorded, { to: Infinity });
}

Deno.test("replay() tells a policy that always succeeded from one that never does", () => {
  const { outcome, difference } = replayOf(4);
  assertEquals(outcome, "different");
  assertMatch(
    difference.at(-1)!,
    /^interval of the score \[0\.51\d+, 1\.0000\] does not overlap \[0\.0000, 0\.48\d+\]$/,
  );
});

Deno.test("replay() calls success rates statistical whose intervals overlap", () => {
  assertEquals(replayOf(2).outcome, "statistical");
});
