/** Small HDF5 files made in memory, for tests of what no committed file shows. */
import { File, type Group, ready } from "h5wasm";

const module = await ready;

/** A file's bytes after `build` has filled its root group. */
export function hdf5Bytes(build: (root: Group) => void): Uint8Array<ArrayBuffer> {
  const path = "/written.hdf5", file = new File(path, "w");
  build(file);
  file.close();
  const bytes = Uint8Array.from(module.FS.readFile(path) as unknown as Uint8Array);
  module.FS.unlink(path);
  return bytes;
}
