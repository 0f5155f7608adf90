import { assertEquals } from "@std/assert";
import { studyTable } from "../../src/report/study_table.ts";
import { studyMarkdown } from "../../src/report/study_text.ts";
import { cellScore } from "./cell_scores.ts";

Deno.test("studyTable() gives the gain over the pre-trained policy of the seeds that finished", () => {
  const runs = [150, 161, undefined].map((final, seed) =>
    cellScore("hopper/dppo", "adamw", seed, { pretrained: 100 + seed, final, curve: [] })
  );
  const [row] = studyTable(runs);
  assertEquals([row.gain!.mean, row.gain!.seeds, row.diverged], [55, 2, 1]);
  assertEquals(studyMarkdown([row], "caption").includes("minus pre-trained"), true);
});
