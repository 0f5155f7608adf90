import { assertRejects } from "@std/assert";
import { bytesSource } from "../../../src/data/formats/byte_source.ts";
import { importDataset } from "../../../src/data/import/import_dataset.ts";
import { REFERENCE_OPTIONS } from "../../../src/data/import/recording.ts";
import { environments } from "../../../src/envs/mod.ts";
import { FormatError } from "../../../src/provenance/format_error.ts";
import { hdf5Bytes } from "../hdf5_writer.ts";

interface Variant {
  readonly rows?: number;
  readonly samples?: bigint;
  readonly object?: number;
  /** Names of the one demonstration. */
  readonly links?: number;
}

/** A robomimic file for Lift, correct where nothing is said. */
function lift({ rows = 4, samples = BigInt(rows), object = 0, links = 1 }: Variant) {
  const matrix = (width: number, value = 0) => ({
    data: Float64Array.from({ length: rows * width }, (_, i) => i < width ? -value : value),
    shape: width === 1 ? [rows] : [rows, width],
    ...(rows > 1000 ? { chunks: width === 1 ? [rows] : [rows, width], compression: 9 } : {}),
  });
  const bytes = hdf5Bytes((root) => {
    const data = root.create_group("data"), demo = data.create_group("demo_0");
    data.create_attribute("env_args", JSON.stringify({ env_name: "Lift" }));
    demo.create_attribute("num_samples", BigInt64Array.of(samples), []);
    const obs = demo.create_group("obs");
    demo.create_dataset({ name: "actions", ...matrix(7) });
    demo.create_dataset({ name: "rewards", ...matrix(1) });
    demo.create_dataset({ name: "dones", ...matrix(1) });
    obs.create_dataset({ name: "robot0_eef_pos", ...matrix(3) });
    obs.create_dataset({ name: "robot0_eef_quat", ...matrix(4) });
    obs.create_dataset({ name: "robot0_gripper_qpos", ...matrix(2) });
    obs.create_dataset({ name: "object", ...matrix(10, object) });
    for (let i = 1; i < links; i++) root.create_hard_link("/data/demo_0", `data/demo_${i}`);
  });
  return importDataset(
    { main: bytesSource(bytes, "f") },
    environments.lift.spec,
    REFERENCE_OPTIONS,
  );
}

const refuses = (name: string, variant: Variant, reason: string) =>
  Deno.test(name, () => assertRejects(() => lift(variant), FormatError, reason).then(() => {}));

refuses(
  "a length beyond 2^53 is refused with the file and the place",
  { samples: 2n ** 62n },
  "Cannot read f: data/demo_0: attribute num_samples is 4611686018427388000",
);

refuses(
  "a column too wide to be normalised is refused instead of becoming NaN",
  { object: 1e308 },
  "Cannot read f: observations: column 9 ranges from -1e+308 to 1e+308, too wide to normalise",
);

refuses(
  "many links to one demonstration cannot multiply a small file",
  { rows: 20_000, links: 60 },
  "with all before it declares",
);
