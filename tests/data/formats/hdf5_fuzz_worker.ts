/** Reads everything that damaged HDF5 files offer, in a worker because the library may never return. */
/// <reference lib="deno.worker" />
import { bytesSource } from "../../../src/data/formats/byte_source.ts";
import { type Hdf5File, withHdf5 } from "../../../src/data/formats/hdf5.ts";
import { FormatError } from "../../../src/provenance/format_error.ts";

const ATTRIBUTES = ["env_args", "total", "num_samples", "model_file", "text", "vector", "flag"];

/** Runs a read; anything but a FormatError is a defect. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
  }
}

function walk(file: Hdf5File, path: string, depth: number): void {
  for (const name of ATTRIBUTES) attempt(() => file.attribute(path, name));
  const names = depth > 4 ? [] : attempt(() => file.namesIn(path)) ?? [];
  for (const name of names.slice(0, 30)) {
    const child = path === "" ? name : `${path}/${name}`, kind = attempt(() => file.kindOf(child));
    if (kind === "group") walk(file, child, depth + 1);
    if (kind !== "dataset") continue;
    attempt(() => file.read(child));
    attempt(() => file.verify(child));
    attempt(() => file.readStrings(child));
  }
}

self.onmessage = async ({ data }: MessageEvent<readonly Uint8Array[]>) => {
  try {
    for (const [index, bytes] of data.entries()) {
      self.postMessage({ place: String(index) });
      try {
        await withHdf5(bytesSource(bytes, "f"), (file) => walk(file, "", 0));
      } catch (error) {
        if (!(error instanceof FormatError)) throw error;
      }
    }
    self.postMessage({ result: data.length });
  } catch (error) {
    self.postMessage({ error: `${error}` });
  }
};
