/**
 * MuJoCo's official WebAssembly build, loaded once per worker.
 *
 * @module
 */
import loadMujoco, { type MainModule, type MjData, type MjModel } from "mujoco-js";

/** The engine's functions. */
export type Mujoco = MainModule;

/** One compiled model and one data block on the engine's heap. */
export interface Machine {
  readonly mj: Mujoco;
  readonly model: MjModel;
  readonly data: MjData;
}

/** The engine of this worker. */
export const mujoco: Mujoco = await loadMujoco();

/**
 * Compiles a model. It and its data stay on the heap for good: a worker opens a handful of models.
 *
 * @throws {SyntaxError} with the engine's message when it rejects the text
 */
export function compile(mjcf: string): Machine {
  const path = "/model.xml";
  mujoco.FS.writeFile(path, mjcf);
  try {
    const model = mujoco.MjModel.loadFromXML(path);
    return { mj: mujoco, model, data: new mujoco.MjData(model) };
  } catch (cause) {
    throw new SyntaxError(`Cannot compile model: ${messageOf(cause)}`, { cause });
  }
}

/**
 * The text of a C++ exception. The build's own accessor fails, but the engine's error class begins with its
 * message, and any view of the heap reaches it.
 */
function messageOf(cause: unknown): string {
  const at = (cause as { excPtr?: number }).excPtr;
  if (at === undefined) return String(cause);
  const probe = new mujoco.DoubleBuffer(1);
  const bytes = new Uint8Array(probe.GetView().buffer, at, 1000);
  const text = new TextDecoder().decode(bytes.slice(0, bytes.indexOf(0)));
  probe.delete();
  return text.trim().replaceAll(/\s+/g, " ");
}
