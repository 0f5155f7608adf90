import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { bits, integers, normal, permutation } from "../../src/rng/draw.ts";
import { address, foldIn, type Key, key, split } from "../../src/rng/key.ts";
import { sortedBy } from "../../src/rng/sorted_by.ts";

const text = (k: Key) => k.join(":");

Deno.test("address() is one foldIn() per element, so that streams nest", () => {
  const root = key(3);
  assertEquals(address(root), root);
  assertEquals(address(root, 5, 7), foldIn(foldIn(root, 5), 7));
  assertEquals(address(root, "act", "hopper", 2), address(address(root, "act", "hopper"), 2));
});

Deno.test("address() tells order, nesting, text and numbers apart", () => {
  const paths = [["a", "b"], ["b", "a"], ["ab"], ["a"], ["a", "b", 0], [0, "a", "b"], ["0"], [0], [
    "",
  ]];
  assertEquals(new Set(paths.map((p) => text(address(key(0), ...p)))).size, paths.length);
});

Deno.test("no two streams of an experiment share a key", () => {
  const streams = ["pretrain", "data", "init", "reset", "act", "update", "evaluate", "bootstrap"];
  const environments = ["hopper", "walker2d", "halfcheetah", "lift", "can", "square"];
  const methods = ["dppo", "dawr", "dipo", "idql", "qsm", "dql"];
  const seen = new Set<string>();
  let expected = 0;
  for (const seed of [0, 1, 2, 42]) {
    for (const stream of streams) {
      for (const env of environments) {
        for (const method of methods) {
          const cell = address(key(seed), stream, env, method);
          for (let i = 0; i < 40; i++, expected++) seen.add(text(foldIn(cell, i)));
        }
      }
    }
  }
  assertEquals(seen.size, expected);
});

Deno.test("text that fast-check invents gets keys of its own", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string({ unit: "grapheme" }), { minLength: 2 }), (names) => {
      assertEquals(new Set(names.map((name) => text(address(key(0), name)))).size, names.length);
    }),
    { seed: 20250508 },
  );
});

Deno.test("a longer draw begins with the shorter one", () => {
  fc.assert(fc.property(fc.maxSafeNat(), fc.nat(50), fc.nat(50), (seed, n, more) => {
    assertEquals(bits(key(seed), n + more).slice(0, n), bits(key(seed), n));
    assertEquals(
      normal(key(seed), [n + more]).data.slice(0, n),
      normal(key(seed), [n]).data.slice(),
    );
  }));
});

Deno.test("keys of a split differ from each other and from their parent", () => {
  fc.assert(fc.property(fc.maxSafeNat(), fc.integer({ min: 1, max: 50 }), (seed, n) => {
    const family = [key(seed), ...split(key(seed), n)].map(text);
    assertEquals(new Set(family).size, n + 1);
  }));
  assertNotEquals(key(1), key(2 ** 32));
});

Deno.test("sortedBy() is a stable sort by unsigned keys", () => {
  const keys = fc.array(fc.oneof(fc.nat(3), fc.integer({ min: 0, max: 2 ** 32 - 1 })));
  fc.assert(fc.property(keys, (keys) => {
    const positions = Int32Array.from(keys, (_, i) => i), given = Uint32Array.from(keys);
    const expected = keys.map((_, i) => i).sort((a, b) => keys[a] - keys[b] || a - b);
    assertEquals(sortedBy(positions, given), Int32Array.from(expected));
    assert(given.every((k, i) => k === keys[i]) && positions.every((p, i) => p === i), "input");
  }));
});

Deno.test("seeds, indices and bounds out of range are refused", () => {
  for (const seed of [-1, 0.5, NaN, 2 ** 53, Infinity]) {
    assertThrows(() => key(seed), RangeError, `found ${seed}`);
  }
  for (const data of [-1, 2 ** 32, 1.5, NaN]) {
    assertThrows(() => foldIn(key(0), data), RangeError, `found ${data}`);
    assertThrows(() => address(key(0), "a", data), RangeError, `found ${data}`);
  }
  for (const bound of [0, 2 ** 31, 1.5, NaN]) {
    assertThrows(() => integers(key(0), 1, bound), RangeError, `found ${bound}`);
  }
  for (const n of [-1, 1.5, 2 ** 31]) {
    assertThrows(() => permutation(key(0), n), RangeError, `found ${n}`);
  }
});
