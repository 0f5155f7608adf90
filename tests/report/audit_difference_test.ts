import { assertEquals } from "@std/assert";
import { jsonDifference } from "../../src/report/audit_difference.ts";

Deno.test("jsonDifference() names the first item of a list that differs, by its number", () => {
  const recorded = Array.from({ length: 12 }, (_, i) => ({ score: i }));
  const found = recorded.map(({ score }) => ({ score: score < 2 ? score : score + 1 }));
  assertEquals(jsonDifference({ recorded }, { recorded: found }), "recorded.2.score: 2 ≠ 3");
  assertEquals(jsonDifference(recorded, recorded), undefined);
});

Deno.test("jsonDifference() shows the beginning of a long value", () => {
  const long = jsonDifference({ a: "x".repeat(200) }, { a: 1 });
  assertEquals(long, `a: "${"x".repeat(79)}… ≠ 1`);
});
