/**
 * The cell that iterations and workers are measured with.
 *
 * @module
 */
import { type Cell, DEFAULTS } from "../../src/experiments/cell.ts";
import { pretrainedPath } from "../../src/experiments/open_cell.ts";
import { fixtureDigests, readFixture } from "../fixtures.ts";

/** A compact DPPO cell on Hopper, as Table I runs them. */
export const CELL: Cell = {
  ...DEFAULTS,
  env: "hopper",
  method: "dppo",
  optimizer: "adapg",
  variant: {},
  seed: 0,
};

/** The file of its pre-trained policy. */
export const pretrainedFile = () => readFixture(pretrainedPath(CELL), fixtureDigests());
