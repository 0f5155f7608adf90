/**
 * What studies have measured on trained networks, as an audit checks it.
 *
 * @module
 */
import { join } from "@std/path";
import { z } from "zod";
import type { Check } from "../../src/report/audit.ts";
import { list } from "../io.ts";
import { checkEach, digestFaults } from "./check.ts";
import { readStatement } from "./statement.ts";

const SUFFIX = "-manifest.json", CELLS = "cells/";

/** The files of every analysis are those of its manifest, and the cells that it was made from are all published. */
export function checkAnalyses(table: string): Check {
  const manifests = list(table).filter((name) => name.endsWith(SUFFIX));
  return checkEach("analyses", "made from the published cells", manifests, (name) => {
    const { outputs, dependencies } = readStatement(join(table, name), z.unknown());
    const sources = dependencies.filter((source) => source.name.startsWith(CELLS))
      .map((source) => [source.name, source.digest.sha256] as const);
    return [...Object.entries(outputs), ...sources]
      .flatMap(([file, digest]) => digestFaults(table, file, digest, name));
  });
}
