import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { parseNpz } from "../../src/data/formats/npz.ts";
import { formatNpz } from "../../src/data/formats/npz.ts";
import {
  normalizationArrays,
  parseNormalization,
  parseTrajectories,
  trajectoryArrays,
} from "../../src/data/data_files.ts";
import { buildDataset, episodes, type RawReplay } from "../../src/data/dataset.ts";
import { FormatError } from "../../src/provenance/format_error.ts";
import { tensor } from "../../src/tensor/tensor.ts";

const SIZES = { observationSize: 1, actionSize: 1 };

/** Episodes of 2, 3 and 2 rows and an unfinished row; the second one earns nothing. */
const replay: RawReplay = {
  observations: tensor([8, 1], [0, 1, 2, 3, 4, 5, 6, 20]),
  actions: tensor([8, 1], [0, 1, 0, 1, 0, 1, 0, -1]),
  rewards: Float32Array.of(1, 1, 1, -1, 0, 0, 2, 9),
  terminals: Uint8Array.of(0, 1, 0, 0, 0, 0, 1, 0),
  timeouts: Uint8Array.of(0, 0, 0, 0, 1, 0, 0, 0),
};

Deno.test("episodes() end at terminals and timeouts; what follows the last end belongs to none", () => {
  assertEquals(episodes(replay), [
    { start: 0, length: 2 },
    { start: 2, length: 3 },
    { start: 5, length: 2 },
  ]);
});

Deno.test("buildDataset() drops trajectories that earn nothing but counts their rows in the ranges", () => {
  const { train, normalization } = buildDataset(replay);
  assertEquals([...train.trajLengths], [2, 2]);
  assertEquals([...normalization.observationMax], [20]);
  assertEquals([...normalization.actionMin], [-1]);
  assertEquals([...train.rewards], [1, 1, 0, 2]);
  assertEquals([...train.terminals], [0, 1, 0, 1]);
  assertEquals(train.states.shape, [4, 1]);
  assertAlmostEquals(train.states.data[3], 2 * 6 / (20 + 1e-6) - 1, 1e-7);
});

Deno.test("buildDataset() counts episodes before it drops any", () => {
  assertEquals([...buildDataset(replay, 2).train.trajLengths], [2]);
});

Deno.test("buildDataset() refuses replay without a trajectory worth keeping", () => {
  const poor = { ...replay, rewards: new Float32Array(8) };
  assertThrows(() => buildDataset(poor), RangeError, "no finished trajectory");
});

Deno.test("buildDataset() refuses arrays of different lengths", () => {
  const short = { actions: tensor([7, 1], new Float32Array(7)), timeouts: new Uint8Array(7) };
  for (const [name, array] of Object.entries(short)) {
    assertThrows(
      () => buildDataset({ ...replay, [name]: array }),
      RangeError,
      `Cannot build dataset: ${name} must have the 8 rows of observations, found 7`,
    );
  }
});

Deno.test("a data set comes back from its files as it was", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 6 }),
      (lengths) => {
        const rows = lengths.reduce((a, b) => a + b, 0);
        const train = {
          states: tensor([rows, 2], Float32Array.from({ length: 2 * rows }, (_, i) => Math.sin(i))),
          actions: tensor([rows, 1], Float32Array.from({ length: rows }, (_, i) => Math.cos(i))),
          rewards: Float32Array.from({ length: rows }, (_, i) => i),
          terminals: Uint8Array.from({ length: rows }, (_, i) => i % 2),
          trajLengths: Int32Array.from(lengths),
        };
        const bytes = formatNpz(trajectoryArrays(train), { compress: true });
        const sizes = { observationSize: 2, actionSize: 1 };
        assertEquals(parseTrajectories(parseNpz(bytes), "train.npz", sizes), train);
      },
    ),
    { numRuns: 20 },
  );
});

Deno.test("ranges come back from their file, rounded to float32", () => {
  const { normalization } = buildDataset(replay);
  const bytes = formatNpz(normalizationArrays(normalization));
  assertEquals(parseNormalization(parseNpz(bytes), "normalization.npz"), normalization);
});

Deno.test("files that contradict themselves are refused, naming the place", () => {
  const { train, normalization } = buildDataset(replay);
  const trajectories = (change: object) => () =>
    parseTrajectories(new Map(trajectoryArrays({ ...train, ...change })), "train.npz", SIZES);
  const lengths = { trajLengths: Int32Array.of(2, 3) };
  assertThrows(trajectories(lengths), FormatError, "traj_lengths: sum to 5, states have 4 rows");
  assertThrows(trajectories({ actions: tensor([3, 1], [0, 0, 0]) }), FormatError, "actions");
  assertThrows(
    trajectories({ states: tensor([4, 1], [0, NaN, 0, 0]) }),
    FormatError,
    "states: row 1 is NaN",
  );
  const upsideDown = { ...normalization, observationMin: Float64Array.of(99) };
  const arrays = new Map(normalizationArrays(upsideDown));
  assertThrows(() => parseNormalization(arrays, "normalization.npz"), FormatError, "obs_min");
  arrays.delete("action_max");
  assertThrows(() => parseNormalization(arrays, "normalization.npz"), FormatError);
});
