import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { runGuarded } from "../../../tasks/guarded_worker.ts";
import { fixture } from "../fixture_files.ts";

const module = new URL("./hdf5_fuzz_worker.ts", import.meta.url);
const guard = { read: [], patience: 2000, name: "fuzz" };

/** Reads files in order; one that the library never returns from ends its worker, and a new one goes on. */
async function readAll(files: readonly Uint8Array[]): Promise<string[]> {
  const stopped: string[] = [];
  for (let next = 0; next < files.length;) {
    try {
      await runGuarded<number>(module, files.slice(next), guard);
      return stopped;
    } catch (error) {
      const place = /^Cannot fuzz: (\d+): no progress/.exec((error as Error).message)?.[1];
      if (place === undefined) throw error;
      stopped.push(place);
      next += Number(place) + 1;
    }
  }
  return stopped;
}

const good = ["hdf5_features.hdf5", "hostile/hdf5_missing_obs_key.hdf5", "lift_10.hdf5"].map(
  fixture,
);

/** Files with a few bytes changed, mostly near the start, where the structure is. */
const damaged = fc.constantFrom(...good).chain((bytes) => {
  const near = fc.nat(Math.min(4096, bytes.length) - 1), anywhere = fc.nat(bytes.length - 1);
  const value = fc.oneof(fc.constantFrom(0, 255), fc.nat(255));
  const edits = fc.array(fc.tuple(fc.oneof(near, anywhere), value), {
    minLength: 1,
    maxLength: 30,
  });
  return fc.tuple(edits, fc.oneof({ weight: 9, arbitrary: fc.constant(bytes.length) }, anywhere))
    .map(
      ([edits, size]) => {
        const copy = bytes.slice(0, size);
        for (const [at, byte] of edits) if (at < size) copy[at] = byte;
        return copy;
      },
    );
});

Deno.test("any HDF5 file is read, refused with a FormatError, or stopped by the watchdog", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(damaged, { minLength: 150, maxLength: 150 }), async (files) => {
      assertEquals((await readAll(files)).length <= 5, true);
    }),
    { numRuns: 1, endOnFailure: true },
  );
});
