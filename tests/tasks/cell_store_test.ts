import { assertEquals, assertThrows } from "@std/assert";
import { join } from "@std/path";
import { restore, snapshot } from "../../src/provenance/snapshot.ts";
import { CellFolder } from "../../tasks/study/cell_store.ts";

const digests = (iteration: number) => [{ iteration, rollout: "a", state: "b" }];

/** Checkpoints that share one array and differ in another. */
function checkpoint(iteration: number) {
  const state = { shared: Float32Array.of(1, 2), own: Float64Array.of(iteration), iteration };
  const { tree, blobs } = snapshot(state);
  const progress = { tree, digests: digests(iteration), metrics: [{ loss: -0.5 }] };
  return { state, progress, blobs: Object.fromEntries(blobs) };
}

function withFolder(body: (folder: CellFolder, path: string) => void): void {
  const root = Deno.makeTempDirSync();
  try {
    body(new CellFolder(root, "id"), join(root, "id"));
  } finally {
    Deno.removeSync(root, { recursive: true });
  }
}

Deno.test("a kept checkpoint is read back as it was, and is the last one kept", () =>
  withFolder((folder) => {
    assertEquals([folder.progress(), folder.checkpoint()], [undefined, undefined]);
    for (const i of [0, 1]) {
      const { state, progress, blobs } = checkpoint(i);
      folder.keep(progress, blobs);
      const { blobs: bytes, ...read } = folder.checkpoint()!;
      assertEquals([read, folder.progress()], [progress, progress]);
      assertEquals(restore(read.tree, (digest) => bytes[digest]), state);
    }
  }));

Deno.test("metrics beyond 2^53 are read back: a critic that runs away logs such losses", () =>
  withFolder((folder) => {
    const { progress, blobs } = checkpoint(0),
      metrics = [{ loss: 9069426015993856 }, { loss: 1e300 }];
    folder.keep({ ...progress, metrics }, blobs);
    assertEquals(folder.progress()!.metrics, metrics);
  }));

Deno.test("arrays that no checkpoint names any more are removed, shared ones are kept", () =>
  withFolder((folder, path) => {
    const first = checkpoint(0), second = checkpoint(1);
    folder.keep(first.progress, first.blobs);
    const fresh = Object.entries(second.blobs).filter(([digest]) => !(digest in first.blobs));
    folder.keep(second.progress, Object.fromEntries(fresh));
    const names = Array.from(Deno.readDirSync(join(path, "blobs")), ({ name }) => name);
    assertEquals(names.sort(), Object.keys(second.blobs).sort());
  }));

Deno.test("a run that dies between arrays and checkpoint goes on from the checkpoint before", () =>
  withFolder((folder, path) => {
    const first = checkpoint(0), second = checkpoint(1);
    folder.keep(first.progress, first.blobs);
    for (const [digest, bytes] of Object.entries(second.blobs)) {
      Deno.writeFileSync(join(path, "blobs", digest), bytes);
    }
    Deno.writeTextFileSync(join(path, "progress.json.partial"), "{");
    const { tree, blobs } = folder.checkpoint()!;
    assertEquals(restore(tree, (digest) => blobs[digest]), first.state);
  }));

Deno.test("every flipped bit of a checkpoint is refused with the folder to delete", () =>
  withFolder((folder, path) => {
    const { progress, blobs } = checkpoint(0);
    folder.keep(progress, blobs);
    const [digest] = Object.keys(blobs);
    for (const name of ["progress.json", join("blobs", digest)]) {
      const file = join(path, name), bytes = Deno.readFileSync(file);
      for (let bit = 0; bit < 8 * bytes.length; bit += 7) {
        const flipped = bytes.slice();
        flipped[bit >> 3] ^= 1 << (bit & 7);
        Deno.writeFileSync(file, flipped);
        assertThrows(() => folder.checkpoint(), Error, "Cannot");
      }
      Deno.writeFileSync(file, bytes);
    }
  }));

Deno.test("a missing array is refused", () =>
  withFolder((folder, path) => {
    const { progress, blobs } = checkpoint(0);
    folder.keep(progress, blobs);
    Deno.removeSync(join(path, "blobs", Object.keys(blobs)[0]));
    const advice = `is corrupt; delete ${path} to start this cell anew`;
    assertThrows(() => folder.checkpoint(), Error, advice);
  }));

Deno.test("a checkpoint that is replaced while it is read gives the newer one", () =>
  withFolder((folder, path) => {
    const first = checkpoint(0), second = checkpoint(1);
    folder.keep(first.progress, first.blobs);
    const meanwhile = () => folder.keep(second.progress, second.blobs);
    assertEquals(readWhile(folder, path, meanwhile)!.tree, second.progress.tree);
  }));

/** Reads a checkpoint; its first array is asked for only after something has happened. */
function readWhile(folder: CellFolder, path: string, happens: () => void) {
  const real = Deno.readFileSync;
  Deno.readFileSync = (file) => {
    if (!String(file).startsWith(join(path, "blobs"))) return real(file);
    Deno.readFileSync = real;
    happens();
    return real(file);
  };
  try {
    return folder.checkpoint();
  } finally {
    Deno.readFileSync = real;
  }
}

Deno.test("a folder is locked for others until its lock is given back", () =>
  withFolder((folder) => {
    const lock = folder.lock()!;
    assertEquals(folder.lock(), undefined);
    lock[Symbol.dispose]();
    using again = folder.lock();
    assertEquals(again !== undefined, true);
  }));
