import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { FormatError } from "../../src/provenance/format_error.ts";
import { paramsFrom, paramsToSafetensors } from "../../src/provenance/params_file.ts";
import { formatSafetensors, parseSafetensors } from "../../src/provenance/safetensors.ts";
import { encode, type StoredTensor } from "../../src/provenance/stored_tensor.ts";
import { paramsOf } from "../../src/tensor/params.ts";
import { tensor } from "../../src/tensor/tensor.ts";

/** A file made of a header text and a number of data bytes. */
function fileOf(header: string, dataBytes: number): Uint8Array {
  const text = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + text.length + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}

const entry = (dtype: string, shape: unknown, offsets: unknown) =>
  JSON.stringify({ dtype, shape, data_offsets: offsets });

const stored: fc.Arbitrary<StoredTensor> = fc.oneof(
  fc.float32Array().map((data) => ({ dtype: "F32" as const, shape: [data.length], data })),
  fc.float64Array().map((data) => ({ dtype: "F64" as const, shape: [1, data.length], data })),
  fc.bigInt64Array().map((data) => ({ dtype: "I64" as const, shape: [data.length, 1], data })),
  fc.uint8Array({ max: 1 }).map((data) => ({
    dtype: "BOOL" as const,
    shape: [data.length],
    data,
  })),
  fc.uint16Array().map((data) => ({ dtype: "U16" as const, shape: [data.length], data })),
);
const names = fc.string({ unit: "grapheme" }).filter((name) => name !== "__metadata__");

Deno.test("reading what was written gives every bit back", () => {
  fc.assert(fc.property(
    fc.uniqueArray(fc.tuple(names, stored), { selector: ([name]) => name }),
    fc.dictionary(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" })),
    (tensors, metadata) => {
      const bytes = formatSafetensors(tensors, metadata);
      assertEquals(formatSafetensors(tensors, metadata), bytes);
      const read = parseSafetensors(bytes);
      assertEquals({ ...read.metadata }, { ...metadata });
      assertEquals(read.tensors.size, tensors.length);
      for (const [name, { dtype, shape, data }] of tensors) {
        const back = read.tensors.get(name)!;
        assertEquals([back.dtype, back.shape], [dtype, shape]);
        assertEquals(encode(back.data), encode(data));
      }
    },
  ));
});

Deno.test("written tensors are aligned to their element size", () => {
  const bytes = formatSafetensors([
    ["a", { dtype: "U8", shape: [3], data: Uint8Array.of(1, 2, 3) }],
    ["b", { dtype: "F64", shape: [], data: Float64Array.of(0.5) }],
    ["c", { dtype: "F32", shape: [1], data: Float32Array.of(2) }],
  ]);
  const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
  assertEquals(length % 8, 0);
  assertEquals([header.b, header.c, header.a].map((e) => e.data_offsets), [[0, 8], [8, 12], [
    12,
    15,
  ]]);
});

Deno.test("hostile headers are refused with the tensor and the reason", () => {
  const cases: [Uint8Array, string][] = [
    [new Uint8Array(0), "header: 0 bytes, need at least 8"],
    [fileOf(`{`, 0), "not JSON"],
    [fileOf(`[]`, 0), "header: not a JSON object"],
    [fileOf(` {}`, 0), "header: not a JSON object"],
    [fileOf(`{}`, 8), "data: 8 bytes after the last tensor"],
    [fileOf(`{"a":3}`, 0), `tensor "a": entry is not an object`],
    [fileOf(`{"a":${entry("F7", [0], [0, 0])}}`, 0), `dtype "F7" is not supported`],
    [fileOf(`{"a":${entry("F32", [3, 3], [0, 16])}}`, 16), "needs 36 bytes"],
    [fileOf(`{"a":${entry("F32", [4], [16, 0])}}`, 16), "[16, 0] are reversed"],
    [fileOf(`{"a":${entry("F32", [-4], [0, 16])}}`, 16), "shape [-4] is not made of sizes"],
    [fileOf(`{"a":${entry("F32", [2 ** 40, 2 ** 40], [0, 16])}}`, 16), "not made of sizes"],
    [fileOf(`{"a":${entry("F32", [4], [0, 16.5])}}`, 16), "data_offsets are not two sizes"],
    [fileOf(`{"a":${entry("F32", [4], [0, 16])}}`, 8), "ends at byte 16, the data section has 8"],
    [fileOf(`{"a":${entry("F32", [2], [8, 16])}}`, 16), "bytes [0, 8) before it belong to no"],
    [
      fileOf(`{"a":${entry("F32", [4], [0, 16])},"b":${entry("F32", [4], [8, 24])}}`, 24),
      `tensor "b": bytes [8, 24) overlap`,
    ],
    [
      fileOf(`{"a":${entry("F32", [1], [0, 4])},"a":${entry("F32", [1], [0, 4])}}`, 4),
      `"a": key given twice`,
    ],
    [fileOf(`{"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0],"x":1}}`, 0), "unknown field"],
    [fileOf(`{"__metadata__":{"n":1}}`, 0), `__metadata__ "n": only strings`],
    [
      fileOf(`{"a":${entry("BOOL", [1], [0, 1])}}`, 1).fill(2, -1),
      `tensor "a": boolean 0 is 2`,
    ],
  ];
  const huge = fileOf("{}", 0);
  new DataView(huge.buffer).setBigUint64(0, 1n << 60n, true);
  cases.push([huge, "header: declares 1152921504606846976 bytes"]);
  for (const [bytes, message] of cases) {
    assertThrows(() => parseSafetensors(bytes, "x.safetensors"), FormatError, message);
  }
});

Deno.test("a tensor named __proto__ is data and touches no prototype", () => {
  const bytes = fileOf(`{"__proto__":${entry("F32", [2], [0, 8])}}`, 8);
  const { tensors } = parseSafetensors(bytes);
  assertEquals([...tensors.keys()], ["__proto__"]);
  assertEquals((Object.prototype as { dtype?: unknown }).dtype, undefined);
});

Deno.test("any bytes are either read or refused with a FormatError", () => {
  const good = paramsToSafetensors(paramsOf({ w: tensor([2, 2], [1, 2, 3, 4]) }), { k: "v" });
  const mutated = fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1 })
    .map((edits) =>
      edits.reduce((bytes, [at, value]) => bytes.fill(value, at, at + 1), good.slice())
    );
  fc.assert(fc.property(fc.oneof(fc.uint8Array(), mutated), (bytes) => {
    try {
      parseSafetensors(bytes);
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
    }
  }));
});

Deno.test("parameters survive a file and must match the network", () => {
  const params = paramsOf({ "1": tensor([2], [1, 2]), "0": tensor([1, 2], [3, 4]) });
  const { tensors } = parseSafetensors(paramsToSafetensors(params));
  assertEquals(paramsFrom(tensors), params);
  assertEquals(paramsFrom(tensors, { layout: params.layout }), params);
  const other = (leaves: Parameters<typeof paramsOf>[0], message: string) =>
    assertThrows(
      () => paramsFrom(tensors, { layout: paramsOf(leaves).layout }),
      FormatError,
      message,
    );
  other({ "1": tensor([2], [1, 2]) }, `tensor "0": the network has no such leaf`);
  const { "1": one, "0": zero } = { "1": tensor([2], [1, 2]), "0": tensor([2, 1], [3, 4]) };
  other({ "1": one, "0": zero }, `tensor "0": shape [1,2], the network has [2,1]`);
  other({ "1": one, "0": tensor([1, 2], [3, 4]), b: one }, `tensor "b": missing`);
});
