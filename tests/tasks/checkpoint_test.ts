import { assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { parseNpz } from "../../src/data/formats/npz.ts";
import { formatSafetensors, parseSafetensors } from "../../src/provenance/safetensors.ts";
import { list, readBytes } from "../../tasks/io.ts";
import { root, runTask } from "../run_deno.ts";

const COMPACT = "fixtures/checkpoints/hopper/compact.safetensors";

/** Runs a test with a folder that holds the compact Hopper policy as exported. */
async function withExported(test: (file: (name: string) => string) => Promise<void>) {
  const folder = Deno.realPathSync(Deno.makeTempDirSync());
  const file = (name: string) => join(folder, name);
  try {
    await runTask("checkpoint_export", "--from", COMPACT, "--out", file("policy.safetensors"));
    await test(file);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

Deno.test("a checkpoint that is exported and imported again is the same file", () =>
  withExported(async (file) => {
    const { tensors, metadata } = parseSafetensors(readBytes(file("policy.safetensors")));
    assertEquals([...tensors.keys()].every((name) => name.startsWith("network.")), true);
    assertEquals(metadata.format, "pt");
    assertEquals(parseNpz(readBytes(file("policy.normalization.npz"))).size, 4);
    const { code, error } = await runTask(
      "checkpoint_import",
      ...["--from", file("policy.safetensors"), "--env", "hopper", "--profile", "compact"],
      ...["--normalization", file("policy.normalization.npz"), "--out", file("back.safetensors")],
    );
    assertEquals([code, error], [0, ""]);
    assertEquals(readBytes(file("back.safetensors")), readBytes(join(root, COMPACT)));
  }));

Deno.test("checkpoint:export replaces files where that is asked for, and never its source", () =>
  withExported(async (file) => {
    const out = file("policy.safetensors"), bytes = readBytes(out);
    const run = (from: string, ...more: string[]) =>
      runTask("checkpoint_export", "--from", from, "--out", out, ...more);
    const again = await run(COMPACT);
    assertStringIncludes(again.error, `${out}: it exists, choose another --out or add --overwrite`);
    Deno.removeSync(out);
    const beside = await run(COMPACT);
    assertStringIncludes(beside.error, "policy.normalization.npz: it exists, choose another");
    assertEquals((await run(COMPACT, "--overwrite")).code, 0);
    assertEquals(readBytes(out), bytes);
    const own = await run(out, "--overwrite");
    assertStringIncludes(own.error, `it is ${out}, which is read, choose another --out`);
    assertEquals(readBytes(out), bytes);
  }));

Deno.test("checkpoint:export takes one source", async () => {
  const cases: [args: string[], message: string][] = [
    [[], "need either --from or --cell and --method"],
    [["--from", COMPACT, "--cell", "x"], "need either --from or --cell and --method"],
    [["--from", COMPACT, "--method", "dppo"], "need either --from or --cell and --method"],
    [["--method", "dppo"], "--cell and --method go together"],
    [
      ["--cell", "x", "--method", "Dppo"],
      '--method must be one of dppo, dipo, idql, dawr, qsm, dql, found "Dppo"',
    ],
    [["--cell", "x", "--method", "dppo"], "--cell must be 64 hexadecimal digits, the name of a "],
  ];
  for (const [args, message] of cases) {
    const { code, error } = await runTask("checkpoint_export", ...args, "--out", "never");
    assertEquals(code, 1);
    assertStringIncludes(error, message);
  }
});

Deno.test("checkpoint:import lists what is in a checkpoint of the reference", async () => {
  const { code, out } = await runTask("checkpoint_import", "--from", "fixtures/data/state_tiny.pt");
  assertEquals(code, 0);
  assertStringIncludes(out, "ema, epoch 40\nF32   [32, 16]");
  assertStringIncludes(out, "12 tensors, 4860 numbers");
});

Deno.test("checkpoint:import takes a network that DataParallel wrapped", () =>
  withExported(async (file) => {
    const { tensors } = parseSafetensors(readBytes(file("policy.safetensors")));
    const wrapped = [...tensors].map(([name, t]) => [`module.${name}`, t] as const);
    Deno.writeFileSync(file("wrapped.safetensors"), formatSafetensors(wrapped));
    const { code, error } = await runTask(
      "checkpoint_import",
      ...["--from", file("wrapped.safetensors"), "--env", "hopper", "--profile", "compact"],
      ...["--normalization", file("policy.normalization.npz"), "--out", file("back.safetensors")],
    );
    assertEquals([code, error], [0, ""]);
    assertEquals(readBytes(file("back.safetensors")), readBytes(join(root, COMPACT)));
  }));

Deno.test("checkpoint:import asks which network of a fine-tuned checkpoint to take", () =>
  withExported(async (file) => {
    const { tensors } = parseSafetensors(readBytes(file("policy.safetensors")));
    const both = [...tensors].flatMap(([name, t]) => [
      [name, { ...t, data: new Float32Array(t.data.length) }] as const,
      [name.replace("network.", "actor_ft."), t] as const,
    ]);
    Deno.writeFileSync(file("dppo.safetensors"), formatSafetensors(both));
    const args = [
      ...["--from", file("dppo.safetensors"), "--env", "hopper", "--profile", "compact"],
      ...["--normalization", file("policy.normalization.npz"), "--out", file("back.safetensors")],
    ];
    const { code, error } = await runTask("checkpoint_import", ...args);
    assertEquals(code, 1);
    assertStringIncludes(error, "add --network actor_ft for it or --network network for its");
    const taken = await runTask("checkpoint_import", ...args, "--network", "actor_ft");
    assertEquals([taken.code, taken.error], [0, ""]);
    assertStringIncludes(taken.out, "back.safetensors from actor_ft\n");
    assertEquals(readBytes(file("back.safetensors")), readBytes(join(root, COMPACT)));
    const own = [...args.slice(0, -1), file("dppo.safetensors"), "--network", "actor_ft"];
    const over = await runTask("checkpoint_import", ...own, "--overwrite");
    assertStringIncludes(over.error, "dppo.safetensors, which is read, choose another --out");
    const again = await runTask("checkpoint_import", ...args, "--network", "network");
    assertStringIncludes(again.error, "it exists, choose another --out or add --overwrite");
    assertEquals(readBytes(file("back.safetensors")), readBytes(join(root, COMPACT)));
  }));

Deno.test("checkpoints are never read from a pipe or a device", async () => {
  const out = ["--out", ".work/tmp/never.safetensors"];
  const error = "error: Cannot read /dev/zero: it is no file\n";
  assertEquals((await runTask("checkpoint_import", "--from", "/dev/zero")).error, error);
  assertEquals((await runTask("checkpoint_export", "--from", "/dev/zero", ...out)).error, error);
});

Deno.test("checkpoint:import shows nothing of a file that a terminal would obey", async () => {
  const path = Deno.makeTempFileSync();
  const shown = async (bytes: Uint8Array) => {
    Deno.writeFileSync(path, bytes);
    const { out, error } = await runTask("checkpoint_import", "--from", path);
    assertEquals((out + error).includes("\x1b"), false);
    return out + error;
  };
  try {
    const name = "\x1b[2Jw", data = Float32Array.of(1);
    const good = formatSafetensors([[name, { dtype: "F32", shape: [1], data }]]);
    assertStringIncludes(await shown(good), String.raw`"\u001b[2Jw"`);
    const header = new TextEncoder().encode(`{"w": \x1b[2J}`);
    const bad = Uint8Array.of(header.length, 0, 0, 0, 0, 0, 0, 0, ...header);
    assertStringIncludes(await shown(bad), "header: holds the control character U+001B");
  } finally {
    Deno.removeSync(path);
  }
});

Deno.test("checkpoint:import refuses another network in one line and writes nothing", async () => {
  const folder = Deno.realPathSync(Deno.makeTempDirSync());
  try {
    const { code, error } = await runTask(
      "checkpoint_import",
      ...["--from", "fixtures/data/state_tiny.pt", "--env", "hopper"],
      ...["--normalization", "fixtures/data/dppo_hopper/normalization.npz"],
      ...["--out", join(folder, "x.safetensors")],
    );
    assertEquals(code, 1);
    assertEquals(
      error,
      `error: Cannot read state_tiny.pt: tensor "network.mlp_mean.layers.0.weight": ` +
        "shape [32,39], the network has [512,39]\n",
    );
    assertEquals(list(folder), []);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});
