import { assertRejects } from "@std/assert";
import type { Group } from "h5wasm";
import { bytesSource } from "../../../src/data/formats/byte_source.ts";
import { importDataset } from "../../../src/data/import/import_dataset.ts";
import { REFERENCE_OPTIONS } from "../../../src/data/import/recording.ts";
import { environments } from "../../../src/envs/mod.ts";
import { FormatError } from "../../../src/provenance/format_error.ts";
import { liftBytes, type LiftVariant } from "../lift_file.ts";

function lift(variant: LiftVariant) {
  return importDataset(
    { main: bytesSource(liftBytes(variant), "f") },
    environments.lift.spec,
    REFERENCE_OPTIONS,
  );
}

const refuses = (name: string, variant: LiftVariant, reason: string) =>
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

for (const kind of ["hard", "soft"] as const) {
  refuses(
    `a demonstration that is a ${kind} link to another is refused`,
    { change: (root) => root[`create_${kind}_link`]("/data/demo_0", "data/demo_1") },
    "Cannot read f: data/demo_1: is a link to data/demo_0",
  );
}

refuses(
  "an external link to the very file is not followed either",
  { change: (root) => root.create_external_link("0.hdf5", "/data/demo_0", "data/demo_1") },
  `Cannot read f: data/demo_1: is an external link to "0.hdf5", these are not followed`,
);

refuses(
  "a link that leads to itself is refused",
  { change: (root) => root.create_soft_link("/data/demo_1", "data/demo_1") },
  "Cannot read f: data/demo_1: too many links",
);

/** Names of one data set among the observations. */
const aliases = (count: number) => (root: Group) => {
  for (let i = 0; i < count; i++) {
    root.create_hard_link("/data/demo_0/obs/object", `data/demo_0/obs/${i}`);
  }
};

refuses(
  "many links to one data set cannot multiply a small file",
  { rows: 20_000, change: aliases(60) },
  "with all before it declares",
);

refuses(
  "many links to one data set cannot keep the reader busy",
  { change: aliases(1001) },
  "more than 1000 links lead to data sets twice",
);

refuses(
  "a name that a terminal would obey is refused without repeating it",
  { change: (root) => root.create_group("data/demo_0/obs/\x1b[2J\u009b1m") },
  String
    .raw`Cannot read f: data/demo_0/obs: holds the control character U+001B in "\u001b[2J\u009b1m"`,
);

refuses(
  "a name of hundreds of characters is refused without repeating it",
  { change: (root) => root.create_group(`data/demo_0/obs/${"x".repeat(300)}`) },
  `xxx..." has 300 characters, the limit is 255`,
);

refuses(
  "a description that a terminal would obey is refused without repeating it",
  { env: `{"a": \x1b[31m}` },
  String.raw`Cannot read f env_args: holds the control character U+001B in "{\"a\": \u001b[31m}"`,
);

for (
  const [what, value, shown] of [
    ["without a text", '{"toString":1,"valueOf":2}', '{"toString":1,"valueOf":2}'],
    ["of a nested list", '[["Lift"]]', '[["Lift"]]'],
    ["of control characters", String.raw`["\u009b1m\n"]`, String.raw`["\u{9b}1m\n"]`],
    ["of many words", `["${"x".repeat(9000)}"]`, `["${"x".repeat(75)}...`],
  ] as const
) {
  refuses(
    `an environment's name ${what} is refused with its JSON`,
    { env: `{"env_name": ${value}}` },
    `Cannot read f: env_args: env_name is ${shown}, lift needs Lift`,
  );
}

refuses(
  "an absent name of an environment is refused as missing",
  { env: "{}" },
  "Cannot read f: env_args: env_name is missing, lift needs Lift",
);

refuses(
  "next observations are checked though they are not used",
  {
    change: (root) => {
      const next = root.create_group("data/demo_0/next_obs");
      for (const [name, width] of [["robot0_eef_pos", 3], ["robot0_eef_quat", 4]] as const) {
        const data = new Float64Array(4 * width).fill(width === 4 ? NaN : 0);
        next.create_dataset({ name, data, shape: [4, width] });
      }
    },
  },
  "Cannot read f: data/demo_0/next_obs/robot0_eef_quat: row 0, column 0 is NaN",
);
