/**
 * Mass and inertia of capsules by the rule of MuJoCo up to 2.1.0, which the v2 tasks were defined with.
 *
 * @module
 */

/** A point of the plane that a planar robot lives in. */
export type Point = readonly [x: number, z: number];

/** A capsule in the x–z plane between the centres of its end spheres. Metres. */
export interface Capsule {
  readonly from: Point;
  readonly to: Point;
  readonly radius: number;
}

/** Mass in kg, centre of mass in m, and the inertia about it in kg m². Planar bodies have no xy and yz products. */
export interface Inertial {
  readonly mass: number;
  readonly center: Point;
  readonly xx: number;
  readonly yy: number;
  readonly zz: number;
  readonly xz: number;
}

const DENSITY = 1000;

/**
 * A capsule counted as a solid cylinder of its radius r and of length H = d + r, d the distance of its ends:
 *
 *   m = ρ π r² H,  I_axial = m r² / 2,  I_transverse = m (3 r² + H²) / 12
 *
 * MuJoCo 2.1.1 and later compute the exact capsule instead (change log, "capsule inertias").
 */
export function cylinderRule({ from, to, radius }: Capsule): Inertial {
  const along: Point = [to[0] - from[0], to[1] - from[1]];
  const distance = Math.hypot(...along), length = distance + radius;
  const [ux, uz] = [along[0] / distance, along[1] / distance];
  const mass = DENSITY * Math.PI * radius ** 2 * length;
  const axial = mass * radius ** 2 / 2;
  const transverse = mass * (3 * radius ** 2 + length ** 2) / 12;
  return {
    mass,
    center: [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2],
    xx: transverse + (axial - transverse) * ux * ux,
    yy: transverse,
    zz: transverse + (axial - transverse) * uz * uz,
    xz: (axial - transverse) * ux * uz,
  };
}

/** Several rigid parts as one body: masses add, inertias by the parallel-axis theorem. */
export function combine(parts: readonly Inertial[]): Inertial {
  if (parts.length === 1) return parts[0];
  const sum = (f: (part: Inertial) => number) => parts.reduce((total, part) => total + f(part), 0);
  const mass = sum((p) => p.mass);
  const center: Point = [
    sum((p) => p.mass * p.center[0]) / mass,
    sum((p) => p.mass * p.center[1]) / mass,
  ];
  const dx = (p: Inertial) => p.center[0] - center[0];
  const dz = (p: Inertial) => p.center[1] - center[1];
  return {
    mass,
    center,
    xx: sum((p) => p.xx + p.mass * dz(p) ** 2),
    yy: sum((p) => p.yy + p.mass * (dx(p) ** 2 + dz(p) ** 2)),
    zz: sum((p) => p.zz + p.mass * dx(p) ** 2),
    xz: sum((p) => p.xz - p.mass * dx(p) * dz(p)),
  };
}
