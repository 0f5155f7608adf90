import { assertEquals } from "@std/assert";
import plugin from "../../tasks/lint_plugin.ts";
import { root } from "../run_deno.ts";

const found = (source: string, file = "src/rl/gae.ts"): string[] =>
  Deno.lint.runPlugin(plugin, root + file, source).map(({ message }) => message.split(" ")[0]);

Deno.test("pure-core finds clocks, hidden randomness and the host in src/", () => {
  assertEquals(found("const x = Math.random();"), ["Math.random"]);
  assertEquals(found("const x = globalThis.Math['random']();"), ["Math.random"]);
  assertEquals(found("const x = tf.randomNormal([2]);"), ["tf.randomNormal"]);
  assertEquals(found("crypto.getRandomValues(new Uint8Array(4));"), ["crypto.getRandomValues"]);
  assertEquals(found("const t = Date.now(), u = new Date(), v = Date();"), [
    "Date",
    "Date",
    "Date",
  ]);
  assertEquals(found("const t = performance.now();"), ["performance"]);
  assertEquals(found("const s = Deno.readTextFileSync('a');"), ["Deno"]);
  assertEquals(found("const s = Deno.build.os;"), ["Deno"]);
  assertEquals(found("const f = Math.random;"), ["Math.random"]);
});

Deno.test("pure-core lets adapters touch the host, but not draw random numbers", () => {
  const adapter = "src/adapters/blas.ts";
  assertEquals(found("Deno.dlopen('libblas.so', {});", adapter), []);
  assertEquals(found("Math.random();", adapter), ["Math.random"]);
});

Deno.test("pure-core leaves tasks, tests and pure code alone", () => {
  const impure = "Deno.exit(new Date().getTime() * Math.random());";
  assertEquals(found(impure, "tasks/io.ts"), []);
  assertEquals(found(impure, "tasks/src/io.ts"), []);
  assertEquals(
    found("Math.max(1, key.Date, crypto.subtle, update.performance); type T = Date;"),
    [],
  );
});
