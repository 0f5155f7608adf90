/**
 * What studies have measured on trained networks, as an audit checks it.
 *
 * @module
 */
import { join } from "@std/path";
import { z } from "zod";
import type { Check } from "../../src/report/audit.ts";
import { ANALYSIS_MANIFEST } from "../analysis/analysis.ts";
import { list } from "../io.ts";
import { checkEach, digestFaults } from "./check.ts";
import { readStatement } from "./statement.ts";

const CELLS = "cells/";

/** Whether a file in a table's folder is an analysis' by its name. */
export const isOfAnalysis = (name: string): boolean => name.startsWith("analysis");

/**
 * The files of an analysis are those of its manifest, all of them, and the cells that it was made from are published.
 * A table without trained networks has none.
 */
export function checkAnalyses(table: string): Check {
  const found = list(table).filter(isOfAnalysis),
    made = found.length === 0 ? [] : [ANALYSIS_MANIFEST];
  return checkEach("analyses", "made from the published cells", made, (manifest) => {
    const { outputs, dependencies } = readStatement(join(table, manifest), z.unknown());
    const sources = dependencies.filter(({ name }) => name.startsWith(CELLS))
      .map(({ name, digest }) => [name, digest.sha256]);
    const expected = { ...outputs, ...Object.fromEntries(sources) };
    const files = found.filter((name) => name !== manifest);
    return [...new Set([...files, ...Object.keys(expected)])]
      .flatMap((name) => digestFaults(table, name, expected[name], manifest));
  });
}
