import { assertEquals } from "@std/assert";
import { normalizedScore, REFERENCES } from "../../src/report/normalized_score.ts";

Deno.test("normalizedScore() is 0 for a random and 1 for an expert policy, and leaves success rates", () => {
  for (const [env, { random, expert }] of Object.entries(REFERENCES)) {
    assertEquals([random, expert].map((score) => normalizedScore({ env }, score)), [0, 1]);
  }
  assertEquals(normalizedScore({ env: "can" }, 0.3), 0.3);
});
