/**
 * How imperfect an episode is: drawn once, so that episodes differ as people do.
 *
 * @module
 */
import { normal, uniform } from "../../rng/draw.ts";
import { address, type Key } from "../../rng/key.ts";
import type { Aiming } from "./script.ts";
import type { Vector } from "./view.ts";

/** The hand's habits in one episode. All zero but `speed` and `cap` for a perfect demonstrator. */
export interface Style {
  /** Multiplies the gain. */
  readonly speed: number;
  /** Largest action component of the translation. */
  readonly cap: number;
  /** Standard deviations of the action noise and its correlation from step to step. */
  readonly translationNoise: number;
  readonly rotationNoise: number;
  readonly correlation: number;
  /** Standard deviation of way-points, m: in coarse phases; a fifth of it in fine ones. */
  readonly scatter: number;
  /** Chances per phase of a pause and, in coarse phases, of a detour. */
  readonly pause: number;
  readonly detour: number;
  /** Chance that the first grasp is tried beside the object. */
  readonly miss: number;
}

/** The scripted policy as it is. */
export const PLAIN: Style = {
  speed: 1,
  cap: 1,
  translationNoise: 0,
  rotationNoise: 0,
  correlation: 0,
  scatter: 0,
  pause: 0,
  detour: 0,
  miss: 0,
};

/** A style as varied as several operators'. */
export function drawStyle(key: Key): Style {
  const u = uniform(key, [6]).data;
  const within = (i: number, low: number, high: number) => low + u[i] * (high - low);
  return {
    speed: within(0, 0.75, 1.7),
    cap: within(1, 0.5, 1),
    translationNoise: within(2, 0.02, 0.13),
    rotationNoise: within(3, 0.003, 0.02),
    correlation: within(4, 0.5, 0.95),
    scatter: within(5, 0.003, 0.013),
    pause: 0.12,
    detour: 0.1,
    miss: 0.07,
  };
}

/** Shares of the coarse scatter and noise that are left in fine phases. */
const FINE_SCATTER = 0.2;
export const FINE_NOISE = 0.5;

/** Where the hand aims, phase after phase: scattered, on detours, and once, perhaps, beside the object. */
export function aimingOf(style: Style, key: Key): Aiming {
  let phase = 0, missed = false;
  return (care) => {
    const here = address(key, "aim", phase++);
    const scatter = scattered(style, here, care === "fine" ? FINE_SCATTER : 1);
    const [chance, start, steps] = uniform(address(here, "event"), [3]).data;
    const sideways = uniform(address(here, "direction"), [2]).data;
    const detour = care === "coarse" && chance < style.detour;
    const miss = care === "fine" && !missed && chance < style.miss;
    if (care === "fine") missed = true;
    const reach = detour ? 0.05 + 0.04 * start : miss ? 0.03 + 0.02 * start : 0;
    const until = detour ? 6 + 8 * steps : miss ? 10 + 50 * steps : 0;
    const away = displaced(scatter, reach, 2 * Math.PI * sideways[0], detour ? 0.04 : 0);
    return {
      offset: (step) => step < until ? away : scatter,
      settled: (step) => !detour || step >= until,
    };
  };
}

function scattered({ scatter }: Style, key: Key, share: number): Vector {
  const [x, y, z] = normal(address(key, "scatter"), [3]).data;
  return [scatter * share * x, scatter * share * y, scatter * share * z];
}

const displaced = ([x, y, z]: Vector, reach: number, direction: number, lift: number): Vector => [
  x + reach * Math.cos(direction),
  y + reach * Math.sin(direction),
  z + lift,
];
