/**
 * Writes a Hopper data set of a given size: `large_file.ts hdf5|npz MIB PATH`. Runs in a process of its own, since
 * the HDF5 library builds the file in memory.
 *
 * @module
 */
import { Dataset, File, ready } from "h5wasm";
import { trainArrays } from "../../src/data/data_files.ts";
import { npzChunks } from "../../src/data/formats/npz.ts";
import { environments } from "../../src/envs/mod.ts";
import { type Content, write } from "../io.ts";
import { main } from "../main.ts";

const { observationSize, actionSize, maxEpisodeSteps } = environments.hopper.spec;

/** Rows written at once, a multiple of the rows of a chunk. */
const BLOCK = 65_536, CHUNK_ROWS = 4096;

/** Numbers in [−1, 1] that do not repeat soon. */
const wave = (from: number, count: number): Float32Array =>
  Float32Array.from({ length: count }, (_, i) => Math.sin(1.7 * (from + i)));

const endsEpisode = (row: number): number => (row + 1) % maxEpisodeSteps === 0 ? 1 : 0;

type Column = readonly [name: string, width: number, block: (row: number, rows: number) => Data];
type Data = Float32Array | Uint8Array;

const numbers = (width: number) => (row: number, rows: number) => wave(row * width, rows * width);

/** D4RL's columns that hold one value per step or one vector. */
const D4RL: readonly Column[] = [
  ["observations", observationSize, numbers(observationSize)],
  ["next_observations", observationSize, numbers(observationSize)],
  ["actions", actionSize, numbers(actionSize)],
  ["rewards", 1, (_, rows) => new Float32Array(rows).fill(1)],
  ["terminals", 1, (_, rows) => new Uint8Array(rows)],
  ["timeouts", 1, (row, rows) => Uint8Array.from({ length: rows }, (_, i) => endsEpisode(row + i))],
];

async function hdf5(bytes: number): Promise<Content> {
  const { FS } = await ready;
  const rowBytes = D4RL.reduce(
    (n, [, width, block]) => n + width * block(0, 1).BYTES_PER_ELEMENT,
    0,
  );
  const rows = Math.ceil(bytes / rowBytes / BLOCK) * BLOCK;
  const file = new File("/large.hdf5", "w");
  for (const [name, width, block] of D4RL) {
    const shape = (n: number) => width === 1 ? [n] : [n, width];
    const first = block(0, BLOCK), chunks = shape(CHUNK_ROWS);
    const maxshape = width === 1 ? [null] : [null, width];
    file.create_dataset({ name, data: first, shape: shape(BLOCK), maxshape, chunks });
    const column = file.get(name) as Dataset;
    column.resize(shape(rows));
    for (let row = BLOCK; row < rows; row += BLOCK) {
      const ranges: [number, number][] = [[row, row + BLOCK], [0, width]];
      column.write_slice(ranges.slice(0, shape(1).length), block(row, BLOCK));
    }
  }
  file.close();
  return FS.readFile("/large.hdf5") as unknown as Uint8Array;
}

function npz(bytes: number): Content {
  const rowBytes = 4 * (observationSize + actionSize + 1) + 1;
  const episodes = Math.ceil(bytes / rowBytes / maxEpisodeSteps), rows = episodes * maxEpisodeSteps;
  const matrix = (width: number) => ({ rows, width, data: wave(0, rows * width) });
  return npzChunks(trainArrays({
    states: matrix(observationSize),
    actions: matrix(actionSize),
    rewards: new Float32Array(rows).fill(1),
    terminals: new Uint8Array(rows),
    lengths: new Array(episodes).fill(maxEpisodeSteps),
  }));
}

await main(async () => {
  const [kind, mib, path] = Deno.args, bytes = Number(mib) * 2 ** 20;
  write(path, kind === "hdf5" ? await hdf5(bytes) : npz(bytes));
});
