/**
 * Statements that say which outputs came from which inputs, without time, host or path, so that a repeated run
 * writes the same bytes.
 *
 * @see in-toto Attestation Framework v1, Statement; SLSA v1.0, Provenance
 * @module
 */
import { canonicalJson } from "./canonical_json.ts";
import type { Json } from "./strict_json.ts";

/** A file or package and its digest. */
export interface Resource {
  readonly name: string;
  readonly digest: Readonly<Record<string, string>>;
}

/** What a statement says. */
export interface Statement {
  /** The files that came out, by SHA-256. */
  readonly outputs: Readonly<Record<string, string>>;
  /** What was asked for. */
  readonly parameters: Json;
  /** What it was made from. */
  readonly dependencies: readonly Resource[];
}

const BUILD_TYPE = "https://arxiv.org/abs/2505.08376#table-cell";

/** The canonical text of a statement, one line. */
export function manifest({ outputs, parameters, dependencies }: Statement): string {
  const statement = {
    _type: "https://in-toto.io/Statement/v1",
    subject: Object.entries(outputs).map(([name, sha256]) => ({ name, digest: { sha256 } })),
    predicateType: "https://slsa.dev/provenance/v1",
    predicate: {
      buildDefinition: {
        buildType: BUILD_TYPE,
        externalParameters: parameters,
        resolvedDependencies: dependencies.map(({ name, digest }) => ({ name, digest })),
      },
    },
  };
  return `${canonicalJson(statement)}\n`;
}
