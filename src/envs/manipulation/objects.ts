/**
 * The three things that are manipulated, after robosuite 1.4.1's object models.
 *
 * @module
 */
import type { FreeObject } from "./scene.ts";

/** A cube of the given half sizes, m; density 1000 kg/m³. */
export const cube = (halfSize: readonly number[]): FreeObject => ({
  geoms: [{ type: "box", size: halfSize, density: 1000, rgba: [0.8, 0.2, 0.15, 1] }],
  damping: 0,
});

const SMOOTH = { condim: 4, solimp: [0.998, 0.998, 0.001] } as const;

/** A drink can, 8 cm tall: a cylinder within 0.3 mm of the source's mesh, with the mesh's inertia. */
export const CAN: FreeObject = {
  geoms: [{
    type: "cylinder",
    size: [0.025, 0.04],
    pos: [0, -0.0001, -0.0003],
    friction: [0.95, 0.3, 0.1],
    solref: [0.001, 1],
    rgba: [0.75, 0.15, 0.15, 1],
    ...SMOOTH,
  }],
  inertial: {
    pos: [5.89018283085e-05, -0.000133653740041, 0.00035839969575],
    quat: [0.999769442031, 0.000892946850221, -3.22309879363e-05, 0.0214537732905],
    mass: 0.0159962130982,
    diaginertia: [1.05972285819e-05, 1.05913627537e-05, 4.88900425465e-06],
  },
  damping: 0.0005,
};

/** x, y of a box's centre, its half sizes in x and y, and its rolling friction. */
type NutBox = readonly [x: number, y: number, halfX: number, halfY: number, rolling?: number];

const NUT_BOXES: readonly NutBox[] = [
  [-0.03325, 0, 0.0105, 0.04375, 0.2],
  [0, 0.03325, 0.03125, 0.0105],
  [0, -0.03325, 0.03125, 0.0105],
  [0.03325, 0, 0.0105, 0.04375],
  [0.054, 0, 0.02525, 0.015875],
];

/** A flat square ring with a handle along +x, 2 cm thick; density 100 kg/m³, overlaps counted twice. */
export const SQUARE_NUT: FreeObject = {
  geoms: NUT_BOXES.map(([x, y, halfX, halfY, rolling = 0.1]) => ({
    type: "box",
    pos: [x, y, 0],
    size: [halfX, halfY, 0.01],
    friction: [0.95, 0.3, rolling],
    density: 100,
    rgba: [0.85, 0.6, 0.2, 1],
    ...SMOOTH,
  })),
  damping: 0.0005,
};
