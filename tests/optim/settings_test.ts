import { assertEquals, assertThrows } from "@std/assert";
import { adapg } from "../../src/optim/adapg.ts";
import { sgd } from "../../src/optim/sgd.ts";
import { optimizerOf, optimizers } from "../../src/optim/mod.ts";
import { float32 } from "./lab.ts";

const refused = (name: string, options: Record<string, unknown>, message: string) =>
  assertThrows(
    () => optimizerOf(name, { learningRate: 1e-3, ...options }),
    RangeError,
    `Cannot create ${name}: ${message}`,
  );

Deno.test("every optimizer refuses a hyperparameter that is out of range, naming it", () => {
  const finite = "a finite number ≥ 0";
  for (const name of Object.keys(optimizers)) {
    refused(name, { learningRate: -1 }, `learningRate must be ${finite}, found -1`);
    refused(name, { learningRate: NaN }, `learningRate must be ${finite}, found NaN`);
    refused(name, { learningRate: Infinity }, `learningRate must be ${finite}, found Infinity`);
    refused(name, { learningRate: "1e-3" }, `learningRate must be ${finite}, found "1e-3"`);
    refused(name, { learningRate: undefined }, `learningRate must be ${finite}, found undefined`);
    refused(name, { learningRate: null }, `learningRate must be ${finite}, found null`);
    refused(name, { weightDecay: -0.1 }, `weightDecay must be ${finite}, found -0.1`);
    assertThrows(() => optimizerOf(name, {}), RangeError, "learningRate must be");
  }
  for (const name of ["adam", "adamw", "adapg"]) {
    refused(name, { beta1: 1 }, "beta1 must be in [0, 1), found 1");
    refused(name, { beta2: -0.1 }, "beta2 must be in [0, 1), found -0.1");
    refused(name, { eps: -1e-8 }, `eps must be ${finite}, found -1e-8`);
  }
  refused("rmsprop", { alpha: 1 }, "alpha must be in [0, 1), found 1");
  refused("rmsprop", { centered: "yes" }, 'centered must be true or false, found "yes"');
  refused("sgd", { momentum: 1.5 }, "momentum must be in [0, 1), found 1.5");
  refused("sgd", { dampening: 2 }, "dampening must be in [0, 1], found 2");
});

Deno.test("adapg() refuses omega outside (0, 2) and unknown readings", () => {
  for (const omega of [-1, 0, 2, 2.5, NaN, "1.2"]) {
    const found = typeof omega === "string" ? `"${omega}"` : omega;
    refused("adapg", { omega }, `omega must be in (0, 2), found ${found}`);
  }
  refused("adapg", { reading: "D" }, 'reading must be one of A, B, C, found "D"');
  assertEquals(adapg({ learningRate: 1e-3 }).name, "adapg");
  assertEquals(adapg({ learningRate: 1e-3, reading: "B" }).name, "adapg-B");
});

Deno.test("a misspelt hyperparameter is refused, so that it cannot fall back to a default", () => {
  refused("adapg", { omgea: 1.2 }, "found unknown field omgea, allowed are learningRate, beta1");
  refused("adamw", { omega: 1.2 }, "found unknown field omega, allowed are");
});

Deno.test("sgd() refuses Nesterov's momentum without momentum or with dampening", () => {
  for (const more of [{}, { momentum: 0.9, dampening: 0.1 }]) {
    assertThrows(
      () => sgd({ learningRate: 0.1, nesterov: true, ...more }),
      RangeError,
      "Cannot create sgd: nesterov needs momentum > 0 and dampening 0",
    );
  }
});

Deno.test("optimizerOf() refuses an unknown name and lists the known ones", () => {
  for (const name of ["adamx", "toString", ""]) {
    assertThrows(
      () => optimizerOf(name, { learningRate: 1e-3 }),
      RangeError,
      `Cannot create optimizer: found "${name}", known are sgd, rmsprop, adam, adamw, adapg`,
    );
  }
});

Deno.test("a step refuses a learning rate that is negative or not a number", () => {
  const optimizer = optimizerOf("adamw", { learningRate: 0.1 });
  const state = optimizer.init(float32.vector([1]));
  for (const rate of [-1, NaN, Infinity]) {
    assertThrows(
      () => optimizer.step(state, float32.vector([1]), rate),
      RangeError,
      `Cannot step adamw: learningRate must be a finite number ≥ 0, found ${rate}`,
    );
  }
});
