import { assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { digestOf } from "../../src/provenance/digest.ts";
import { blobsOf, restore, snapshot } from "../../src/provenance/snapshot.ts";

const array = fc.oneof(
  fc.float32Array(),
  fc.float64Array(),
  fc.int32Array(),
  fc.uint32Array(),
  fc.uint8Array(),
);
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    array,
    fc.double(),
    fc.string({ unit: "grapheme" }),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), tie("value"), {
      maxKeys: 3,
      noNullPrototype: true,
    }),
  ),
}));

const blobOf = (blobs: ReadonlyMap<string, Uint8Array>) => (digest: string) => blobs.get(digest)!;

Deno.test("restore() gives back what snapshot() took, -0, NaN and array types included", () => {
  fc.assert(fc.property(value, (original) => {
    const { tree, blobs } = snapshot(original);
    const parsed = JSON.parse(JSON.stringify(tree));
    const copy = restore(parsed, blobOf(blobs));
    assertEquals(copy, original);
    assertEquals(digestOf(snapshot(copy).tree), digestOf(tree));
    assertEquals(blobsOf(tree), new Set(blobs.keys()));
  }));
});

Deno.test("snapshot() gives different trees to arrays that differ in one bit or in their type", () => {
  const digest = (x: unknown) => digestOf(snapshot(x).tree);
  assertNotEquals(digest(Float32Array.of(0)), digest(Float32Array.of(-0)));
  assertNotEquals(digest(new Int32Array(2)), digest(new Uint32Array(2)));
});

Deno.test("snapshot() shares the blob of an array that occurs twice", () => {
  const segment = Float32Array.of(1, 2);
  assertEquals(snapshot({ a: segment, b: [segment] }).blobs.size, 1);
});

Deno.test("snapshot() refuses what it could not restore and says where it is", () => {
  assertThrows(() => snapshot({ a: [() => 1] }), TypeError, "value.a[0]");
  assertThrows(() => snapshot({ a: new Map() }), TypeError, "value.a");
  assertThrows(() => snapshot({ $array: 1 }), TypeError, "$array");
});

Deno.test("restore() refuses bytes that do not have their digest", () => {
  const { tree } = snapshot({ theta: Float32Array.of(1, 2) });
  assertThrows(() => restore(tree, () => new Uint8Array(8)), RangeError, "corrupt");
});
