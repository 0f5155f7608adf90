import { assertEquals } from "@std/assert";
import type { Episode } from "../../src/experiments/evaluate.ts";
import { plainSuccess } from "../../src/experiments/score.ts";
import type { Table } from "../../src/report/page/blocks.ts";
import { plainSuccessTable } from "../../src/report/sections/plain_success.ts";
import { scoreSummary } from "../../src/report/summary.ts";
import { shownSummary } from "../../src/report/text_table.ts";
import { cellScore } from "./cell_scores.ts";

Deno.test("an episode succeeds plainly with one rewarded step, whether or not a whole chunk is", () => {
  const episode = (reward: number): Episode => ({
    return: reward,
    bestReward: reward / 4,
    steps: 8,
  });
  assertEquals(plainSuccess([0, 1, 4, 0].map(episode)), 0.5);
});

Deno.test("plain success has a row for every comparison of success rates, pooled over seeds", () => {
  const trials = { metric: "success", episodes: 10 } as const;
  const run = (optimizer: string, seed: number, final?: number) =>
    cellScore("lift/dppo", optimizer, seed, {
      ...trials,
      pretrained: 0.4,
      curve: [],
      plain: { pretrained: 0.5, final },
    });
  const robot = cellScore("hopper/dppo", "adamw", 0, { pretrained: 1, final: 2, curve: [] });
  const [table] = plainSuccessTable([
    robot,
    run("adamw", 0, 0.7),
    run("adamw", 1, 0.9),
    run("adapg", 0),
  ]) as Table[];
  const shown = (...shares: number[]) => shownSummary(scoreSummary(shares, trials), "–");
  assertEquals(table.rows, [["Lift", "DPPO", shown(0.5), shown(0.7, 0.9), "–"]]);
  assertEquals(plainSuccessTable([robot]), []);
});
