import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { DEFAULT_LIMITS } from "../../src/data/formats/limits.ts";
import { REFERENCE_OPTIONS } from "../../src/data/import/recording.ts";
import { environments } from "../../src/envs/mod.ts";
import { sha256 } from "../../src/provenance/digest.ts";
import type { ImportJob } from "../../tasks/data_import_worker.ts";
import { runGuarded } from "../../tasks/guarded_worker.ts";
import { list, listTree, readBytes, write } from "../../tasks/io.ts";
import { fixture } from "../data/fixture_files.ts";
import { liftBytes } from "../data/lift_file.ts";
import { root, runDeno, runTask } from "../run_deno.ts";

const dataImport = (...args: string[]) => runTask("data_import", ...args);

Deno.test("data:import writes a data set with a manifest, and the same bytes again", async () => {
  const folder = Deno.realPathSync(Deno.makeTempDirSync()), out = join(folder, "set");
  try {
    const args = ["--from", "fixtures/data/lift_10.hdf5", "--env", "lift", "--out", out];
    const first = await dataImport(...args);
    assertEquals([first.code, first.error], [0, ""]);
    assertStringIncludes(first.out, "episodes      10\nsteps         587");
    assertEquals(list(out), ["manifest.json", "normalization.npz", "train.npz"]);
    const bytes = list(out).map((name) => readBytes(join(out, name)));
    const manifest = JSON.parse(new TextDecoder().decode(bytes[0]));
    assertEquals(manifest.sources[0].sha256, sha256(fixture("lift_10.hdf5")));
    assertEquals(manifest.outputs["train.npz"], sha256(bytes[2]));
    const second = await dataImport(...args);
    assertEquals(second.code, 1);
    assertStringIncludes(second.error, "it exists, choose another --out or add --overwrite");
    assertEquals((await dataImport(...args.slice(0, -1), `${out}/`, "--overwrite")).code, 0);
    assertEquals(list(out).map((name) => readBytes(join(out, name))), bytes);
    assertEquals(list(folder), ["set"]);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

Deno.test("data:import replaces an imported data set and nothing else, its sources and the folder it runs in least", async () => {
  const folder = Deno.realPathSync(Deno.makeTempDirSync());
  const at = (...path: string[]) => join(folder, ...path), lift = fixture("lift_10.hdf5");
  const args = ["--env", "lift", "--overwrite"];
  const refused = async (from: string, out: string, message: string, cwd = folder) => {
    const before = listTree(folder);
    const task = join(root, "tasks/data_import.ts");
    const { code, error } = await runDeno(
      ["run", "--no-prompt", "--allow-read", `--allow-write=${folder}`, task]
        .concat("--from", from, "--out", out, ...args),
      { cwd },
    );
    assertEquals([code, error.trimEnd().split("\n").length], [1, 1], error);
    assertStringIncludes(error, message);
    assertEquals(listTree(folder), before);
  };
  try {
    write(at("demo.hdf5"), lift);
    write(at("set", "demo.hdf5"), lift);
    write(at("set", "train.npz"), "");
    write(at("own", "notes.txt"), "mine");
    write(at("empty", "below", "train.npz"), "");
    await refused("demo.hdf5", "", "--out must not be empty");
    await refused("demo.hdf5", ".", "the task runs in it");
    await refused("../../demo.hdf5", "..", "the task runs in it", at("empty", "below"));
    await refused("demo.hdf5", "/", "the task runs in it");
    await refused("set/demo.hdf5", "set", "it holds set/demo.hdf5, which is read");
    await refused("demo.hdf5", "demo.hdf5", "it is no folder");
    await refused("demo.hdf5", "own", 'it holds "notes.txt", and only train.npz, ');
    await refused("demo.hdf5", "set", 'it holds "demo.hdf5", and only train.npz, ');
    const dppo = at("dppo");
    for (const name of ["train.npz", "normalization.npz"]) {
      write(join(dppo, name), fixture(`dppo_lift/${name}`));
    }
    await refused("dppo", "dppo", "it holds dppo/train.npz, which is read");
    write(at("fresh.partial", "notes.txt"), "mine");
    write(at("fresh.old", "notes.txt"), "mine");
    const fresh = ["--from", at("demo.hdf5"), "--out", at("fresh"), ...args];
    for (const _ of ["new", "replaced"]) assertEquals((await dataImport(...fresh)).code, 0);
    assertEquals([list(at("fresh.partial")), list(at("fresh.old"))], [["notes.txt"], [
      "notes.txt",
    ]]);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

Deno.test("data:import refuses a hostile file in one line and writes nothing", async () => {
  const folder = Deno.realPathSync(Deno.makeTempDirSync()), out = join(folder, "set");
  try {
    const from = "fixtures/data/hostile/hdf5_nan_action.hdf5";
    const { code, error } = await dataImport("--from", from, "--env", "lift", "--out", out);
    assertEquals(code, 1);
    assertEquals(
      error,
      "error: Cannot read hdf5_nan_action.hdf5: data/demo_0/actions: row 3, column 4 is NaN\n",
    );
    assertEquals(list(folder), []);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

Deno.test("data:import follows a link to a file", async () => {
  const folder = Deno.realPathSync(Deno.makeTempDirSync());
  try {
    const link = join(folder, "link.hdf5"), target = join(root, "fixtures/data/lift_10.hdf5");
    // Tests may write below .work only, and links need the right to write anywhere.
    const code = `Deno.symlinkSync(${JSON.stringify(target)}, ${JSON.stringify(link)})`;
    await new Deno.Command("deno", { args: ["eval", code] }).output();
    const linked = await dataImport("--from", link, "--env", "lift", "--dry-run");
    assertEquals([linked.code, linked.error], [0, ""]);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

Deno.test("data:import says what it looks for in a folder and what it found", async () => {
  const folder = Deno.realPathSync(Deno.makeTempDirSync());
  const error = async () =>
    (await dataImport("--from", folder, "--env", "lift", "--dry-run")).error;
  const wanted = `error: Cannot read ${folder}: the folder must hold one of main_data.hdf5, ` +
    "data/main_data.hdf5, train.npz, found ";
  try {
    assertEquals(await error(), `${wanted}nothing\n`);
    for (let i = 0; i < 10; i++) Deno.writeTextFileSync(join(folder, `${i}`), "");
    assertEquals(await error(), `${wanted}"0", "1", "2", "3", "4", "5", "6", "7" and 2 more\n`);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

Deno.test("data:import never opens a pipe or a device, which could block or never end", async () => {
  const folder = Deno.realPathSync(Deno.makeTempDirSync());
  try {
    const pipe = join(folder, "pipe.hdf5"), link = join(folder, "link.npz");
    // Deno makes no pipes, and tests may run nothing but deno.
    const code = `new Deno.Command("mkfifo", { args: [${JSON.stringify(pipe)}] }).outputSync();
      Deno.symlinkSync(${JSON.stringify(pipe)}, ${JSON.stringify(link)})`;
    await new Deno.Command("deno", { args: ["eval", code] }).output();
    for (const from of [pipe, link, "/dev/zero"]) {
      const { code, error } = await dataImport("--from", from, "--env", "hopper", "--dry-run");
      assertEquals([code, error], [1, `error: Cannot read ${from}: it is no file\n`]);
    }
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

Deno.test("data:import shows nothing of a file that a terminal would obey", async () => {
  const env = JSON.stringify({ env_name: "Lift", env_version: "\x1b[2J\nepisodes 999" });
  const path = Deno.makeTempFileSync({ suffix: ".hdf5" });
  try {
    Deno.writeFileSync(path, liftBytes({ env }));
    const { code, out, error } = await dataImport("--from", path, "--env", "lift", "--dry-run");
    assertEquals([code, error], [0, ""]);
    assertStringIncludes(out, String.raw`env_version "\u001b[2J\nepisodes 999"`);
    assertEquals(out.includes("\x1b"), false);
  } finally {
    Deno.removeSync(path);
  }
});

Deno.test("data:import gives up on a file that the HDF5 library never returns from", async () => {
  const bytes = fixture("hostile/hdf5_mask_unknown_demo.hdf5");
  const heap = new TextDecoder("latin1").decode(bytes).indexOf("GCOL");
  new DataView(bytes.buffer).setBigUint64(heap + 24, 0xfffffff0n, true);
  const path = Deno.makeTempFileSync({ suffix: ".hdf5" });
  try {
    Deno.writeFileSync(path, bytes);
    const job: ImportJob = {
      main: path,
      spec: environments.lift.spec,
      options: REFERENCE_OPTIONS,
      limits: DEFAULT_LIMITS,
    };
    const module = new URL("../../tasks/data_import_worker.ts", import.meta.url);
    const guard = { read: [path], patience: 2000, name: "import it" };
    await assertRejects(
      () => runGuarded(module, job, guard),
      Error,
      "Cannot import it: attribute env_args of data: no progress in 2 s",
    );
  } finally {
    Deno.removeSync(path);
  }
});
