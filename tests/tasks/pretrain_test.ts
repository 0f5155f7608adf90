import { assertEquals, assertMatch, assertStringIncludes, assertThrows } from "@std/assert";
import { join } from "@std/path";
import { list } from "../../tasks/io.ts";
import { dataFiles, requireGenerated } from "../../tasks/pretrain_data.ts";
import { fixture } from "../data/fixture_files.ts";
import { runTask } from "../run_deno.ts";

const run = (...args: string[]) => runTask("pretrain", ...args);

Deno.test("pretrain refuses data of another environment in one line and writes nothing", async () => {
  const folder = Deno.realPathSync(Deno.makeTempDirSync()), data = join(folder, "data");
  try {
    Deno.mkdirSync(data);
    for (const name of ["train.npz", "normalization.npz"]) {
      Deno.writeFileSync(join(data, name), fixture(`dppo_lift/${name}`));
    }
    const args = ["--data", data, "--out", join(folder, "out", "policy.safetensors")];
    const wide = await run("--env", "can", ...args);
    assertEquals(wide.code, 1);
    assertEquals(
      wide.error,
      `error: Cannot read ${data}/train.npz: states: has 19 columns, need 23\n`,
    );
    const summary = { environment: "square" };
    Deno.writeTextFileSync(join(data, "manifest.json"), JSON.stringify({ summary }));
    const named = await run("--env", "lift", ...args);
    assertEquals(named.code, 1);
    assertEquals(
      named.error,
      `error: Cannot read ${data}/manifest.json: the data are of square, not of lift\n`,
    );
    assertEquals(list(folder), ["data"]);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

Deno.test("pretrain checks that it can write its checkpoint before it trains", async () => {
  const folder = Deno.realPathSync(Deno.makeTempDirSync()), file = join(folder, "file");
  try {
    Deno.writeTextFileSync(file, "");
    const refused = async (out: string, ...more: string[]) => {
      const { code, error } = await run("--env", "hopper", "--out", out, ...more);
      assertEquals(code, 1);
      return error;
    };
    assertEquals(await refused(folder), `error: Cannot write ${folder}: it is a folder\n`);
    const below = join(file, "policy.safetensors");
    assertEquals(await refused(below), `error: Cannot write to ${file}: ${file} is no folder\n`);
    const train = "fixtures/data/dppo_hopper/train.npz";
    assertEquals(
      await refused(train, "--data", "fixtures/data/dppo_hopper"),
      `error: Cannot write ${train}: it is ${train}, which is read, choose another --out\n`,
    );
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

Deno.test("pretrain names the task that makes the data", () => {
  const folder = Deno.makeTempDirSync();
  try {
    const message = `Cannot read ${folder}: it holds no data yet, ` +
      "deno task data:generate --env hopper makes them";
    assertThrows(() => requireGenerated(folder, "hopper"), Error, message);
    dataFiles(folder).forEach((path) => Deno.writeTextFileSync(path, ""));
    requireGenerated(folder, "hopper");
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

Deno.test("pretrain tells where it writes, and that only generated data become a fixture", async () => {
  const { code, out } = await run("--help");
  assertEquals(code, 0);
  assertMatch(
    out,
    /that of generated data is a fixture,\nfixtures\/checkpoints\/<env>\/<profile>\./,
  );
  assertStringIncludes(out, ".work/checkpoints/<env>/<name of DIR>-<profile>.safetensors");
});

Deno.test("pretrain puts a U-Net of one's own data beside the perceptron, not in its place", async () => {
  const name = `place-test-${crypto.randomUUID()}`, args = ["--data", name];
  for (const [denoiser, suffix] of [["mlp", ""], ["unet", "-unet"]]) {
    const place = `.work/checkpoints/hopper/${name}-compact${suffix}.safetensors`;
    Deno.mkdirSync(place, { recursive: true }); // what is no file is refused by its name
    const { error } = await run("--env", "hopper", ...args, "--denoiser", denoiser);
    Deno.removeSync(place);
    assertEquals(error, `error: Cannot write ${place}: it is a folder\n`);
  }
});
