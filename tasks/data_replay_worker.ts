/**
 * The part of `data:replay` that touches the file: runs in a worker, see {@link runGuarded}.
 *
 * @module
 */
/// <reference lib="deno.worker" />
import { announced, withHdf5 } from "../src/data/formats/hdf5.ts";
import { readRuns, type RecordedRun } from "../src/data/import/robomimic_runs.ts";
import type { EnvSpec } from "../src/rl/environment.ts";
import { openSource } from "./file_source.ts";
import type { Report } from "./guarded_worker.ts";

/** What to read. */
export interface ReplayJob {
  readonly file: string;
  readonly spec: EnvSpec;
  readonly maxEpisodes?: number;
}

const report = (message: Report<readonly RecordedRun[]>) => self.postMessage(message);

self.onmessage = async ({ data: { file, spec, maxEpisodes } }: MessageEvent<ReplayJob>) => {
  try {
    using source = openSource(file);
    const onPlace = (place: string) => report({ place });
    report({
      result: await withHdf5(
        source,
        (hdf5) => readRuns(announced(hdf5, onPlace), spec, maxEpisodes),
      ),
    });
  } catch (error) {
    report({ error: (error as Error).message });
  }
};
