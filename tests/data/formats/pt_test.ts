import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { zipSync } from "fflate";
import { bytesSource } from "../../../src/data/formats/byte_source.ts";
import type { PickleValue } from "../../../src/data/formats/pickle.ts";
import { openPt, type PtFile } from "../../../src/data/formats/pt.ts";
import { TorchTensor } from "../../../src/data/formats/torch_types.ts";
import { FormatError } from "../../../src/provenance/format_error.ts";
import type { DType } from "../../../src/provenance/stored_tensor.ts";
import { fixture, fixtureJson } from "../fixture_files.ts";

const open = (name: string): PtFile => openPt(bytesSource(fixture(name), name));
const dict = (value: PickleValue | undefined): Map<PickleValue, PickleValue> =>
  value as Map<PickleValue, PickleValue>;
/** Reads every tensor of a dict. */
const readAll = (file: PtFile) =>
  [...dict(file.root)].map(([name, t]) => file.read(t as TorchTensor, String(name)));

const DTYPES: Readonly<Record<string, DType>> = {
  float64: "F64",
  float32: "F32",
  float16: "F16",
  bfloat16: "BF16",
  int64: "I64",
  int32: "I32",
  int16: "I16",
  int8: "I8",
  uint8: "U8",
  bool: "BOOL",
};

Deno.test("pt reads every number type and every kind of view", () => {
  const expected = fixtureJson("tensors_misc_expected.json"), file = open("tensors_misc.pt");
  const tensors = dict(dict(file.root).get("tensors"));
  assertEquals([...tensors.keys()], Object.keys(expected.tensors));
  for (const [name, value] of tensors) {
    const { dtype, shape, values } = expected.tensors[String(name)];
    const t = file.read(value as TorchTensor, String(name));
    assertEquals([t.dtype, t.shape], [DTYPES[dtype], shape]);
    const wanted = [values].flat(Infinity);
    assertEquals(
      Array.from(t.data as Iterable<number | bigint>, (v) => typeof v === "bigint" ? `${v}` : v),
      wanted,
    );
  }
});

Deno.test("pt reads scalars, long integers and nested containers", () => {
  const { scalars } = fixtureJson("tensors_misc_expected.json");
  const root = dict(open("tensors_misc.pt").root), nested = dict(root.get("nested"));
  for (const key of ["step", "neg", "lr", "flag", "none", "name", "tuple"]) {
    assertEquals(root.get(key), scalars[key]);
  }
  assertEquals(root.get("big"), BigInt(scalars.big));
  assertEquals(nested.get("list"), scalars.nested.list);
  assertEquals(nested.get("empty"), scalars.nested.empty);
});

Deno.test("pt refuses malicious and damaged files with the place and the reason", () => {
  const reasons: Record<string, string> = {
    pt_truncated: "zip directory: not found",
    pt_os_system: `global "os system" is not allowed`,
    pt_whole_module: `global "torch.nn.modules.container Sequential" is not allowed`,
    pt_view_out_of_bounds:
      `tensor "w": shape [100,100] reaches element 9999 of storage data/0, which has 4`,
    pt_storage_shorter_than_declared: "storage data/0 declares 1000 F32 values, its entry holds 16",
    pt_missing_storage: "storage data/7 is missing",
    pt_unknown_storage_type: `global "torch ComplexDoubleStorage" is not allowed`,
    pt_memo_missing: "reads memo entry 9, which was never stored",
    pt_shared_reference_bomb: "ends with 41 values on the stack",
    pt_big_length: "needs 4294967295 bytes, 3 are left",
  };
  for (const [name, reason] of Object.entries(reasons)) {
    assertThrows(() => readAll(open(`hostile/${name}.pt`)), FormatError, reason);
  }
});

Deno.test("pt names the legacy format", () => {
  const bytes = Uint8Array.of(0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a);
  assertThrows(() => openPt(bytesSource(bytes, "old.pt")), FormatError, "legacy format");
});

Deno.test("pt keeps a dict that holds itself as one dict", () => {
  const self = dict(open("hostile/pt_self_reference.pt").root);
  assertEquals(self.get("model") === self, true);
});

Deno.test("pt keeps a key __proto__ as data", () => {
  const file = open("hostile/pt_proto_key.pt"), root = dict(file.root);
  assertEquals(root.has("__proto__"), true);
  assertEquals(file.read(root.get("w") as TorchTensor, "w").data, Float32Array.of(0, 1, 2, 3));
  assertEquals(({} as { polluted?: unknown }).polluted, undefined);
});

/** A checkpoint with the given pickle and four floats of storage. */
const withPickle = (pickle: Uint8Array): Uint8Array =>
  zipSync({ "a/data.pkl": pickle, "a/data/0": new Uint8Array(16) }, { level: 0 });

Deno.test("pt refuses a pickle that is large for what it may hold", () => {
  const pickle = new Uint8Array(2 ** 20 + 1);
  assertThrows(
    () => openPt(bytesSource(withPickle(pickle), "f.pt")),
    FormatError,
    "Cannot read f.pt: data.pkl: declares 1048577 bytes, the limit is 1048576",
  );
});

Deno.test("pt names a TorchScript archive and what to do with it", () => {
  const empty = new Uint8Array(0);
  const script = zipSync({ "a/data.pkl": empty, "a/constants.pkl": empty, "a/code/a.py": empty });
  assertThrows(
    () => openPt(bytesSource(script, "f.pt")),
    FormatError,
    "Cannot read f.pt: is a TorchScript archive of torch.jit.save, load it in PyTorch and save its " +
      "state_dict() with torch.save",
  );
});

/** A pickle of {"w": a view of four floats} whose tensor has the given metadata and storage key. */
function tensorPickle(metadata: string, key: string): Uint8Array {
  const text = (s: string) => `X${String.fromCharCode(s.length)}\0\0\0${s}`;
  const storage = `(${text("storage")}ctorch\nFloatStorage\n${text(key)}${text("cpu")}K\x04tQ`;
  const sizes = "K\0K\x04\x85K\x01\x85\x89ccollections\nOrderedDict\n)R";
  const call = `ctorch._utils\n_rebuild_tensor_v2\n(${storage}${sizes}${metadata}tR`;
  return Uint8Array.from(`\x80\x02}${text("w")}${call}s.`, (c) => c.charCodeAt(0));
}

Deno.test("pt refuses a lazily negated tensor and a storage with an endless number", () => {
  const read = (pickle: Uint8Array) => openPt(bytesSource(withPickle(pickle), "f.pt"));
  assertEquals(read(tensorPickle("", "0")).root instanceof Map, true);
  const negated = tensorPickle("}X\x03\0\0\0neg\x88s", "0");
  assertThrows(() => read(negated), FormatError, "a tensor with metadata");
  const endless = tensorPickle("", "0".repeat(11));
  assertThrows(() => read(endless), FormatError, "a storage without a known type and a number");
});

Deno.test("any pickle is either read or refused with a FormatError", () => {
  const valid = ["hostile/pt_proto_key.pt", "tensors_misc.pt"].map((name) => {
    const bytes = fixture(name), start = bytes.indexOf(0x80);
    return bytes.slice(start, start + 2000);
  });
  const mutated = fc.constantFrom(...valid).chain((bytes) =>
    fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { maxLength: 6 }).map((edits) => {
      const copy = bytes.slice();
      for (const [at, value] of edits) copy[at] = value;
      return copy;
    })
  );
  const opcodes = fc.array(
    fc.constantFrom(
      0x28,
      0x4e,
      0x4b,
      0x5d,
      0x61,
      0x65,
      0x29,
      0x74,
      0x85,
      0x7d,
      0x73,
      0x75,
      0x71,
      0x68,
      0x52,
      0x62,
      0x51,
      0x94,
      0x88,
    ),
    { maxLength: 40 },
  ).map((codes) => Uint8Array.from([0x80, 2, ...codes, 0x2e]));
  fc.assert(
    fc.property(fc.oneof(mutated, opcodes), (pickle) => {
      try {
        const file = openPt(bytesSource(withPickle(pickle), "f.pt"));
        if (!(file.root instanceof Map)) return;
        for (const [, t] of file.root) if (t instanceof TorchTensor) file.read(t, "t");
      } catch (error) {
        if (!(error instanceof FormatError)) throw error;
      }
    }),
    { numRuns: 2000 },
  );
  assertEquals(Object.keys(Object.prototype), []);
});
