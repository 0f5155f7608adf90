import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { Deflate } from "fflate";
import { ready } from "h5wasm";
import { bytesSource } from "../../../src/data/formats/byte_source.ts";
import { type Hdf5File, withHdf5 } from "../../../src/data/formats/hdf5.ts";
import type { Limits } from "../../../src/data/formats/limits.ts";
import { FormatError } from "../../../src/provenance/format_error.ts";
import { type StoredTensor, toFloat64 } from "../../../src/provenance/stored_tensor.ts";
import { fixture, fixtureJson } from "../fixture_files.ts";
import { hdf5Bytes } from "../hdf5_writer.ts";

const open = <T>(name: string, body: (file: Hdf5File) => T, limits?: Limits): Promise<T> =>
  withHdf5(bytesSource(fixture(name), name), body, limits);

const MIB = 2 ** 20;

const expected = fixtureJson("hdf5_features_expected.json");
const A: number[] = expected.A.flat();
const number = (value: unknown): number[] => Array.from(toFloat64(value as StoredTensor));

for (const name of ["hdf5_features", "hdf5_features_latest"]) {
  Deno.test(`hdf5 reads every feature of ${name}`, () =>
    open(`${name}.hdf5`, (file) => {
      const names = file.namesIn("");
      const floats = names.filter((n) => n.endsWith("_f64") || n === "soft" || n === "hard");
      assertEquals(floats.length, 5);
      for (const path of floats) {
        assertEquals(file.read(path), { dtype: "F64", shape: [37, 5], data: Float64Array.from(A) });
      }
      assertEquals(file.read("gzip_shuffle_fletcher_f32").data, Float32Array.from(A));
      assertEquals(file.read("extendable").data, Float64Array.from(A.slice(0, 23 * 5)));
      assertEquals(Array.from(file.read("i64").data as BigInt64Array, String), expected.i64);
      assertEquals(Array.from(file.read("u64").data as BigUint64Array, String), expected.u64);
      const unwritten = [...Array(12).fill(2), ...Array(24).fill(-1.5)];
      assertEquals(number(file.read("unwritten_chunks")), unwritten);
      assertEquals(file.readStrings("fixed_strings"), expected.fixed_strings);
      assertEquals(file.readStrings("vlen_strings"), expected.vlen_strings);
      const many = file.namesIn("many");
      assertEquals(many.length, 60);
      for (const item of many) {
        assertEquals(number(file.read(`many/${item}`)), [Number(item.slice(5))]);
      }
      assertEquals(file.read("scalar"), { dtype: "F64", shape: [], data: Float64Array.of(3.25) });
      assertEquals(file.read("empty_rows").shape, expected.empty_rows_shape);
      assertEquals(file.read("bool").dtype, "BOOL");
      assertEquals(file.read("i8").dtype, "I8");
      assertEquals(file.read("u16").dtype, "U16");
      assertEquals(file.read("compact_i32").dtype, "I32");
    }));

  Deno.test(`hdf5 reads every attribute of ${name}`, () =>
    open(`${name}.hdf5`, (file) => {
      const attrs = expected.attrs;
      assertEquals(file.attribute("", "text"), attrs.text);
      assertEquals(file.attribute("", "empty_text"), attrs.empty_text);
      assertEquals(number(file.attribute("", "number")), [attrs.number]);
      assertEquals(number(file.attribute("", "vector")), attrs.vector);
      assertEquals(number(file.attribute("", "flag")), [1]);
      const long = file.attribute("", "long_text") as string;
      assertEquals(long.length, attrs.long_text_length[name]);
      assertEquals(file.attribute("", "absent"), undefined);
    }));
}

Deno.test("hdf5 refuses what it cannot read exactly, with the path and the reason", async () => {
  const reasons: [file: string, path: string, reason: string][] = [
    ["hdf5_features", "float16", "float16: float type of 16 bits is not a supported number type"],
    ["hdf5_features", "fixed_strings", "fixed_strings: string type"],
    ["hdf5_features", "many", "many: is a group"],
    ["hdf5_features", "many/none", "many/none: missing"],
    ["hdf5_features", "scalar/inside", "scalar/inside: missing"],
    ["hostile/hdf5_truncated", "data", "superblock: says the file has 18376 bytes, found 11025"],
    ["hostile/hdf5_not_hdf5", "data", "not HDF5, the signature is missing"],
    ["hostile/hdf5_lzf", "data/demo_0/actions", "data/demo_0/actions: filter lzf (id 32000)"],
    [
      "hostile/hdf5_fletcher_mismatch",
      "data/demo_0/states",
      "data/demo_0/states: filter returned failure during read",
    ],
    ["hostile/hdf5_declared_huge", "data/demo_0/obs/huge", "declares 70368744177664 bytes"],
    [
      "hostile/hdf5_external_link",
      "data/demo_0/actions",
      `is an external link to "../outside.hdf5", these are not followed`,
    ],
  ];
  for (const [name, path, reason] of reasons) {
    await assertRejects(() => open(`${name}.hdf5`, (file) => file.read(path)), FormatError, reason);
  }
});

Deno.test("hdf5 obeys the caller's limits", async () => {
  const limits = { maxBytes: 1000, maxRatio: Infinity };
  await assertRejects(
    () => open("hdf5_features.hdf5", (file) => file.read("gzip_f64"), limits),
    FormatError,
    "gzip_f64: declares 1480 bytes, the limit is 1000",
  );
});

Deno.test("hdf5 reads other keys of a file with a refused one", () =>
  open("hostile/hdf5_declared_huge.hdf5", (file) => {
    assertEquals(file.read("data/demo_0/actions").shape, [6, 7]);
  }));

/** A file of the oldest version behind a block of 512 bytes that belongs to the user. */
function withUserBlock(bytes: Uint8Array, base: bigint): Uint8Array {
  const out = new Uint8Array(512 + bytes.length), view = new DataView(out.buffer);
  out.set(bytes, 512);
  view.setBigUint64(512 + 24, base, true);
  view.setBigUint64(512 + 40, BigInt(bytes.length) + base, true);
  return out;
}

for (const [base, how] of [[512n, "that it knows of"], [0n, "put before it later"]] as const) {
  Deno.test(`hdf5 reads a file behind a user block ${how}, and finds it cut`, async () => {
    const bytes = withUserBlock(fixture("hdf5_features.hdf5"), base);
    const scalar = (file: Hdf5File) => number(file.read("scalar"));
    assertEquals(await withHdf5(bytesSource(bytes, "f"), scalar), [3.25]);
    await assertRejects(
      () => withHdf5(bytesSource(bytes.subarray(0, -1), "f"), scalar),
      FormatError,
      "it is cut",
    );
  });
}

Deno.test("hdf5 refuses what is shorter than a superblock", async () => {
  const bytes = fixture("hdf5_features.hdf5").slice(0, 64), version = 8, sizeOfAddresses = 13;
  bytes[version] = 1, bytes[sizeOfAddresses] = 8;
  for (let size = 0; size < 64; size++) {
    await assertRejects(
      () => withHdf5(bytesSource(bytes.subarray(0, size), "f"), () => {}),
      FormatError,
      "not HDF5",
      String(size),
    );
  }
});

Deno.test("the HDF5 library finds no device that external storage could name", async () => {
  await open("hdf5_features.hdf5", () => {});
  const { FS } = await ready;
  assertEquals(FS.readdir("/dev"), [".", "..", "shm"]);
});

Deno.test("links to one object have one address", () =>
  open("hostile/hdf5_hardlink_cycle.hdf5", (file) => {
    assertEquals(file.addressOf("data/demo_1"), file.addressOf("data"));
    assertEquals(file.addressOf("data/demo_1/demo_0"), file.addressOf("data/demo_0"));
    assertEquals(file.addressOf("data/demo_0") === file.addressOf("data"), false);
    assertThrows(() => file.addressOf("none"), FormatError, "none: missing");
  }));

Deno.test("hdf5 refuses a data set in very many chunks", async () => {
  const bytes = hdf5Bytes((root) => {
    const data = Float32Array.of(1), shape = [1];
    root.create_dataset({ name: "x", data, shape, chunks: [1], maxshape: [1_000_000] })
      .resize([300_001]);
  });
  await assertRejects(
    () => withHdf5(bytesSource(bytes, "f"), (file) => file.read("x")),
    FormatError,
    "x: has 300001 chunks, the limit is 300000",
  );
});

Deno.test("hdf5 reads a data set in more chunks than it fetches at once", async () => {
  const data = Float32Array.from({ length: 20_000 }, (_, i) => i);
  const bytes = hdf5Bytes((root) =>
    root.create_dataset({ name: "x", data, shape: [10_000, 2], chunks: [1, 1] })
  );
  const growth = (await ready).HEAPU8.length;
  const read = (file: Hdf5File) => file.read("x").data;
  assertEquals(await withHdf5(bytesSource(bytes, "f"), read), data);
  assertEquals((await ready).HEAPU8.length - growth <= 96 * MIB, true);
});

/** Reads a data set of chunks of one number that were never written. */
async function readUnwritten(shape: readonly number[], times: number): Promise<void> {
  const bytes = hdf5Bytes((root) => {
    const first = shape.map(() => 1), data = Float32Array.of(1);
    for (let i = 0; i < times; i++) {
      const maxshape = shape.map(() => null) as unknown as number[];
      root.create_dataset({ name: `x${i}`, data, shape: first, chunks: first, maxshape })
        .resize([...shape]);
    }
  });
  await withHdf5(bytesSource(bytes, "f"), (file) => {
    for (let i = 0; i < times; i++) file.verify(`x${i}`);
  });
}

Deno.test("hdf5 refuses crowds of chunks that nobody wrote", async () => {
  await assertRejects(
    () => readUnwritten([2, 8193], 1),
    FormatError,
    "x0: has 8193 chunks side by side, the limit is 8192",
  );
  await assertRejects(
    () => readUnwritten([20_000], 3),
    FormatError,
    "x2: with all before it has 60000 chunks, the limit is 50",
  );
});

/** How far the library's heap grew while a file was refused for a reason. */
async function growthUntil(
  bytes: Uint8Array,
  read: (file: Hdf5File) => unknown,
  reason: string,
): Promise<number> {
  const library = await ready, before = library.HEAPU8.length;
  await assertRejects(() => withHdf5(bytesSource(bytes, "f"), read), FormatError, reason);
  return library.HEAPU8.length - before;
}

/** Where the pointer to a text in the file's heap lies, which begins with the text's length. */
function pointerTo(length: number, bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer), text = new TextDecoder("latin1").decode(bytes);
  for (let at = 0; at + 16 <= bytes.length; at++) {
    const isLength = view.getUint32(at, true) === length;
    if (isLength && text.startsWith("GCOL", Number(view.getBigUint64(at + 4, true)))) return at;
  }
  throw new Error(`no pointer to a text of ${length} bytes`);
}

/** A list of strings of variable length, all of which are the same text in the file. */
function sharedText(count: number, length: number): Uint8Array {
  const data = ["x".repeat(length), ...Array(count - 1).fill("y")];
  const bytes = hdf5Bytes((root) => root.create_dataset({ name: "s", data }));
  const at = pointerTo(length, bytes);
  for (let i = 1; i < count; i++) bytes.copyWithin(at + 16 * i, at, at + 16);
  return bytes;
}

Deno.test("hdf5 refuses many strings that share one long text, in bounded memory", async () => {
  const strings = (file: Hdf5File) => file.readStrings("s");
  const some = sharedText(900, 20_000), reason = "Cannot read f: s: holds more than 16777216 bytes";
  assertEquals(await growthUntil(some, strings, reason) <= 96 * MIB, true);
  const many = sharedText(4000, 60_000),
    growth = await growthUntil(many, strings, "needs more memory");
  assertEquals(growth <= 96 * MIB, true);
});

Deno.test("hdf5 does not allocate what a text only declares", async () => {
  const bytes = hdf5Bytes((root) =>
    root.create_dataset({ name: "s", data: ["x".repeat(777), "y"] })
  );
  new DataView(bytes.buffer).setUint32(pointerTo(777, bytes), 0x60000000, true);
  const growth = await growthUntil(
    bytes,
    (file) => file.readStrings("s"),
    "Cannot read f: s: needs more memory than it declares",
  );
  assertEquals(growth <= 96 * MIB, true);
});

Deno.test("hdf5 refuses more strings than any list of names has", async () => {
  const bytes = hdf5Bytes((root) =>
    root.create_dataset({ name: "s", data: Array(65537).fill("a"), dtype: "S1" })
  );
  await assertRejects(
    () => withHdf5(bytesSource(bytes, "f"), (file) => file.readStrings("s")),
    FormatError,
    "s: declares 65537 strings, the limit is 65536",
  );
});

Deno.test("hdf5 reads more strings than it fetches at once", async () => {
  const data = Array.from({ length: 9000 }, (_, i) => `demo_${i}`);
  const bytes = hdf5Bytes((root) => root.create_dataset({ name: "s", data }));
  const read = (file: Hdf5File) => file.readStrings("s");
  assertEquals(await withHdf5(bytesSource(bytes, "f"), read), data);
});

/** The beginning of a zlib stream of so many mebibytes of zeros. */
function zerosDeflated(mebibytes: number): Uint8Array {
  const parts: Uint8Array[] = [], deflate = new Deflate((part) => parts.push(part));
  deflate.push(new Uint8Array(MIB));
  deflate.flush(true);
  const block = parts.flatMap((part) => Array.from(part));
  return Uint8Array.from([0x78, 0x9c, ...Array.from({ length: mebibytes }, () => block).flat()]);
}

Deno.test("hdf5 stops at a chunk that inflates to far more than it declares", async () => {
  const bomb = zerosDeflated(200);
  const bytes = hdf5Bytes((root) => {
    root.create_dataset({ name: "bomb", data: bomb });
    const x = { data: Float64Array.of(1, 2, 3, 4), shape: [2, 2], chunks: [2, 2] };
    root.create_dataset({ name: "x", ...x, compression: 9 });
  });
  // The only key of the index of chunks: bytes stored, filter mask, offsets (3), address.
  const latin1 = new TextDecoder("latin1"), view = new DataView(bytes.buffer);
  const text = latin1.decode(bytes), key = text.indexOf("TREE\x01") + 24;
  view.setUint32(key, bomb.length, true);
  view.setBigUint64(key + 32, BigInt(text.indexOf(latin1.decode(bomb))), true);
  const read = (file: Hdf5File) => file.read("x");
  const growth = await growthUntil(bytes, read, "x: needs more memory than it declares");
  assertEquals(growth <= 97 * MIB, true);
});
