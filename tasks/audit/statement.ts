/**
 * Manifests read back.
 *
 * @module
 */
import { z } from "zod";
import type { Statement } from "../../src/provenance/manifest.ts";
import { readShaped } from "../shaped_json.ts";

/** What a manifest says; `P` is what was asked for. */
export interface ReadStatement<P> extends Omit<Statement, "parameters"> {
  readonly parameters: P;
}

const Output = z.object({ name: z.string(), digest: z.object({ sha256: z.string() }) });
const Dependency = z.object({ name: z.string(), digest: z.record(z.string(), z.string()) });

/**
 * Reads a manifest.
 *
 * @param parameters the shape of what was asked for, as far as it matters
 * @throws {FormatError} when the file is no such manifest
 */
export function readStatement<P>(path: string, parameters: z.ZodType<P>): ReadStatement<P> {
  const { subject, predicate } = readShaped(path, shapeWith(parameters));
  const { externalParameters, resolvedDependencies } = predicate.buildDefinition;
  return {
    outputs: Object.fromEntries(subject.map(({ name, digest }) => [name, digest.sha256])),
    parameters: externalParameters,
    dependencies: resolvedDependencies,
  };
}

const shapeWith = <P>(parameters: z.ZodType<P>) =>
  z.object({
    subject: z.array(Output),
    predicate: z.object({
      buildDefinition: z.object({
        externalParameters: parameters,
        resolvedDependencies: z.array(Dependency),
      }),
    }),
  });
