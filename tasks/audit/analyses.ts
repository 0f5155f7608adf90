/**
 * What studies have measured on trained networks, as an audit checks it.
 *
 * @module
 */
import { join } from "@std/path";
import { z } from "zod";
import type { Audit, Check } from "../../src/report/audit.ts";
import { analyses, type StudyAnalysis } from "../analysis/analyses.ts";
import { modulesResource } from "../analysis/analysis.ts";
import { exists, list } from "../io.ts";
import { ANALYSIS, ANALYSIS_MANIFEST } from "../study/analysis_file.ts";
import type { Scope, Subject } from "./audit_table.ts";
import { checkEach, digestFaults } from "./check.ts";
import { measuredAgain } from "./measured_again.ts";
import { readStatement } from "./statement.ts";

const CELLS = "cells/";

/** The files of an analysis; what is written of it for readers belongs to the table. */
export const ANALYSIS_FILES: readonly string[] = [ANALYSIS, ANALYSIS_MANIFEST];

/**
 * The analysis of a table: whether its files are whole, which code made it and, where that can be done, whether it is
 * found again. A study that measures nothing has one check of no files.
 *
 * @param say told of each part before it begins
 */
export function auditAnalysis(
  subject: Subject,
  scope: Scope,
  say: (text: string) => void,
): Pick<Audit, "checks" | "facts"> {
  const { table, name } = subject, files = checkAnalyses(table), analysis = analyses[name.study];
  if (analysis === undefined || files.faults.length > 0) return { checks: [files], facts: {} };
  if (!exists(join(table, ANALYSIS_MANIFEST))) {
    return { checks: [files], facts: { analysis: "none published" } };
  }
  const { checks, said } = measuredAgain(subject, analysis, scope, say);
  return {
    checks: [files, ...checks],
    facts: { analysis: `${makerOf(table, analysis)}; ${said}` },
  };
}

/**
 * The files of an analysis are those of its manifest, all of them, and the cells that it was made from are published.
 */
function checkAnalyses(table: string): Check {
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

/** Whether the code that is here made the analysis. */
function makerOf(table: string, { module }: StudyAnalysis): string {
  const { name, digest } = modulesResource(module);
  const { dependencies } = readStatement(join(table, ANALYSIS_MANIFEST), z.unknown());
  const made = dependencies.find((source) => source.name === name);
  return made?.digest.sha256 === digest.sha256 ? "made by this code" : "made by earlier code";
}
