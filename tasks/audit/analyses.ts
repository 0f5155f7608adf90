/**
 * What studies have measured on trained networks, as an audit checks it.
 *
 * @module
 */
import { join } from "@std/path";
import { z } from "zod";
import type { Check } from "../../src/report/audit.ts";
import { list } from "../io.ts";
import { ANALYSIS, ANALYSIS_MANIFEST } from "../study/analysis_file.ts";
import { checkEach, digestFaults } from "./check.ts";
import { readStatement } from "./statement.ts";

const CELLS = "cells/";

/** The files of an analysis; what is written of it for readers belongs to the table. */
export const ANALYSIS_FILES: readonly string[] = [ANALYSIS, ANALYSIS_MANIFEST];

/**
 * The files of an analysis are those of its manifest, all of them, and the cells that it was made from are published.
 * A table without trained networks has none.
 */
export function checkAnalyses(table: string): Check {
  const found = list(table).filter((name) => ANALYSIS_FILES.includes(name));
  const made = found.length === 0 ? [] : [ANALYSIS_MANIFEST];
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
