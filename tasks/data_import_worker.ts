/**
 * The part of `data:import` that touches the file: runs in a worker, see {@link runGuarded}.
 *
 * @module
 */
/// <reference lib="deno.worker" />
import type { Imported } from "../src/data/import/imported.ts";
import { importDataset } from "../src/data/import/import_dataset.ts";
import { MAX_LENGTH } from "../src/data/import/short_json.ts";
import type { ImportOptions } from "../src/data/import/recording.ts";
import type { Limits } from "../src/data/formats/limits.ts";
import type { EnvSpec } from "../src/rl/environment.ts";
import { digestSource, type FileSource, openSource } from "./file_source.ts";
import type { Report } from "./guarded_worker.ts";

/** What to import. */
export interface ImportJob {
  readonly main: string;
  readonly normalization?: string;
  readonly metadata?: string;
  readonly spec: EnvSpec;
  readonly options: ImportOptions;
  readonly limits: Limits;
}

/** A file that an import read. */
export interface SourceDigest {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** What it read and what came of it. */
export interface ImportResult {
  readonly sources: readonly SourceDigest[];
  readonly imported: Imported;
}

const report = (message: Report<ImportResult>, transfer: ArrayBuffer[] = []) =>
  self.postMessage(message, transfer);

async function run(job: ImportJob): Promise<ImportResult> {
  using files = new DisposableStack();
  const open = (path: string | undefined): FileSource | undefined =>
    path === undefined ? undefined : files.use(openSource(path));
  const main = open(job.main)!, normalization = open(job.normalization);
  const metadata = open(job.metadata);
  const imported = await importDataset(
    {
      main,
      normalization,
      metadata: metadata && { name: metadata.name, bytes: shortBytes(metadata) },
    },
    job.spec,
    job.options,
    { limits: job.limits, onPlace: (place) => report({ place }) },
  );
  const sources = [main, normalization, metadata].filter((s) => s !== undefined).map((source) => {
    report({ place: `digest of ${source.name}` });
    return { name: source.name, bytes: source.size, sha256: digestSource(source) };
  });
  return { sources, imported };
}

/** A file that must be short, or so much of it that it is refused as too long. */
const shortBytes = (source: FileSource): Uint8Array =>
  source.read(0, Math.min(source.size, MAX_LENGTH + 1));

/** The memory behind the arrays, which is handed over instead of copied. */
const buffersOf = ({ train, normalization }: Imported): ArrayBuffer[] => [
  ...new Set([...train, ...normalization].map(([, { data }]) => data.buffer as ArrayBuffer)),
];

self.onmessage = async ({ data }: MessageEvent<ImportJob>) => {
  try {
    const result = await run(data);
    report({ result }, buffersOf(result.imported));
  } catch (error) {
    report({ error: (error as Error).message });
  }
};
