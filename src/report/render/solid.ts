/**
 * Solids that rays can meet: MuJoCo's primitive shapes.
 *
 * @module
 */
import type { Doubles } from "../../tensor/tensor.ts";

/** A direction, a point or a colour. */
export type Triple = readonly [number, number, number];

/** A shape at its place. Sizes are half sizes: [x, y, z], [radius], or [radius, half length along z]. */
export interface Solid {
  readonly kind: "plane" | "sphere" | "capsule" | "cylinder" | "box";
  readonly size: Doubles;
  readonly position: Doubles;
  /** Row-major [9]: from the shape's frame to the world. */
  readonly rotation: Doubles;
  /** Red, green, blue in [0, 1]. */
  readonly colour: Triple;
}

/** Radius of a sphere around the shape's origin that holds it. */
export function boundingRadius({ kind, size }: Solid): number {
  switch (kind) {
    case "plane":
      return Infinity;
    case "sphere":
      return size[0];
    case "capsule":
      return size[0] + size[1];
    case "cylinder":
      return Math.hypot(size[0], size[1]);
    case "box":
      return Math.hypot(size[0], size[1], size[2]);
  }
}

// The part of the present ray that lies in all solids narrowed to so far. Shared, as rays are met by the million.
let enter = 0, leave = 0;

/** Narrows to −half ≤ o + t d ≤ half. */
function narrowToSlab(o: number, d: number, half: number): void {
  if (d === 0) {
    if (Math.abs(o) > half) enter = Infinity;
    return;
  }
  const a = (-half - o) / d, b = (half - o) / d;
  enter = Math.max(enter, Math.min(a, b));
  leave = Math.min(leave, Math.max(a, b));
}

/** Narrows to a t² + 2 b t + c ≤ 0, the inside of a round shape. */
function narrowToRound(a: number, b: number, c: number): void {
  const discriminant = b * b - a * c;
  if (discriminant < 0 || a === 0) {
    if (discriminant < 0 || c > 0) enter = Infinity;
    return;
  }
  const root = Math.sqrt(discriminant);
  enter = Math.max(enter, (-b - root) / a);
  leave = Math.min(leave, (-b + root) / a);
}

/** Starts a new ray; afterwards `entered` gives where it comes in from outside. */
const begin = (): void => {
  enter = -Infinity, leave = Infinity;
};
const entered = (): number => fromOutside(met());
/** Where the ray comes in, before its origin too; infinite when it misses. */
const met = (): number => enter <= leave ? enter : Infinity;
/** A ray that has come in before its origin starts inside. */
const fromOutside = (t: number): number => t > 0 ? t : Infinity;

/**
 * How far the ray o + t d travels, in units of d, until it enters the solid from outside; infinite when it does
 * not.
 */
export function entry(
  { kind, size, position: p, rotation: r }: Solid,
  ox: number,
  oy: number,
  oz: number,
  dx: number,
  dy: number,
  dz: number,
): number {
  const wx = ox - p[0], wy = oy - p[1], wz = oz - p[2];
  const x = r[0] * wx + r[3] * wy + r[6] * wz, u = r[0] * dx + r[3] * dy + r[6] * dz;
  const y = r[1] * wx + r[4] * wy + r[7] * wz, v = r[1] * dx + r[4] * dy + r[7] * dz;
  const z = r[2] * wx + r[5] * wy + r[8] * wz, w = r[2] * dx + r[5] * dy + r[8] * dz;
  const [a, b, c] = size, across = u * u + v * v, along = x * u + y * v;
  const outside = x * x + y * y - a * a;
  begin();
  switch (kind) {
    case "plane":
      return z > 0 && w < 0 ? -z / w : Infinity;
    case "box":
      narrowToSlab(x, u, a);
      narrowToSlab(y, v, b);
      narrowToSlab(z, w, c);
      return entered();
    case "sphere":
      narrowToRound(across + w * w, along + z * w, outside + z * z);
      return entered();
    case "cylinder":
      narrowToRound(across, along, outside);
      narrowToSlab(z, w, b);
      return entered();
    case "capsule": {
      narrowToRound(across, along, outside);
      narrowToSlab(z, w, b);
      let first = met();
      for (const end of [b, -b]) {
        begin();
        const height = z - end;
        narrowToRound(across + w * w, along + height * w, outside + height * height);
        first = Math.min(first, met());
      }
      // The capsule is convex: what the ray crosses of its three parts is one stretch, which starts here.
      return fromOutside(first);
    }
  }
}

/** The outward unit normal at a point of the solid's surface. */
export function normalAt(solid: Solid, [px, py, pz]: Triple): Triple {
  const { position: p, rotation: r } = solid, wx = px - p[0], wy = py - p[1], wz = pz - p[2];
  const [x, y, z] = localNormal(
    solid,
    r[0] * wx + r[3] * wy + r[6] * wz,
    r[1] * wx + r[4] * wy + r[7] * wz,
    r[2] * wx + r[5] * wy + r[8] * wz,
  );
  const length = Math.hypot(x, y, z);
  return [
    (r[0] * x + r[1] * y + r[2] * z) / length,
    (r[3] * x + r[4] * y + r[5] * z) / length,
    (r[6] * x + r[7] * y + r[8] * z) / length,
  ];
}

function localNormal({ kind, size: [a, b, c] }: Solid, x: number, y: number, z: number): Triple {
  switch (kind) {
    case "plane":
      return [0, 0, 1];
    case "sphere":
      return [x, y, z];
    case "capsule":
      return [x, y, z - Math.max(-b, Math.min(b, z))];
    case "cylinder":
      return b - Math.abs(z) < a - Math.hypot(x, y) ? [0, 0, z] : [x, y, 0];
    case "box": {
      const gx = a - Math.abs(x), gy = b - Math.abs(y), gz = c - Math.abs(z);
      if (gx <= gy && gx <= gz) return [x, 0, 0];
      return gy <= gz ? [0, y, 0] : [0, 0, z];
    }
  }
}
