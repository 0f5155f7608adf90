/**
 * `scores.json` read back.
 *
 * @module
 */
import { z } from "zod";
import type { CellScores } from "../../src/experiments/score.ts";
import { Diverged } from "../../src/report/diverged.ts";
import { readBytes } from "../io.ts";
import { parseShaped } from "../shaped_json.ts";

const Episode = z.strictObject({ return: z.number(), bestReward: z.number(), steps: z.number() });
const Evaluation = z.strictObject({ score: z.number(), episodes: z.array(Episode) });

const Scores: z.ZodType<CellScores> = z.strictObject({
  metric: z.enum(["return", "success"]),
  pretrained: Evaluation,
  final: Evaluation.nullable(),
  diverged: Diverged,
  curve: z.array(z.number()),
});

/**
 * Scores and evaluation episodes of a published cell.
 *
 * @throws {FormatError} when the file holds anything else, naming it and the place
 */
export const readScores = (path: string): CellScores => parseScores(readBytes(path), path);

/** The same from the file's bytes. */
export const parseScores = (bytes: Uint8Array, path: string): CellScores =>
  parseShaped(bytes, path, Scores);
