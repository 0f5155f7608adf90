/**
 * Analyses, measured again on the trained networks that are kept on this machine.
 *
 * @module
 */
import { join } from "@std/path";
import { z } from "zod";
import { parseJson } from "../../src/provenance/strict_json.ts";
import type { Check } from "../../src/report/audit.ts";
import { jsonDifference } from "../../src/report/audit_difference.ts";
import type { StudyAnalysis } from "../analysis/analyses.ts";
import { findingsText, sourceName } from "../analysis/analysis.ts";
import { trainedCells } from "../analysis/trained_cells.ts";
import { readText } from "../io.ts";
import { ANALYSIS, ANALYSIS_MANIFEST } from "../study/analysis_file.ts";
import type { Scope, Subject } from "./audit_table.ts";
import { checkEach, faultsIn } from "./check.ts";
import { publishedCells } from "./published_cell.ts";
import { readStatement } from "./statement.ts";

/** What an audit says of an analysis, and the check of it where it was measured again. */
export interface Measured {
  readonly checks: readonly Check[];
  readonly said: string;
}

/**
 * Measures again what an analysis was made from, where all of those networks are kept, and compares the findings. One
 * that runs episodes is left to audits of everything.
 *
 * @param say told of each part before it begins
 */
export function measuredAgain(
  subject: Subject,
  analysis: StudyAnalysis,
  scope: Scope,
  say: (text: string) => void,
): Measured {
  if (analysis.simulates && !isOfEverything(scope)) {
    return unmeasured("--all does, without --only and --seed");
  }
  let measured = unmeasured("its networks cannot be read");
  const faults = faultsIn(() => {
    measured = comparedAgain(subject, analysis, say);
    return [];
  });
  return faults.length === 0 ? measured : { ...measured, checks: [checkFindings(() => faults)] };
}

const isOfEverything = ({ all, only, seed }: Scope): boolean =>
  all && only === undefined && seed === undefined;

const unmeasured = (why: string): Measured => ({ checks: [], said: `not measured again: ${why}` });

const checkFindings = (faultsOf: () => readonly string[]): Check =>
  checkEach("measured", "findings measured again to the byte", [ANALYSIS], faultsOf);

function comparedAgain(
  subject: Subject,
  analysis: StudyAnalysis,
  say: (text: string) => void,
): Measured {
  const { published, used, cells, leftOut } = sourceOf(subject), missing = used - cells.length;
  if (missing > 0) {
    return unmeasured(
      `of ${missing} of ${used} cells no network trained by this code is kept here`,
    );
  }
  const { table, name: { setting } } = subject, recorded = readText(join(table, ANALYSIS));
  const check = checkFindings(() =>
    findingFaults(recorded, findingsText(analysis, setting, { cells, leftOut, say }))
  );
  return { checks: [check], said: `measured again on ${used} of ${published} cells` };
}

/** What was left out, and why, only the machine that measured knew. */
const Parameters = z.object({ leftOut: z.array(z.string()) });

/** How many cells are published and an analysis was made from, those of which networks are kept, and what it left out. */
function sourceOf({ table, name, plan, work }: Subject) {
  const { parameters, dependencies } = readStatement(join(table, ANALYSIS_MANIFEST), Parameters);
  const sources = new Set(dependencies.map(({ name }) => name));
  const published = publishedCells(table, name);
  const used = published.filter((cell) => sources.has(sourceName(cell)));
  return {
    published: published.length,
    used: used.length,
    cells: trainedCells(table, used, plan, work).cells,
    leftOut: parameters.leftOut,
  };
}

/** The first finding and field that differ. */
function findingFaults(recorded: string, found: string): string[] {
  if (recorded === found) return [];
  const [was, is] = [recorded, found].map((text) => parseJson(text, ANALYSIS));
  return [`${ANALYSIS}: ${jsonDifference(was, is) ?? "its values are written otherwise"}`];
}
