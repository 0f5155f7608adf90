import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { FormatError } from "../../../src/provenance/format_error.ts";
import { encode, type StoredTensor, toFloat64 } from "../../../src/provenance/stored_tensor.ts";
import { bytesSource } from "../../../src/data/formats/byte_source.ts";
import { parseNpy } from "../../../src/data/formats/npy.ts";
import { formatNpz, openNpz, parseNpz } from "../../../src/data/formats/npz.ts";
import { fixture, fixtureJson } from "../fixture_files.ts";

const expected = fixtureJson("npz_expected.json");
const rows = (t: StoredTensor): number[][] => {
  const values = Array.from(toFloat64(t)), width = t.shape[1];
  return Array.from({ length: t.shape[0] }, (_, i) => values.slice(i * width, (i + 1) * width));
};

Deno.test("npz reads every number type, byte order, memory order and shape", () => {
  const npz = openNpz(bytesSource(fixture("npz_dtypes.npz"), "npz_dtypes.npz"));
  for (const name of ["f64", "fortran", "big_endian"]) {
    assertEquals(rows(npz.read(name)), expected.B);
  }
  assertEquals(rows(npz.read("f32")), expected.f32);
  assertEquals(rows(npz.read("f16")), expected.f16);
  assertEquals(Array.from(npz.read("i64").data as BigInt64Array, String), expected.i64);
  assertThrows(() => toFloat64(npz.read("i64")), RangeError, "-9007199254740993 lies beyond 2^53");
  assertEquals(Array.from(npz.read("u8").data as Uint8Array), expected.u8);
  assertEquals(Array.from(npz.read("bool").data as Uint8Array, Boolean), expected.bool);
  assertEquals(npz.read("scalar"), { dtype: "F64", shape: [], data: Float64Array.of(2.5) });
  assertEquals(npz.read("empty").shape, expected.empty_shape);
  assertEquals(npz.read("nonfinite").data, Float64Array.of(NaN, Infinity, -Infinity, -0));
  assertThrows(() => npz.read("unicode"), FormatError, `entry "unicode": dtype "<U4" is not a`);
});

Deno.test("npz reads zip64 fields and data descriptors, npy every header version", () => {
  for (const file of ["npz_streamed.npz", "npz_zip64_datadescriptor.npz"]) {
    assertEquals(rows(parseNpz(fixture(file)).get("states")!), expected.B);
  }
  for (const file of ["plain_v1.npy", "plain_v2.npy", "plain_v3.npy"]) {
    assertEquals(rows(parseNpy(fixture(file))), expected.B);
  }
});

Deno.test("npz refuses damaged and malicious files with the entry and the reason", () => {
  const reasons: Record<string, string> = {
    npz_truncated: "zip directory: not found",
    npz_object_array: `entry "states": dtype object ("|O") is a Python pickle`,
    npz_bomb: `entry "states.npy": declares 50000128 bytes in 48691 stored`,
    npz_bad_crc: `entry "states.npy": CRC-32 is 276b2ece, the directory says 84ce21a1`,
    npz_shape_too_large: `entry "states": F64 of shape (1000,1000) needs 8000000 bytes, 32 follow`,
    npz_trailing_bytes: `entry "states": F64 of shape (4,3) needs 96 bytes, 160 follow`,
    npz_header_expression: `entry "states": header is not a literal dict: "__import__('os')`,
    npz_structured_dtype: `entry "states": descr "[('a', '<f4'), ('b', '<i4')]" is a record`,
    npz_parent_path: `entry "../../escape.npy": is not a plain relative name`,
    npz_proto_name: `entry "__proto__.npy": is no name of an array`,
    npz_encrypted_flag: `entry "states.npy": is encrypted`,
    npz_overlapping_entries: `entry "clones.npy": its local header says "states.npy"`,
  };
  for (const [file, reason] of Object.entries(reasons)) {
    const bytes = fixture(`hostile/${file}.npz`);
    assertThrows(
      () => parseNpz(bytes, `${file}.npz`),
      FormatError,
      `Cannot read ${file}.npz: ${reason}`,
    );
  }
});

Deno.test("npz obeys the caller's limits before it inflates anything", () => {
  const bomb = fixture("hostile/npz_bomb.npz");
  const limits = { maxBytes: 16 * 2 ** 20, maxRatio: Infinity };
  assertThrows(() => parseNpz(bomb, "bomb", limits), FormatError, "the limit is 16777216");
  const free = parseNpz(bomb, "bomb", { maxBytes: 2 ** 30, maxRatio: 2000 });
  assertEquals(free.get("states")!.data.length * 8, 50_000_000);
});

Deno.test("npz refuses many small bombs and a crowd of entries before it inflates anything", () => {
  const zeros = { dtype: "F64", shape: [2 ** 20], data: new Float64Array(2 ** 20) } as const;
  const bombs = formatNpz(Array.from({ length: 5 }, (_, i) => [`x${i}`, zeros]), {
    compress: true,
  });
  assertThrows(() => parseNpz(bombs), FormatError, "Cannot read npz: all entries: declares 41943");
  const none = { dtype: "U8", shape: [0], data: new Uint8Array(0) } as const;
  const crowd = formatNpz(Array.from({ length: 10_001 }, (_, i) => [`x${i}`, none]));
  assertThrows(() => parseNpz(crowd), FormatError, "holds 10001 entries, the limit is 10000");
});

const stored: fc.Arbitrary<StoredTensor> = fc.oneof(
  fc.float32Array().map((data) => ({ dtype: "F32" as const, shape: [data.length], data })),
  fc.float64Array().map((data) => ({ dtype: "F64" as const, shape: [1, data.length], data })),
  fc.bigInt64Array().map((data) => ({ dtype: "I64" as const, shape: [data.length, 1], data })),
  fc.uint8Array({ max: 1 }).map((data) => ({ dtype: "BOOL" as const, shape: [data.length], data })),
);
const files = fc.uniqueArray(
  fc.tuple(fc.stringMatching(/^[a-z_]{1,8}$/).filter((name) => name !== "__proto__"), stored),
  { selector: ([name]) => name },
);

Deno.test("reading a written npz gives every bit back, compressed or not", () => {
  fc.assert(fc.property(files, fc.boolean(), (arrays, compress) => {
    const bytes = formatNpz(arrays, { compress });
    assertEquals(formatNpz(arrays, { compress }), bytes);
    const read = parseNpz(bytes);
    assertEquals([...read.keys()], arrays.map(([name]) => name));
    for (const [name, { dtype, shape, data }] of arrays) {
      const back = read.get(name)!;
      assertEquals([back.dtype, back.shape], [dtype, shape]);
      assertEquals(encode(back.data), encode(data));
    }
  }));
});

Deno.test("any bytes are either an npz or refused with a FormatError", () => {
  const good = ["dppo_hopper/normalization_compressed.npz", "npz_zip64_datadescriptor.npz"].map(
    fixture,
  );
  const mutated = fc.constantFrom(...good).chain((bytes) =>
    fc.tuple(
      fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }),
      fc.oneof({ weight: 3, arbitrary: fc.constant(bytes.length) }, fc.nat(bytes.length)),
    ).map(([edits, size]) => {
      const copy = bytes.slice();
      for (const [at, value] of edits) copy[at] = value;
      return copy.subarray(0, size);
    })
  );
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), mutated), (bytes) => {
      try {
        parseNpz(bytes);
      } catch (error) {
        if (!(error instanceof FormatError)) throw error;
      }
    }),
    { numRuns: 2000 },
  );
  assertEquals(Object.keys(Object.prototype), []);
});
