/**
 * Tables, bins and pegs.
 *
 * @module
 */
import type { Geom } from "./geom.ts";
import type { Furniture } from "./scene.ts";

const WOOD = [0.72, 0.6, 0.45, 1], GREY = [0.55, 0.58, 0.62, 1], BRASS = [0.7, 0.65, 0.35, 1];

/** A square table top, 80 cm wide and 5 cm thick, whose surface is at `height`. */
export const table = (height: number): Furniture => ({
  name: "table",
  pos: [0, 0, height - 0.025],
  geoms: [{ type: "box", size: [0.4, 0.4, 0.025], rgba: WOOD }],
});

const wall = (x: number, y: number, halfX: number, halfY: number): Geom => ({
  type: "box",
  pos: [x, y, 0.05],
  size: [halfX, halfY, 0.05],
  rgba: GREY,
});

const OPEN_BIN: readonly Geom[] = [
  { type: "box", size: [0.2, 0.25, 0.02], rgba: WOOD },
  wall(0, 0.25, 0.21, 0.01),
  wall(0, -0.25, 0.21, 0.01),
  wall(0.2, 0, 0.01, 0.25),
  wall(-0.2, 0, 0.01, 0.25),
];

/** A bin 40 × 50 cm wide with walls 10 cm high; its floor is 2 cm above its origin. */
export const bin = (x: number, y: number): Furniture => ({
  name: "bin1",
  pos: [x, y, 0.8],
  geoms: OPEN_BIN,
});

/** The same bin with two dividers that cut it into quarters. */
export const dividedBin = (x: number, y: number): Furniture => ({
  name: "bin2",
  pos: [x, y, 0.8],
  geoms: [...OPEN_BIN, wall(0, 0, 0.2, 0.01), wall(0, 0, 0.01, 0.25)],
});

/** A square peg, 3.2 cm wide, and a round one, 4 cm wide, both with their top at z = 0.95. */
export const PEGS: readonly Furniture[] = [
  peg("peg1", 0.1, { type: "box", size: [0.016, 0.016, 0.1] }),
  peg("peg2", -0.1, { type: "cylinder", size: [0.02, 0.1] }),
];

function peg(name: string, y: number, shape: Geom): Furniture {
  return { name, pos: [0.23, y, 0.85], geoms: [{ ...shape, rgba: BRASS }] };
}
