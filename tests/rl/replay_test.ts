import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import fc from "fast-check";
import { addSegment, emptyReplay, gather, replaySize, type Segment } from "../../src/rl/replay.ts";
import { tensor } from "../../src/tensor/tensor.ts";

/** Transitions whose every number is a serial number. */
function segmentOf(firstSerial: number, rows: number): Segment {
  const serials = Float32Array.from({ length: rows }, (_, i) => firstSerial + i);
  const observation = tensor(
    [rows, 2],
    Float32Array.from({ length: 2 * rows }, (_, i) => serials[i >> 1] + (i % 2) / 2),
  );
  return {
    observation,
    nextObservation: tensor([rows, 1], serials),
    action: tensor([rows, 1], serials),
    reward: Float64Array.from(serials),
    terminated: Uint8Array.from(serials, (s) => s % 2),
    truncated: new Uint8Array(rows),
  };
}

Deno.test("a replay holds exactly the newest transitions, whatever the sizes of its segments", () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 12 });
  fc.assert(fc.property(sizes, fc.integer({ min: 1, max: 15 }), (rows, capacity) => {
    let replay = emptyReplay(capacity), serial = 0;
    for (const n of rows) {
      replay = addSegment(replay, segmentOf(serial, n));
      serial += n;
      const size = Math.min(serial, capacity);
      assertEquals(replaySize(replay), size);
      const batch = gather(replay, Array.from({ length: size }, (_, i) => i));
      const expected = Array.from({ length: size }, (_, i) => serial - size + i);
      assertEquals([...batch.action.data], expected);
      assertEquals([...batch.reward.data], expected);
      assertEquals([...batch.terminated.data], expected.map((s) => s % 2));
      assertEquals([...batch.observation.data], expected.flatMap((s) => [s, s + 0.5]));
    }
  }));
});

Deno.test("gather() keeps the order of the indices and repeats what they repeat", () => {
  const replay = addSegment(addSegment(emptyReplay(10), segmentOf(0, 3)), segmentOf(3, 3));
  assertEquals([...gather(replay, [5, 0, 5, 3]).action.data], [5, 0, 5, 3]);
});

Deno.test("addSegment() shares the segments it keeps and leaves the old replay alone", () => {
  const one = addSegment(emptyReplay(4), segmentOf(0, 3));
  const two = addSegment(one, segmentOf(3, 3));
  assertStrictEquals(two.segments[0], one.segments[0]);
  assertEquals([replaySize(one), replaySize(two)], [3, 4]);
});

Deno.test("a million transitions are added and sampled without copying them", () => {
  let replay = emptyReplay(1_000_000);
  const segment = segmentOf(0, 20_000);
  for (let i = 0; i < 60; i++) replay = addSegment(replay, segment);
  assertEquals(replaySize(replay), 1_000_000);
  assert(replay.segments.every((s) => s === segment));
  assertEquals(gather(replay, [999_999]).action.data[0], 19_999);
});
