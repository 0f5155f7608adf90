/**
 * Pictures of solids by casting rays: one light with shadows, no graphics hardware.
 *
 * @module
 */
import { type Camera, dot, rayThrough, screenBounds, unit, type View, viewOf } from "./camera.ts";
import { boundingRadius, entry, normalAt, type Solid, type Triple } from "./solid.ts";

/** Rows of red, green, blue, alpha bytes. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8ClampedArray;
}

/** Rays per pixel and side; their mean smooths edges. */
const SAMPLES = 2;

/** Direction of the sun; shares of light from all around, from the sun, and from the camera. */
const SUN = unit([0.35, -0.1, 1]), AMBIENT = 0.4, SUNLIGHT = 0.45, HEADLIGHT = 0.2;

const SKY: Triple = [0.93, 0.95, 0.98];

/** Width of the floor's squares, m, how much darker every other one is, and the depth at which it is lost in haze, m. */
const SQUARE = 0.5, DARKER = 0.93, HAZE = 9;

/** What the camera sees. */
export function draw(
  solids: readonly Solid[],
  camera: Camera,
  width: number,
  height: number,
): Picture {
  const view = viewOf(camera, SAMPLES * width, SAMPLES * height);
  const { nearest, depth } = visible(solids, view), casters = castersOf(solids);
  const rgba = new Uint8ClampedArray(4 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const sum = [0, 0, 0];
      for (let s = 0; s < SAMPLES ** 2; s++) {
        const px = SAMPLES * x + s % SAMPLES, py = SAMPLES * y + Math.floor(s / SAMPLES);
        const at = py * view.width + px;
        const colour = nearest[at] < 0 ? SKY : shaded(
          solids[nearest[at]],
          casters,
          view.eye,
          rayThrough(view, px + 0.5, py + 0.5),
          depth[at],
        );
        for (let c = 0; c < 3; c++) sum[c] += colour[c];
      }
      const at = 4 * (y * width + x);
      for (let c = 0; c < 3; c++) rgba[at + c] = 255 * sum[c] / SAMPLES ** 2;
      rgba[at + 3] = 255;
    }
  }
  return { width, height, rgba };
}

/** The number of the nearest solid for every ray, −1 for none, and how deep it lies. */
function visible(solids: readonly Solid[], view: View) {
  const nearest = new Int16Array(view.width * view.height).fill(-1);
  const depth = new Float64Array(nearest.length).fill(Infinity);
  const [ex, ey, ez] = view.eye, [sx, sy, sz] = view.right.map((r) => r / view.scale);
  solids.forEach((solid, number) => {
    const box = screenBounds(view, solid.position, boundingRadius(solid));
    for (let y = box.top; y < box.bottom; y++) {
      // Along a row the rays differ by a constant step.
      let [dx, dy, dz] = rayThrough(view, box.left + 0.5, y + 0.5);
      for (let x = box.left; x < box.end; x++, dx += sx, dy += sy, dz += sz) {
        const t = entry(solid, ex, ey, ez, dx, dy, dz), at = y * view.width + x;
        if (t < depth[at]) depth[at] = t, nearest[at] = number;
      }
    }
  });
  return { nearest, depth };
}

function shaded(
  solid: Solid,
  casters: readonly Caster[],
  eye: Triple,
  ray: Triple,
  depth: number,
): Triple {
  const point: Triple = [
    eye[0] + depth * ray[0],
    eye[1] + depth * ray[1],
    eye[2] + depth * ray[2],
  ];
  const normal = normalAt(solid, point), toSun = Math.max(0, dot(normal, SUN));
  const sun = toSun > 0 && !inShadow(casters, point, normal) ? SUNLIGHT * toSun : 0;
  const headlight = -HEADLIGHT * dot(normal, unit(ray));
  const isFloor = solid.kind === "plane";
  const brightness = (isFloor && isOdd(point) ? DARKER : 1) * (AMBIENT + sun + headlight);
  const haze = isFloor ? Math.min(1, (depth / HAZE) ** 2) : 0;
  const mixed = (c: number) => (1 - haze) * brightness * solid.colour[c] + haze * SKY[c];
  return [mixed(0), mixed(1), mixed(2)];
}

const isOdd = ([x, y]: Triple): boolean =>
  (Math.floor(x / SQUARE) + Math.floor(y / SQUARE)) % 2 !== 0;

/** A solid that can throw a shadow, with the sphere that holds it. */
interface Caster {
  readonly solid: Solid;
  readonly radius: number;
}

const castersOf = (solids: readonly Solid[]): Caster[] =>
  solids.filter((solid) => solid.kind !== "plane")
    .map((solid) => ({ solid, radius: boundingRadius(solid) }));

/** Lifts shadow rays off the surface they start from, m. */
const CLEARANCE = 1e-4;

function inShadow(casters: readonly Caster[], point: Triple, normal: Triple): boolean {
  const x = point[0] + CLEARANCE * normal[0];
  const y = point[1] + CLEARANCE * normal[1];
  const z = point[2] + CLEARANCE * normal[2];
  for (const { solid, radius } of casters) {
    const { position: p } = solid, ax = p[0] - x, ay = p[1] - y, az = p[2] - z;
    const along = ax * SUN[0] + ay * SUN[1] + az * SUN[2];
    if (along < -radius || ax * ax + ay * ay + az * az - along * along > radius * radius) continue;
    if (entry(solid, x, y, z, SUN[0], SUN[1], SUN[2]) < Infinity) return true;
  }
  return false;
}
