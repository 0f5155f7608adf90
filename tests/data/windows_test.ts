import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { gatherWindows, windowStarts } from "../../src/data/windows.ts";
import { tensor } from "../../src/tensor/tensor.ts";

const lengths = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 });
const size = fc.integer({ min: 1, max: 4 });

Deno.test("a trajectory of L rows has L − H + 1 windows, none if it is shorter than H", () => {
  fc.assert(fc.property(lengths, size, (rows, horizonSteps) => {
    const starts = windowStarts(Int32Array.from(rows), { horizonSteps, condSteps: 1 });
    const expected = rows.reduce((n, length) => n + Math.max(0, length - horizonSteps + 1), 0);
    assertEquals(starts.length, expected);
  }));
});

Deno.test("windows never cross trajectories and repeat the first state before it", () => {
  fc.assert(fc.property(lengths, size, size, (rows, horizonSteps, condSteps) => {
    const config = { horizonSteps, condSteps };
    // Every row holds the number of its trajectory and its step.
    const marks = rows.flatMap((length, k) => Array.from({ length }, (_, i) => [k, i])).flat();
    const data = tensor([marks.length / 2, 2], marks);
    const starts = windowStarts(Int32Array.from(rows), config);
    const { states, actions } = gatherWindows({ states: data, actions: data }, starts, config);
    starts.forEach(({ age }, sample) => {
      const chunk = actions.data.subarray(2 * horizonSteps * sample);
      const history = states.data.subarray(2 * condSteps * sample);
      for (let i = 0; i < horizonSteps; i++) {
        assertEquals([chunk[2 * i], chunk[2 * i + 1]], [chunk[0], age + i]);
      }
      for (let i = 0; i < condSteps; i++) {
        const step = Math.max(0, age - (condSteps - 1 - i));
        assertEquals([history[2 * i], history[2 * i + 1]], [chunk[0], step]);
      }
    });
  }));
});

Deno.test("only the first trajectories are used where a limit is given", () => {
  const config = { horizonSteps: 2, condSteps: 1, maxEpisodes: 1 };
  assertEquals(windowStarts(Int32Array.of(3, 5), config), [{ row: 0, age: 0 }, { row: 1, age: 1 }]);
});
