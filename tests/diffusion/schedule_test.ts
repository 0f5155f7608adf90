import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { cosineSchedule } from "../../src/diffusion/cosine_schedule.ts";
import { ddimSchedule } from "../../src/diffusion/ddim_schedule.ts";

const near = (found: number, expected: number) =>
  assertAlmostEquals(found, expected, 2e-7 * Math.abs(expected));

Deno.test("cosineSchedule() gives the reference's table for 20 steps", () => {
  const s = cosineSchedule(20);
  // t: β, α, ᾱ, √(1/ᾱ), √(1/ᾱ − 1), β̃, σ, c₁, c₂
  const table: Record<number, number[]> = {
    0: [
      0.0079927212,
      0.99200726,
      0.99200726,
      1.0040205,
      0.089761443,
      0,
      1.0000006e-10,
      0.99999708,
      0,
    ],
    1: [
      0.020074995,
      0.97992498,
      0.97209269,
      1.0142527,
      0.16943571,
      0.0057495437,
      0.075825751,
      0.71646482,
      0.2835139,
    ],
    10: [
      0.15699708,
      0.84300292,
      0.41631156,
      1.5498539,
      1.1840807,
      0.13614298,
      0.36897558,
      0.18901891,
      0.79619277,
    ],
    18: [
      0.74847609,
      0.25152391,
      0.0060596443,
      12.846251,
      12.807271,
      0.73489726,
      0.85726148,
      0.11688305,
      0.49242297,
    ],
    19: [
      0.99900001,
      0.00099998713,
      6.0595662e-6,
      406.23676,
      406.23553,
      0.99295247,
      0.99646997,
      0.077766344,
      0.031431142,
    ],
  };
  for (const [step, row] of Object.entries(table)) {
    const t = Number(step);
    const found = [
      s.betas[t],
      s.alphas[t],
      s.alphasCumprod[t],
      s.sqrtRecipAlphasCumprod[t],
      s.sqrtRecipm1AlphasCumprod[t],
      s.posteriorVariance[t],
      Math.fround(Math.exp(0.5 * s.posteriorLogVariance[t])),
      s.posteriorMeanCoef1[t],
      s.posteriorMeanCoef2[t],
    ];
    found.forEach((value, i) => near(value, row[i]));
  }
});

const steps = fc.integer({ min: 1, max: 200 });

Deno.test("cosineSchedule() has betas in (0, 0.999] and noise that grows with the step", () => {
  fc.assert(fc.property(steps, (K) => {
    const { betas, alphasCumprod, posteriorVariance } = cosineSchedule(K);
    assert(betas.every((beta) => beta > 0 && beta <= Math.fround(0.999)));
    assert(alphasCumprod.every((a, t) => a < (t === 0 ? 1 : alphasCumprod[t - 1])));
    assert(posteriorVariance.every((v, t) => v <= betas[t] && v >= 0));
  }));
});

Deno.test("cosineSchedule() keeps unit variance: a chunk and noise share it at every step", () => {
  fc.assert(fc.property(steps, (K) => {
    const s = cosineSchedule(K);
    s.sqrtAlphasCumprod.forEach((a, t) =>
      assertAlmostEquals(a ** 2 + s.sqrtOneMinusAlphasCumprod[t] ** 2, 1, 1e-6)
    );
  }));
});

Deno.test("ddimSchedule() takes every so-many-th step, noisiest first", () => {
  const d = ddimSchedule(cosineSchedule(100), 5);
  assertEquals([...d.t], [80, 60, 40, 20, 0]);
  assertEquals([...d.alphasPrev.slice(0, 4)], [...d.alphas.slice(1)]);
  assertEquals(d.alphasPrev[4], 1);
  assertEquals([...ddimSchedule(cosineSchedule(20), 6).t], [15, 12, 9, 6, 3, 0]);
});

Deno.test("schedules refuse numbers of steps they cannot have", () => {
  for (const K of [0, -1, 2.5, NaN]) {
    assertThrows(() => cosineSchedule(K), RangeError, "denoisingSteps must be a positive integer");
  }
  for (const M of [0, 21, 1.5]) {
    assertThrows(
      () => ddimSchedule(cosineSchedule(20), M),
      RangeError,
      "must be an integer in [1, 20]",
    );
  }
});
