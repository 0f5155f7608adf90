import { assertEquals, assertRejects } from "@std/assert";
import type { Group } from "h5wasm";
import { bytesSource } from "../../../src/data/formats/byte_source.ts";
import { importDataset } from "../../../src/data/import/import_dataset.ts";
import type { Floating } from "../../../src/data/import/matrix.ts";
import { REFERENCE_OPTIONS } from "../../../src/data/import/recording.ts";
import { environments } from "../../../src/envs/mod.ts";
import { FormatError } from "../../../src/provenance/format_error.ts";
import { hdf5Bytes } from "../hdf5_writer.ts";

interface Variant {
  readonly rows?: number;
  /** Rows that are terminal. */
  readonly terminals?: readonly number[];
  /** Columns of the next observations. */
  readonly next?: number;
  readonly rewards?: Floating;
  readonly change?: (root: Group) => void;
}

/** A D4RL file for Hopper without timeouts. */
function hopper({ rows = 20, terminals = [rows - 1], next = 11, rewards, change }: Variant) {
  const bytes = hdf5Bytes((root) => {
    const put = (name: string, width: number, value = 0) => {
      const data = new Float32Array(rows * width).fill(value);
      root.create_dataset({ name, data, shape: width === 1 ? [rows] : [rows, width] });
    };
    put("observations", 11);
    put("actions", 3);
    root.create_dataset({ name: "rewards", data: rewards ?? new Float32Array(rows).fill(1) });
    put("next_observations", next);
    const flags = Uint8Array.from({ length: rows }, (_, row) => terminals.includes(row) ? 1 : 0);
    root.create_dataset({ name: "terminals", data: flags, shape: [rows] });
    change?.(root);
  });
  const { spec } = environments.hopper;
  return importDataset({ main: bytesSource(bytes, "f") }, spec, REFERENCE_OPTIONS);
}

Deno.test("a D4RL file without timeouts ends episodes where the environment does", async () => {
  const { summary } = await hopper({ rows: 2010, terminals: [4, 1004] });
  assertEquals([summary.episodes, summary.steps], [3, 2005]);
  assertEquals([summary.lengths!.min, summary.lengths!.max], [5, 1000]);
  assertEquals(summary.dropped, [{
    what: "rows 2005–2009 (5 steps)",
    why: "no flag closes them",
  }]);
  assertEquals(summary.origin, { timeouts: "none, after 1000 steps" });
});

Deno.test("a D4RL file is refused for what it does not use, too", async () => {
  const rows = 20;
  const cases: [Variant, string][] = [
    [{ next: 12 }, "next_observations: has 12 columns, need 11"],
    [
      { change: (root) => root.create_soft_link("/timeouts", "timeouts") },
      "Cannot read f: timeouts: too many links",
    ],
    [
      {
        change: (root) =>
          root.create_group("infos").create_dataset({
            name: "qpos",
            data: new Float64Array(rows + 1),
          }),
      },
      "infos/qpos: has 21 rows, need 20",
    ],
  ];
  for (const [variant, reason] of cases) {
    await assertRejects(() => hopper({ rows, ...variant }), FormatError, reason);
  }
});

Deno.test("returns that are no number are refused, and many that are not above 0 counted", async () => {
  const rewards = new Float64Array(20).fill(1e308);
  await assertRejects(
    () => hopper({ rewards }),
    FormatError,
    "Cannot read f: rewards: are too large to be summed",
  );
  const rows = 300, terminals = Array.from({ length: rows }, (_, row) => row);
  await assertRejects(
    () => hopper({ rows, terminals, rewards: new Float32Array(rows) }),
    FormatError,
    "no episode is left (rows 0–0: return 0 is not above 0; rows 1–1: return 0 is not above 0; " +
      "rows 2–2: return 0 is not above 0; rows 3–3: return 0 is not above 0; and 296 more)",
  );
});
