import { assertEquals, assertThrows } from "@std/assert";
import { checkCase, guarded } from "../../tasks/parity/check.ts";
import { type ParityCase, type StoredArray, Unsupported } from "../../tasks/parity/case.ts";
import { deviation, expectedResults } from "../../tasks/parity/compare.ts";
import { verdict } from "../../tasks/parity/limits.ts";
import { handlerOf } from "../../tasks/parity/registry.ts";

const f32 = (data: readonly number[]): StoredArray => ({
  dtype: "F32",
  shape: [data.length],
  data: Float64Array.from(data),
});

function caseOf(arrays: Record<string, StoredArray>, tolerance = { rtol: 0, atol: 1e-3 }) {
  const declared = Object.fromEntries(Object.keys(arrays).map((name) => [name, { tolerance }]));
  return { name: "a", kind: "k", config: {}, sidecar: { arrays: declared }, arrays } as ParityCase;
}

const one = caseOf({ "in/x": f32([1]), "out/y": f32([1, -2, Infinity]) });

Deno.test("deviation() reports the error in units of the tolerance", () => {
  const { error, excess } = deviation(one, "out/y", { "out/y": [1, -2.0005, Infinity] });
  assertEquals([error.toFixed(6), excess.toFixed(3)], ["0.000500", "0.500"]);
});

Deno.test("deviation() lets infinite entries pass only when they are equal", () => {
  for (const wrong of [-Infinity, 1e308, NaN]) {
    assertEquals(deviation(one, "out/y", { "out/y": [1, -2, wrong] }).excess, Infinity);
  }
});

Deno.test("deviation() fails a NaN where a number is recorded, whatever the tolerance", () => {
  const wide = caseOf({ "out/y": f32([1]) }, { rtol: 10, atol: 10 });
  assertEquals(deviation(wide, "out/y", { "out/y": [NaN] }).excess, Infinity);
});

Deno.test("deviation() refuses an array of another length", () => {
  assertThrows(() => deviation(one, "out/y", { "out/y": [1] }), RangeError, "computed 1");
});

Deno.test("expectedResults() asks for every array of a precision that was computed", () => {
  const stored = ["in/x", "out/a", "out/b", "out64/a", "grad/a", "grad64/a"];
  assertEquals(expectedResults(stored, { "out/a": [] }), ["out/a", "out/b", "grad/a"]);
  assertEquals(expectedResults(stored, { "out64/a": [] }), ["out/b", "out64/a", "grad64/a"]);
  assertEquals(expectedResults(stored, { "out/a": [], "grad64/a": [] }), stored.slice(1));
});

Deno.test("checkCase() passes, fails or declines a case and says why", () => {
  const status = (...y: number[][]) =>
    checkCase(one, () => Object.fromEntries(y.map((values) => ["out/y", values])));
  assertEquals(status([1, -2, Infinity]).status, "PASS");
  assertEquals(status([1, -2.1, Infinity]), {
    status: "FAIL",
    name: "a",
    detail: "1 of 1 arrays, worst out/y: 1.0e-1, 100 times the tolerance",
  });
  assertEquals(status().detail, "out/y is stored but was not computed");
  const declines = () => {
    throw new Unsupported("no learned eta");
  };
  assertEquals(checkCase(one, declines).status, "UNSUPPORTED");
  assertEquals(checkCase(one, undefined).status, "UNSUPPORTED");
});

Deno.test("handlerOf() prefers the longest fitting name pattern over the kind", () => {
  const [kind, prefix, longer] = [() => ({}), () => ({}), () => ({})];
  const handlers = { gae: kind, "td_*": prefix, "td_lambda*": longer };
  assertEquals(handlerOf({ name: "gae_plain", kind: "gae" }, handlers), kind);
  assertEquals(handlerOf({ name: "td_other", kind: "gae" }, handlers), prefix);
  assertEquals(handlerOf({ name: "td_lambda_b", kind: "gae" }, handlers), longer);
  assertEquals(handlerOf({ name: "x", kind: "new" }, handlers), undefined);
});

Deno.test("guarded() ends a file's results with its error", () => {
  const passed = { status: "PASS", name: "a", detail: "" } as const;
  const results = (error: Error) =>
    Array.from(guarded("file", function* () {
      yield passed;
      throw error;
    }));
  const detail = "no such engine";
  assertEquals(results(new Error(detail)), [passed, { status: "FAIL", name: "file", detail }]);
  assertEquals(results(new Unsupported(detail))[1].status, "UNSUPPORTED");
});

Deno.test("verdict() fails a deviation that is not a number, wherever it stands", () => {
  const errors = (...errors: number[]) =>
    verdict("a", errors.map((error) => ({ quantity: "q", error, limit: 1 }))).status;
  assertEquals(errors(0.5, 1), "PASS");
  assertEquals([errors(NaN, 0.5), errors(0.5, NaN), errors(NaN)], ["FAIL", "FAIL", "FAIL"]);
});
