/**
 * The simulator states and actions of robomimic demonstrations, to be executed again in another simulator.
 *
 * A state of robosuite is time, positions and velocities: the arm's seven joints, two fingers, then the task's free
 * objects (position and quaternion w x y z; linear and angular velocity), of which only one is manipulated.
 *
 * @see https://robomimic.github.io/docs/datasets/overview.html
 * @module
 */
import { FormatError } from "../../provenance/format_error.ts";
import type { EnvSpec } from "../../rl/environment.ts";
import type { Hdf5File } from "../formats/hdf5.ts";
import { type Matrix, matrixOf } from "./matrix.ts";
import { checkEnvironment, type Demo, numberedDemos } from "./robomimic.ts";

/** A recorded episode in this project's order of joints: arm (7), fingers (2), object. */
export interface RecordedRun {
  readonly name: string;
  /** [N, 16]: before each action. */
  readonly positions: Matrix;
  /** [N, 15]: before each action. */
  readonly velocities: Matrix;
  /** [N, 7] */
  readonly actions: Matrix;
}

/** Free objects of a task, and which of them is manipulated. */
const OBJECTS: Readonly<Record<string, { readonly count: number; readonly used: number }>> = {
  lift: { count: 1, used: 0 },
  // Milk, bread, cereal, can.
  can: { count: 4, used: 3 },
  // Square nut, round nut.
  square: { count: 2, used: 0 },
};

const ROBOT = 9;

/**
 * The first demonstrations of a robomimic file.
 *
 * @throws {FormatError} naming the data set and the reason
 * @throws {RangeError} when the environment is not one of robomimic's
 */
export function readRuns(file: Hdf5File, spec: EnvSpec, maxEpisodes = Infinity): RecordedRun[] {
  const objects = OBJECTS[spec.name];
  if (objects === undefined) {
    const names = Object.keys(OBJECTS).join(", ");
    throw new RangeError(`Cannot replay: allowed are ${names}, found ${spec.name}`);
  }
  checkEnvironment(file, spec);
  const demos = numberedDemos(file);
  if (demos.length === 0) throw new FormatError(file.name, "data", "holds no demonstration");
  return demos.slice(0, maxEpisodes).map((demo) => readRun(file, demo, spec, objects));
}

function readRun(
  file: Hdf5File,
  { name, length: rows }: Demo,
  spec: EnvSpec,
  { count, used }: { readonly count: number; readonly used: number },
): RecordedRun {
  const matrix = (key: string, width: number) => {
    const path = `data/${name}/${key}`;
    return matrixOf(file.read(path), { width, rows }, file.name, path);
  };
  const velocityAt = 1 + ROBOT + 7 * count;
  const states = matrix("states", velocityAt + ROBOT + 6 * count);
  return {
    name,
    positions: columns(states, [1, ROBOT], [1 + ROBOT + 7 * used, 7]),
    velocities: columns(states, [velocityAt, ROBOT], [velocityAt + ROBOT + 6 * used, 6]),
    actions: matrix("actions", spec.actionSize),
  };
}

/** Some ranges of columns, given by first column and number, side by side. */
function columns(from: Matrix, ...ranges: readonly (readonly [number, number])[]): Matrix {
  const width = ranges.reduce((n, [, size]) => n + size, 0);
  const data = new Float64Array(from.rows * width);
  for (let row = 0, to = 0; row < from.rows; row++) {
    for (const [first, size] of ranges) {
      const at = row * from.width + first;
      data.set(from.data.subarray(at, at + size), to);
      to += size;
    }
  }
  return { rows: from.rows, width, data };
}
