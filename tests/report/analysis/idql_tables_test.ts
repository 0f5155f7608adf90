import { assertEquals, assertMatch } from "@std/assert";
import type { IdqlEvidence } from "../../../src/experiments/analysis/idql_probe.ts";
import { idqlTables } from "../../../src/report/analysis/idql_tables.ts";
import { measuresMarkdown } from "../../../src/report/analysis/measures.ts";

const gaps = { gap: 1, spread: 0.5, scale: 4, acrossObservations: 2 };
const choices = { adamw: gaps, adapg: { ...gaps, gap: 3 }, disagreement: 0.25, correlation: 0.5 };
const network = (update: number) => ({ actor: { update, initial: 1, largest: 1 } });

const evidence = (shift: number): IdqlEvidence => ({
  norms: { adamw: network(1 + shift), adapg: network(2 + shift) },
  candidates: 10,
  observations: 6,
  choices: { pretrained: choices, adamw: choices, adapg: choices },
  scores: {
    pretrained: { none: 100, adamw: 110, adapg: 120 },
    adamw: { none: 150 + shift, adamw: 200 + shift, adapg: 190 },
    adapg: { none: 160 + shift, adamw: 205 + shift, adapg: 230 + shift },
  },
});

const tables = idqlTables(
  [0, 1].map((seed) => ({ env: "halfcheetah", seed, evidence: evidence(seed) })),
);
const markdown = measuresMarkdown("IDQL", tables);

Deno.test("idqlTables() prints each table with as many cells in every line as in its header", () => {
  for (const { header, rows } of tables) {
    for (const { labels, values } of rows) {
      assertEquals(labels.length + values.length, header.length);
    }
  }
  const lines = markdown.split("\n").filter((line) => line.startsWith("|"));
  const widths = tables.flatMap(({ header, rows }) => Array(rows.length + 2).fill(header.length));
  assertEquals(lines.map((line) => line.split("|").length - 2), widths);
});

Deno.test("idqlTables() splits the score into what the actor and what the selection adds", () => {
  assertMatch(markdown, /\| halfcheetah \| training of the actor, AdamW \| 50\.5 /);
  assertMatch(markdown, /\| halfcheetah \| selection, AdamW \| 50 \| 2 \|/);
  assertMatch(markdown, /\| halfcheetah \| both in place of AdamW's \| 30 \| 2 \|/);
});

Deno.test("idqlTables() end intervals of success rates where rates and their differences end", () => {
  const rates = (adamw: number): IdqlEvidence => ({
    ...evidence(0),
    scores: {
      pretrained: { none: 0.3, adamw: 0.1, adapg: 0.1 },
      adamw: { none: 0.9, adamw, adapg: 0.1 },
      adapg: { none: 0.1, adamw: 0.1, adapg: 0.1 },
    },
  });
  const can = [0, 1].map((seed) => ({ env: "can", seed, evidence: rates(0.2 * seed) }));
  const text = measuresMarkdown("IDQL", idqlTables(can));
  assertMatch(text, /\| can \| adamw \| 0\.9 \| 0\.1 \[0, 1\] \| 0\.1 \|/);
  assertMatch(text, /\| can \| selection, AdamW \| −0\.8 \[−1, 0\.471\] \| 2 \|/);
});
