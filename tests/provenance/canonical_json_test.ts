import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { canonicalJson } from "../../src/provenance/canonical_json.ts";
import { digestOf, sha256 } from "../../src/provenance/digest.ts";
import type { Json } from "../../src/provenance/strict_json.ts";

Deno.test("canonicalJson() writes the example of RFC 8785, section 3.2.2", () => {
  const value = {
    numbers: [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
    string: "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
    literals: [null, true, false],
  };
  const expected =
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
    '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}';
  assertEquals(canonicalJson(value), expected);
});

Deno.test("canonicalJson() sorts keys by UTF-16 code units, as RFC 8785, section 3.2.3", () => {
  const keys = ["\u20ac", "\r", "\ufb33", "1", "\ud83d\ude00", "\u0080", "\u00f6"];
  const text = canonicalJson(Object.fromEntries(keys.map((key) => [key, 0])));
  assertEquals(Object.keys(JSON.parse(text)).sort(), [
    "\r",
    "1",
    "\u0080",
    "\u00f6",
    "\u20ac",
    "\ud83d\ude00",
    "\ufb33",
  ]);
  assertEquals([...text.matchAll(/"((?:\\.|[^"])*)"/g)].map((m) => JSON.parse(`"${m[1]}"`)), [
    "\r",
    "1",
    "\u0080",
    "\u00f6",
    "\u20ac",
    "\ud83d\ude00",
    "\ufb33",
  ]);
});

Deno.test("canonicalJson() is JSON and does not depend on the order of keys", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { noNullPrototype: true }), (value) => {
      const reversed = Object.fromEntries(Object.entries(value).reverse()) as Json;
      const text = canonicalJson(value as Json);
      assertEquals(text, canonicalJson(reversed));
      assertEquals(JSON.parse(text), JSON.parse(JSON.stringify(value)));
    }),
  );
});

Deno.test("canonicalJson() refuses what JSON cannot hold and says where it is", () => {
  for (const bad of [NaN, Infinity, undefined, "\ud800", new Map()]) {
    assertThrows(() => canonicalJson({ a: [bad] } as unknown as Json), TypeError, "$.a[0]");
  }
});

Deno.test("sha256() gives the digest of FIPS 180-2's first example", () => {
  const abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  assertEquals(sha256("abc"), abc);
  assertEquals(sha256(Uint8Array.of(97, 98, 99)), abc);
  assertEquals(digestOf({ b: 1, a: 2 }), sha256('{"a":2,"b":1}'));
});
