/**
 * A demonstrator: a script acted out in a style.
 *
 * @module
 */
import { normal, uniform } from "../../rng/draw.ts";
import { address, type Key } from "../../rng/key.ts";
import type { Doubles } from "../../tensor/tensor.ts";
import { canScript } from "./can_script.ts";
import { actionFor, clip, type Command } from "./command.ts";
import { liftScript } from "./lift_script.ts";
import type { Aiming, Care, Script } from "./script.ts";
import { squareScript } from "./square_script.ts";
import { aimingOf, FINE_NOISE, type Style } from "./style.ts";
import { type View, viewOf } from "./view.ts";

/** The scripts by task. */
export const scripts = {
  lift: liftScript,
  can: canScript,
  square: squareScript,
} as const satisfies Readonly<Record<string, (start: View, aiming: Aiming) => Script>>;

/** A task that can be demonstrated. */
export type DemonstratedName = keyof typeof scripts;

/** Acts through one episode: the action for each observation in turn. */
export type Demonstrator = (observation: Doubles) => Float64Array;

/** Shortest pause and how much longer it may be, steps. */
const PAUSE = [2, 9] as const;

/**
 * A demonstrator for one episode. Actions are float32 numbers in [−1, 1], as they are stored; the last is ±1.
 * During a pause the hand is held still and the script waits.
 */
export function demonstrator(task: DemonstratedName, style: Style, key: Key): Demonstrator {
  const noise = correlatedNoise(style, address(key, "noise"));
  let care: Care = "coarse", phases = 0, pausing = 0;
  const aimed = aimingOf(style, key);
  const aiming: Aiming = (next) => {
    care = next;
    pausing = pauseLength(style, address(key, "pause", phases++));
    return aimed(next);
  };
  let script: Script | undefined, command: Command | undefined;
  return (observation) => {
    const view = viewOf(observation);
    if (script === undefined) command = (script = scripts[task](view, aiming)).next().value;
    else if (pausing === 0) command = script.next(view).value;
    const still = pausing > 0 && pausing-- > 0;
    const plain = actionFor(command!, view, style.speed, still ? 0 : style.cap);
    const share = care === "fine" ? FINE_NOISE : 1;
    return Float64Array.from(noise(), (n, i) => Math.fround(clip(plain[i] + share * n, 1)));
  };
}

function pauseLength({ pause }: Style, key: Key): number {
  const [chance, length] = uniform(key, [2]).data;
  return chance < pause ? Math.floor(PAUSE[0] + length * PAUSE[1]) : 0;
}

/**
 * First-order noise of the first six action components, none of the gripper's.
 *
 *   n ← ρ n + √(1 − ρ²) σ z
 */
function correlatedNoise(style: Style, key: Key): () => Float64Array {
  const { correlation, translationNoise, rotationNoise } = style;
  const fresh = Math.sqrt(1 - correlation ** 2), state = new Float64Array(7);
  let step = 0;
  return () => {
    const z = normal(address(key, step++), [6]).data;
    for (let i = 0; i < 6; i++) {
      const sigma = i < 3 ? translationNoise : rotationNoise;
      state[i] = correlation * state[i] + fresh * sigma * z[i];
    }
    return state;
  };
}
