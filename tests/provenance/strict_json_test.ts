import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { FormatError } from "../../src/provenance/format_error.ts";
import { parseJson } from "../../src/provenance/strict_json.ts";
import { fixture } from "../data/fixture_files.ts";

Deno.test("parseJson() reads what JSON.stringify writes", () => {
  const keys = fc.string({ unit: "grapheme" }).filter((key) => key !== "__proto__");
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: "small" },
      fc.constantFrom(null, true, false),
      fc.double({ noNaN: true, noDefaultInfinity: true }).filter((x) => Math.abs(x) < 2 ** 53),
      fc.string({ unit: "grapheme" }),
      fc.array(tie("value")),
      fc.dictionary(keys, tie("value"), { noNullPrototype: true }),
    ),
  }));
  fc.assert(fc.property(value, (json) => {
    const text = JSON.stringify(json);
    assertEquals(parseJson(text, "x.json"), JSON.parse(text));
  }));
});

Deno.test("parseJson() refuses what JSON.parse lets through", () => {
  const cases: [string | Uint8Array, string][] = [
    [`{"a":1,"a":2}`, `x.json: "a": key given twice in one object`],
    [`{"a":{"__proto__":1}}`, `"__proto__": this key is not allowed`],
    [`[1e999]`, "1e999: number overflows float64"],
    [`[9007199254740993]`, "9007199254740993: integer beyond 2^53"],
    [`["\\ud800"]`, "lone surrogate"],
    ["[".repeat(100) + "]".repeat(100), "nested deeper than 64"],
    [Uint8Array.of(0xef, 0xbb, 0xbf, 0x31), "byte-order mark"],
    [Uint8Array.of(0x22, 0xff, 0x22), "not valid UTF-8"],
    ["{'a':1}", "not JSON"],
    ["", "not JSON"],
  ];
  for (const [source, reason] of cases) {
    assertThrows(() => parseJson(source, "x.json"), FormatError, reason);
  }
});

Deno.test("equal keys in different objects are no duplicates", () => {
  assertEquals(parseJson(`{"a":{"a":1},"b":[{"a":2},{"a":3}],"s":"\\"a\\":"}`, "x"), {
    a: { a: 1 },
    b: [{ a: 2 }, { a: 3 }],
    s: `"a":`,
  });
});

Deno.test("hostile configurations are refused and change no prototype", () => {
  const reasons: Record<string, string> = {
    config_proto: `"__proto__": this key is not allowed`,
    config_duplicate_keys: `"lr": key given twice`,
    config_nan_literal: "not JSON",
    config_bom_utf16: "UTF-16 text with a byte-order mark",
    config_lone_surrogate: "not valid UTF-8",
  };
  for (const [name, reason] of Object.entries(reasons)) {
    assertThrows(() => parseJson(fixture(`hostile/${name}.json`), name), FormatError, reason);
  }
  assertEquals(({} as { polluted?: unknown }).polluted, undefined);
});

Deno.test("any text is either JSON or refused with a FormatError", () => {
  const shards = fc.array(
    fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      ":",
      ",",
      `"`,
      "\\",
      "a",
      "1",
      "-",
      "e",
      ".",
      " ",
      "null",
      "\\u12",
    ),
  ).map((parts) => parts.join(""));
  fc.assert(fc.property(fc.oneof(fc.string(), shards), (text) => {
    try {
      parseJson(text, "x");
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
    }
  }));
});

Deno.test("parseJson() reads strings of megabytes, escapes included", () => {
  const long = 'a\\\\"b'.repeat(1_000_000);
  assertEquals(parseJson(JSON.stringify({ long }), "long.json"), { long });
});
