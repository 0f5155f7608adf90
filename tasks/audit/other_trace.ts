/**
 * Traces that an audit on another machine made.
 *
 * @module
 */
import { z } from "zod";
import type { AuditTrace } from "../../src/report/audit_trace.ts";
import { readShaped } from "../shaped_json.ts";

const Line = z.object({
  stream: z.string(),
  item: z.string(),
  found: z.string(),
  recorded: z.string().nullable(),
});

const Trace: z.ZodType<AuditTrace> = z.object({
  cell: z.string(),
  iteration: z.number(),
  lines: z.array(Line),
  notes: z.array(z.string()),
});

const Other = z.object({ replays: z.array(z.object({ trace: Trace.optional() })).default([]) });

/**
 * The traces in the JSON of an audit.
 *
 * @throws {Error} when it has another shape, naming the place, or holds none
 */
export function tracesIn(file: string): readonly AuditTrace[] {
  const traces = readShaped(file, Other).replays.flatMap(({ trace }) => trace ?? []);
  if (traces.length > 0) return traces;
  throw new Error(`Cannot compare: ${file} holds no trace; --trace --at I --json makes one`);
}
