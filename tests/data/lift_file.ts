/** A small robomimic file for Lift, made in memory. */
import type { Group } from "h5wasm";
import { hdf5Bytes } from "./hdf5_writer.ts";

/** What is different from a correct file. */
export interface LiftVariant {
  readonly rows?: number;
  readonly samples?: bigint;
  readonly object?: number;
  /** The text of `env_args`. */
  readonly env?: string;
  /** What is done to it in the end. */
  readonly change?: (root: Group) => void;
}

const ENV = JSON.stringify({ env_name: "Lift" });

/** A robomimic file for Lift, correct where nothing is said. */
export function liftBytes(
  { rows = 4, samples = BigInt(rows), object = 0, env = ENV, change }: LiftVariant,
): Uint8Array<ArrayBuffer> {
  const matrix = (width: number, value = 0) => ({
    data: Float64Array.from({ length: rows * width }, (_, i) => i < width ? -value : value),
    shape: width === 1 ? [rows] : [rows, width],
    ...(rows > 1000 ? { chunks: width === 1 ? [rows] : [rows, width], compression: 9 } : {}),
  });
  return hdf5Bytes((root) => {
    const data = root.create_group("data"), demo = data.create_group("demo_0");
    data.create_attribute("env_args", env);
    demo.create_attribute("num_samples", BigInt64Array.of(samples), []);
    const obs = demo.create_group("obs");
    demo.create_dataset({ name: "actions", ...matrix(7) });
    demo.create_dataset({ name: "rewards", ...matrix(1) });
    demo.create_dataset({ name: "dones", ...matrix(1) });
    obs.create_dataset({ name: "robot0_eef_pos", ...matrix(3) });
    obs.create_dataset({ name: "robot0_eef_quat", ...matrix(4) });
    obs.create_dataset({ name: "robot0_gripper_qpos", ...matrix(2) });
    obs.create_dataset({ name: "object", ...matrix(10, object) });
    change?.(root);
  });
}
