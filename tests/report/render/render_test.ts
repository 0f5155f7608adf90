import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { rayThrough, screenBounds, viewOf } from "../../../src/report/render/camera.ts";
import { animatedGif } from "../../../src/report/render/film.ts";
import { draw } from "../../../src/report/render/picture.ts";
import {
  boundingRadius,
  entry,
  normalAt,
  type Solid,
  type Triple,
} from "../../../src/report/render/solid.ts";
import { matrixOf } from "../../../src/rl/rotation.ts";

const solid = (kind: Solid["kind"], size: number[], place: Partial<Solid> = {}): Solid => ({
  kind,
  size: Float64Array.from(size),
  position: new Float64Array(3),
  rotation: matrixOf(1, 0, 0, 0),
  colour: [1, 0, 0],
  ...place,
});

Deno.test("rays meet shapes where geometry says", () => {
  const down = [0, 0, -1] as const, along = [-1, 0, 0] as const;
  const cases: readonly [Solid, Triple, Triple, number][] = [
    [solid("plane", [1, 1, 1]), [5, 5, 2], down, 2],
    [solid("plane", [1, 1, 1]), [5, 5, -2], down, Infinity],
    [solid("sphere", [0.5]), [0, 0, 2], down, 1.5],
    [solid("sphere", [0.5]), [0.6, 0, 2], down, Infinity],
    [solid("box", [1, 2, 3]), [4, 0, 0], along, 3],
    [solid("box", [1, 2, 3]), [0, 0, 0], along, Infinity],
    [solid("cylinder", [0.5, 1]), [0.3, 0, 4], down, 3],
    [solid("cylinder", [0.5, 1]), [4, 0, 0.9], along, 3.5],
    [solid("cylinder", [0.5, 1]), [4, 0, 1.1], along, Infinity],
    [solid("capsule", [0.5, 1]), [0, 0, 4], down, 2.5],
    [solid("capsule", [0.5, 1]), [4, 0, 1.3], along, 4 - 0.4],
    [solid("capsule", [0.5, 1]), [0.1, 0, 0], down, Infinity],
    [solid("capsule", [0.5, 1]), [0.1, 0, 1.4], down, Infinity],
  ];
  for (const [shape, from, direction, distance] of cases) {
    assertAlmostEquals(entry(shape, ...from, ...direction), distance, 1e-12);
  }
});

Deno.test("where a ray enters, it enters against the normal, within the bounding sphere", () => {
  const coordinate = fc.double({ min: -3, max: 3, noNaN: true });
  const vector = fc.tuple(coordinate, coordinate, coordinate);
  const shapes = [
    solid("sphere", [0.7]),
    solid("box", [0.5, 0.8, 1.1]),
    solid("cylinder", [0.6, 0.9]),
    solid("capsule", [0.4, 0.8]),
  ];
  const turned = fc.constantFrom(...shapes).map((s) => ({
    ...s,
    position: Float64Array.of(0.1, 0.2, -0.3),
    rotation: matrixOf(0.5, 0.5, -0.5, 0.5),
  }));
  fc.assert(fc.property(turned, vector, vector, (shape, from, to) => {
    const d: Triple = [to[0] - from[0], to[1] - from[1], to[2] - from[2]];
    const t = entry(shape, ...from, ...d);
    if (t === Infinity) return;
    const point: Triple = [from[0] + t * d[0], from[1] + t * d[1], from[2] + t * d[2]];
    const [x, y, z] = normalAt(shape, point);
    assert(x * d[0] + y * d[1] + z * d[2] < 1e-6);
    const away = Math.hypot(...point.map((p, i) => p - shape.position[i]));
    assert(away < boundingRadius(shape) + 1e-9);
  }));
});

const camera = { eye: [0, -5, 1], target: [0, 0, 1], fieldOfView: 0.7 } as const;

Deno.test("the middle of the picture looks at the target, right is +x, up is +z", () => {
  const view = viewOf(camera, 80, 60);
  assertEquals(rayThrough(view, 40, 30).map((c) => Math.round(c * 1e9) / 1e9 + 0), [0, 1, 0]);
  assert(rayThrough(view, 79, 30)[0] > 0 && rayThrough(view, 40, 0)[2] > 0);
  const box = screenBounds(view, Float64Array.of(0, 0, 1), 0.1);
  assert(box.left < 40 && box.end > 40 && box.top < 30 && box.bottom > 30 && box.left > 30);
});

Deno.test("a ball is drawn in its colour before the sky and casts a shadow on the floor", () => {
  const floor = solid("plane", [1, 1, 1], { colour: [1, 1, 1] });
  const ball = solid("sphere", [0.4], { position: Float64Array.of(0, 0, 1) });
  const at = (solids: Solid[], x: number, y: number) => {
    const { rgba, width } = draw(solids, camera, 80, 60);
    return [...rgba.subarray(4 * (y * width + x), 4 * (y * width + x) + 3)];
  };
  const [red, green] = at([floor, ball], 40, 30);
  assert(red > 100 && green < 10);
  assert(at([floor, ball], 5, 5).every((c) => c > 230));
  const brightness = (solids: Solid[]) =>
    draw(solids, camera, 80, 60).rgba.reduce((sum, c, i) => i < 4 * 80 * 45 ? sum : sum + c, 0);
  const hidden = { ...ball, position: Float64Array.of(0, 0, 30) };
  assert(brightness([floor, ball]) < brightness([floor, hidden]));
});

Deno.test("a film is a GIF that is the same every time", () => {
  const frames = [1, 1.2, 1.4].map((z) =>
    draw([solid("sphere", [0.4], { position: Float64Array.of(0, 0, z) })], camera, 40, 30)
  );
  const film = animatedGif(frames, 0.05);
  assertEquals(new TextDecoder().decode(film.subarray(0, 6)), "GIF89a");
  assertEquals(film, animatedGif(frames, 0.05));
});
