import { assertAlmostEquals, assertThrows } from "@std/assert";
import { cosineSchedule } from "../../src/diffusion/cosine_schedule.ts";
import { ddim } from "../../src/diffusion/ddim.ts";
import { ddimSchedule } from "../../src/diffusion/ddim_schedule.ts";
import { ddpm } from "../../src/diffusion/ddpm.ts";
import { qSample } from "../../src/diffusion/q_sample.ts";
import { evaluate } from "../../src/tensor/engine.ts";
import { tensor } from "../../src/tensor/tensor.ts";

const prediction = { predictEpsilon: true, denoisedClipValue: 1, epsClipValue: null };

Deno.test("a DDPM step gives the worked numbers of the reference, alone or in a mixed batch", () => {
  const process = ddpm(cosineSchedule(20), prediction);
  // t: mean and standard deviation for x = 0.5 and predicted noise 0.2
  const worked: [number, number, number][] = [
    [19, 0.09348191, 0.99647],
    [10, 0.4998095, 0.3689756],
    [5, 0.4868474, 0.22570739],
    [1, 0.48081619, 0.07582575],
    [0, 0.48405653, 1.0000006e-10],
  ];
  const index = worked.map(([t]) => 19 - t);
  const rows = (value: number) => tensor([5, 1], new Array(5).fill(value));
  const mixed = evaluate({}, { x: rows(0.5), noise: rows(0.2) }, (_, { x, noise }) => ({
    mean: process.mean(x, noise, index),
    std: process.std(index),
  }));
  worked.forEach(([, mean, std], i) => {
    assertAlmostEquals(mixed.mean.data[i], mean, 1e-7);
    assertAlmostEquals(mixed.std.data[i], std, 1e-7 * std);
    const one = { x: tensor([1, 1], [0.5]), noise: tensor([1, 1], [0.2]) };
    const alone = evaluate({}, one, (_, { x, noise }) => ({
      mean: process.mean(x, noise, [index[i]]),
    }));
    assertAlmostEquals(alone.mean.data[0], mean, 1e-7);
  });
});

Deno.test("qSample() gives the worked number of the reference", () => {
  const inputs = { chunk: tensor([1, 1], [0.3]), noise: tensor([1, 1], [-1.2]) };
  const { x } = evaluate({}, inputs, (_, { chunk, noise }) => ({
    x: qSample(cosineSchedule(20), chunk, noise, [5]),
  }));
  assertAlmostEquals(x.data[0], -0.28781554, 1e-7);
});

Deno.test("a step with the true noise of an unclipped chunk points back at the chunk", () => {
  const schedule = cosineSchedule(20), free = { ...prediction, denoisedClipValue: null };
  const processes = [ddpm(schedule, free), ddim(ddimSchedule(schedule, 5), free)];
  const chunk = tensor([1, 2], [0.3, -0.8]), noise = tensor([1, 2], [0.7, -1.1]);
  for (const process of processes) {
    const last = process.steps.length - 1;
    const { mean } = evaluate({}, { chunk, noise }, (_, { chunk, noise }) => {
      const x = qSample(schedule, chunk, noise, [process.steps[last]]);
      return { mean: process.mean(x, noise, [last]) };
    });
    mean.data.forEach((value, i) => assertAlmostEquals(value, chunk.data[i], 1e-5));
  }
});

Deno.test("DDIM refuses networks that predict the chunk", () => {
  const schedule = ddimSchedule(cosineSchedule(20), 5);
  assertThrows(() => ddim(schedule, { ...prediction, predictEpsilon: false }), RangeError);
});
