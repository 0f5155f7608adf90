import { assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { bytesSource } from "../../../src/data/formats/byte_source.ts";
import { formatNpz, parseNpz } from "../../../src/data/formats/npz.ts";
import { importDataset, type ImportSource } from "../../../src/data/import/import_dataset.ts";
import type { NamedArrays } from "../../../src/data/data_files.ts";
import type { Imported } from "../../../src/data/import/imported.ts";
import { type ImportOptions, REFERENCE_OPTIONS } from "../../../src/data/import/recording.ts";
import { formatSummary } from "../../../src/data/import/summary.ts";
import { environments, type EnvName } from "../../../src/envs/mod.ts";
import { FormatError } from "../../../src/provenance/format_error.ts";
import { type StoredTensor, toFloat64 } from "../../../src/provenance/stored_tensor.ts";
import { fixture, fixtureJson } from "../fixture_files.ts";

const source = (name: string) => bytesSource(fixture(name), name);
const load = (
  from: ImportSource | string,
  env: EnvName,
  options: Partial<ImportOptions> = {},
): Promise<Imported> =>
  importDataset(typeof from === "string" ? { main: source(from) } : from, environments[env].spec, {
    ...REFERENCE_OPTIONS,
    ...options,
  });
const pair = (train: string, normalization = "dppo_hopper/normalization.npz"): ImportSource => ({
  main: source(train),
  normalization: source(normalization),
});
const minari: ImportSource = {
  main: source("minari/hopper/tiny-v0/data/main_data.hdf5"),
  metadata: { name: "metadata.json", bytes: fixture("minari/hopper/tiny-v0/data/metadata.json") },
};
const named = (arrays: NamedArrays): ReadonlyMap<string, StoredTensor> => new Map(arrays);

const expected = fixtureJson("hopper_expected.json");

Deno.test("a D4RL file becomes the arrays of the reference's script, bit for bit", async () => {
  const { train, normalization } = await load("hopper_tiny_d4rl.hdf5", "hopper");
  assertEquals(named(train), parseNpz(fixture("dppo_hopper/train.npz")));
  assertEquals(named(normalization), parseNpz(fixture("dppo_hopper/normalization.npz")));
});

Deno.test("ten robomimic demonstrations become the arrays of the reference's script", async () => {
  const { train, normalization } = await load("lift_10.hdf5", "lift");
  assertEquals(named(train), parseNpz(fixture("dppo_lift/train.npz")));
  assertEquals(named(normalization), parseNpz(fixture("dppo_lift/normalization.npz")));
});

Deno.test("a DPPO pair is imported as it is", async () => {
  const { train, normalization } = await load(pair("dppo_hopper/train.npz"), "hopper");
  assertEquals(named(train), parseNpz(fixture("dppo_hopper/train.npz")));
  assertEquals(named(normalization), parseNpz(fixture("dppo_hopper/normalization.npz")));
});

Deno.test("a DPPO pair whose ranges are too wide to normalise is refused", async () => {
  const arrays = parseNpz(fixture("dppo_hopper/normalization.npz"));
  const wide = (sign: number) =>
    ({ dtype: "F64", shape: [3], data: new Float64Array(3).fill(sign * 1e308) }) as const;
  const changed = [...arrays, ["action_min", wide(-1)], ["action_max", wide(1)]] as const;
  const normalization = bytesSource(formatNpz(new Map(changed)), "n");
  await assertRejects(
    () => load({ main: source("dppo_hopper/train.npz"), normalization }, "hopper"),
    FormatError,
    "Cannot read n: action_min, action_max: column 0 ranges from -1e+308 to 1e+308, too wide",
  );
});

Deno.test("the reference's empty val.npz has no trajectories", async () => {
  const { train, summary } = await load(pair("dppo_hopper/val.npz"), "hopper");
  assertEquals(named(train).get("states")!.shape, [0, 11]);
  assertEquals([summary.episodes, summary.steps], [0, 0]);
});

Deno.test("a Minari file holds the same episodes in float64", async () => {
  const { train, summary } = await load(minari, "hopper");
  const d4rl = await load("hopper_tiny_d4rl.hdf5", "hopper");
  assertEquals(named(train).get("states")!.dtype, "F64");
  assertEquals(summary.lengths, d4rl.summary.lengths);
  assertEquals(summary.terminals, 4);
  assertEquals(summary.origin, { dataset_id: "hopper/tiny-v0", env_id: "Hopper-v5" });
  const [a, b] = [train, d4rl.train].map((arrays) => toFloat64(named(arrays).get("rewards")!));
  a.forEach((reward, row) => assertAlmostEquals(reward, b[row], 1e-6));
});

Deno.test("a Minari file without all episodes of its metadata is refused", async () => {
  const text = new TextDecoder().decode(minari.metadata!.bytes);
  for (const [name, count, found] of [["total_episodes", 7, 6], ["total_steps", 500, 480]]) {
    const changed = text.replace(new RegExp(`"${name}": \\d+`), `"${name}": ${count}`);
    const metadata = { name: "metadata.json", bytes: new TextEncoder().encode(changed) };
    await assertRejects(
      () => load({ ...minari, metadata }, "hopper"),
      FormatError,
      `Cannot read metadata.json: ${name}: is ${count}, the data have ${found}`,
    );
  }
});

Deno.test("metadata of a Minari file that have no text are refused with their JSON", async () => {
  const cases: [change: object, reason: string][] = [
    [{ total_steps: { toString: 1 } }, 'total_steps: is {"toString":1}, the data have 480'],
    [{ env_spec: '{"id": {"toString": 1}}' }, 'env_spec: id is {"toString":1}, need Hopper'],
  ];
  for (const [change, reason] of cases) {
    const metadata = { name: "m", bytes: new TextEncoder().encode(JSON.stringify(change)) };
    await assertRejects(() => load({ ...minari, metadata }, "hopper"), FormatError, reason);
  }
});

Deno.test("a summary shows nothing that a terminal would obey", async () => {
  const { summary } = await load("hopper_tiny_d4rl.hdf5", "hopper");
  const text = formatSummary({ ...summary, origin: { version: "\x1b[2J\nepisodes 999" } });
  assertEquals(
    text.split("\n")[1],
    String.raw`layout        d4rl (version "\u001b[2J\nepisodes 999")`,
  );
});

Deno.test("the summary tells what was dropped and why", async () => {
  const { summary } = await load("hopper_tiny_d4rl.hdf5", "hopper", { maxEpisodes: 4 });
  assertEquals(summary.dropped, [
    { what: "rows 480–492 (13 steps)", why: "no flag closes them" },
    { what: "2 episodes", why: "beyond the first 4 episodes" },
  ]);
  const text = formatSummary(summary);
  assertEquals(text.includes("dropped       2 episodes: beyond the first 4 episodes"), true);
  const returns = expected.d4rl.returns.slice(0, 4) as number[];
  assertAlmostEquals(summary.returns!.mean, returns.reduce((a, b) => a + b) / 4, 1e-4);
});

Deno.test("every quirk of the conversion can be switched off", async () => {
  const kept = await load("hopper_tiny_d4rl.hdf5", "hopper", { keepUnfinished: true });
  assertEquals(kept.summary.steps, 493);
  const tight = await load("lift_10.hdf5", "lift", { ranges: "tight" });
  const loose = await load("lift_10.hdf5", "lift");
  assertEquals(loose.summary.observations.min[2], 0);
  assertEquals(tight.summary.observations.min[2] > 0.8, true);
  const recorded = await load("lift_10.hdf5", "lift", { terminals: "recorded" });
  assertEquals(loose.summary.terminals, 0);
  assertEquals(recorded.summary.terminals > 0, true);
});

Deno.test("a filter key chooses demonstrations", async () => {
  const { summary } = await load("lift_10.hdf5", "lift", { filterKey: "valid" });
  assertEquals(summary.episodes, 2);
  assertEquals(summary.dropped, [{ what: "8 demonstrations", why: "not in mask/valid" }]);
  await assertRejects(
    () => load("lift_10.hdf5", "lift", { filterKey: "best" }),
    FormatError,
    "mask/best: missing, the file has train, valid",
  );
});

Deno.test("data of another environment are refused", async () => {
  const cases: [ImportSource | string, EnvName, string][] = [
    ["hopper_tiny_d4rl.hdf5", "walker2d", "observations: has 11 columns, need 17"],
    ["lift_10.hdf5", "can", `env_args: env_name is "Lift", can needs PickPlaceCan`],
    [minari, "halfcheetah", `env_spec: id is "Hopper-v5", need HalfCheetah`],
    [minari, "lift", `env_spec: id is "Hopper-v5", need another layout for lift`],
    [pair("dppo_hopper/train.npz"), "lift", "states: has 11 columns, need 19"],
    ["hdf5_features.hdf5", "hopper", "layout not known"],
    ["dppo_hopper/train.npz", "hopper", "needs the normalization.npz"],
  ];
  for (const [from, env, message] of cases) {
    await assertRejects(() => load(from, env), FormatError, message);
  }
});

Deno.test("actions beyond the limit are refused with their place", () =>
  assertRejects(
    () => load("lift_10.hdf5", "lift", { actionLimit: 0.99 }),
    FormatError,
    "actions of demo_0: row 0, column 6 is -1, the limit is ±0.99",
  ).then(() => {}));

Deno.test("hostile data sets are refused with the place and the reason", async () => {
  const lift: Record<string, string> = {
    hdf5_truncated: "superblock: says the file has 18376 bytes, found 11025: it is cut",
    hdf5_not_hdf5: "the signature is missing",
    hdf5_lzf: "data/demo_0/actions: filter lzf (id 32000) is not supported",
    hdf5_fletcher_mismatch: "data/demo_0/states: filter returned failure during read",
    hdf5_declared_huge: "data/demo_0/obs/huge: declares 70368744177664 bytes",
    hdf5_hardlink_cycle: "data/demo_1: attribute num_samples is missing",
    hdf5_external_link: `data/demo_0/actions: is an external link to "../outside.hdf5"`,
    hdf5_num_samples_mismatch: "data/demo_0/actions: has 6 rows, need 9",
    hdf5_missing_actions: "data/demo_0/actions: missing",
    hdf5_missing_obs_key: "data/demo_0/obs/object: missing",
    hdf5_obs_rows_mismatch: "data/demo_0/obs/object: has 5 rows, need 6",
    hdf5_env_args_not_json: "env_args: not JSON",
    hdf5_nan_action: "data/demo_0/actions: row 3, column 4 is NaN",
    hdf5_mask_unknown_demo: `mask/train: names "demo_77", which is absent`,
  };
  const hopper: Record<string, string> = {
    dppo_lengths_do_not_sum: "traj_lengths: sum to 11, states have 10 rows",
    dppo_missing_actions: "actions: missing",
    dppo_row_mismatch: "actions: has 9 rows, need 10",
    dppo_nan_state: "states: row 7, column 2 is NaN",
  };
  for (const [name, reason] of Object.entries(lift)) {
    await assertRejects(() => load(`hostile/${name}.hdf5`, "lift"), FormatError, reason);
  }
  for (const [name, reason] of Object.entries(hopper)) {
    await assertRejects(() => load(pair(`hostile/${name}.npz`), "hopper"), FormatError, reason);
  }
  const upsideDown = pair("dppo_hopper/train.npz", "hostile/normalization_min_above_max.npz");
  await assertRejects(
    () => load(upsideDown, "hopper"),
    FormatError,
    "column 1 is 2, above obs_max 1",
  );
});
