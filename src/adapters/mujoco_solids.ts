/**
 * The shapes of a MuJoCo model at a state, for pictures.
 *
 * @module
 */
import type { Doubles } from "../tensor/tensor.ts";
import type { Machine } from "./mujoco_engine.ts";

/** A shape at its place; sizes are half sizes. */
export interface PlacedShape {
  readonly kind: "plane" | "sphere" | "capsule" | "cylinder" | "box";
  readonly size: Doubles;
  readonly position: Doubles;
  readonly rotation: Doubles;
  readonly colour: readonly [number, number, number];
}

const KINDS: Readonly<Record<number, PlacedShape["kind"]>> = {
  0: "plane",
  2: "sphere",
  3: "capsule",
  5: "cylinder",
  6: "box",
};

/** MuJoCo's grey stands for "not said"; then floors are light and robots orange. */
function colourOf(rgba: Float32Array, isPlane: boolean): readonly [number, number, number] {
  const [r, g, b] = rgba;
  if (r !== 0.5 || g !== 0.5 || b !== 0.5) return [r, g, b];
  return isPlane ? [0.86, 0.87, 0.88] : [0.9, 0.5, 0.2];
}

/** A function from states to shapes, with a data block of its own. */
export function placedShapes({ mj, model }: Machine): (state: Doubles) => PlacedShape[] {
  const data = new mj.MjData(model);
  return (state) => {
    // A saved state begins with the time, then positions.
    data.qpos.set(state.subarray(1, 1 + model.nq) as Float64Array);
    mj.mj_kinematics(model, data);
    const row = (all: Float64Array, width: number, i: number) =>
      all.slice(width * i, width * (i + 1));
    return Array.from({ length: model.ngeom }, (_, i) => ({
      kind: KINDS[model.geom_type[i]],
      size: row(model.geom_size, 3, i),
      position: row(data.geom_xpos, 3, i),
      rotation: row(data.geom_xmat, 9, i),
      colour: colourOf(model.geom_rgba.subarray(4 * i, 4 * i + 4), model.geom_type[i] === 0),
    }));
  };
}
