/**
 * What studies have measured on trained networks, as an audit checks it.
 *
 * @module
 */
import { join } from "@std/path";
import { z } from "zod";
import { sha256 } from "../../src/provenance/digest.ts";
import type { Check } from "../../src/report/audit.ts";
import { exists, list, readBytes, readJson } from "../io.ts";
import { checkEach } from "./check.ts";

/** The parts of an analysis' manifest that an audit compares. */
const Statement = z.object({
  subject: z.array(z.object({ name: z.string(), digest: z.object({ sha256: z.string() }) })),
  predicate: z.object({
    buildDefinition: z.object({
      resolvedDependencies: z.array(
        z.object({ name: z.string(), digest: z.object({ sha256: z.string() }) }),
      ),
    }),
  }),
});

const SUFFIX = "-manifest.json", CELLS = "cells/";

/** The files of every analysis are those of its manifest, and the cells that it was made from are all published. */
export function checkAnalyses(table: string): Check {
  const manifests = list(table).filter((name) => name.endsWith(SUFFIX));
  return checkEach("analyses", "made from the published cells", manifests, (name) => {
    const { subject, predicate } = Statement.parse(readJson(join(table, name)));
    const sources = predicate.buildDefinition.resolvedDependencies
      .filter((source) => source.name.startsWith(CELLS));
    return [...subject, ...sources].flatMap(({ name, digest }) => {
      const path = join(table, name);
      if (!exists(path)) return [`${name} is missing`];
      const found = sha256(readBytes(path));
      return found === digest.sha256 ? [] : [`${name} must be ${digest.sha256}, found ${found}`];
    });
  });
}
