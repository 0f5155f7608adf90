/**
 * Where films are seen from.
 *
 * @module
 */
import type { Camera } from "./camera.ts";
import type { Solid } from "./solid.ts";

/** A field of view of 40 degrees. */
const FIELD_OF_VIEW = 40 * Math.PI / 180;

const FIXED: Readonly<Record<string, Camera>> = {
  lift: { eye: [0.75, -0.95, 1.4], target: [-0.22, 0, 1.02], fieldOfView: FIELD_OF_VIEW },
  can: { eye: [1.25, -0.35, 1.75], target: [-0.1, 0, 1.02], fieldOfView: FIELD_OF_VIEW },
  square: { eye: [0.8, 0.95, 1.45], target: [-0.15, 0.03, 1.02], fieldOfView: FIELD_OF_VIEW },
};

/** The camera for an environment; planar robots are followed along x. */
export function cameraFor(environment: string, solids: readonly Solid[]): Camera {
  const fixed = FIXED[environment];
  if (fixed !== undefined) return fixed;
  const robot = solids.filter((solid) => solid.kind !== "plane").map((s) => s.position[0]);
  const x = (Math.min(...robot) + Math.max(...robot)) / 2;
  return { eye: [x, -4.2, 1.3], target: [x, 0, 0.75], fieldOfView: FIELD_OF_VIEW };
}
