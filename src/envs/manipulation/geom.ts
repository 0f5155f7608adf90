/**
 * Shapes of MJCF models.
 *
 * @module
 */
import { element } from "../mjcf.ts";

/** A geometric shape; sizes are half sizes, as in MJCF. */
export interface Geom {
  readonly type: "box" | "capsule" | "cylinder" | "plane";
  readonly size: readonly number[];
  readonly pos?: readonly number[];
  readonly quat?: readonly number[];
  /** End points of a capsule, instead of pos and quat. */
  readonly fromto?: readonly number[];
  readonly rgba?: readonly number[];
  readonly contype?: number;
  readonly conaffinity?: number;
  readonly condim?: number;
  readonly friction?: readonly number[];
  readonly solref?: readonly number[];
  readonly solimp?: readonly number[];
  readonly density?: number;
}

/** The element of a shape. */
export const geom = (shape: Geom): string => element("geom", { ...shape });

/** Masks of a shape that is seen but never touched. */
export const UNTOUCHABLE = { contype: 0, conaffinity: 0 };

/** Masks of a shape that meets objects and tables but none of its own kind. */
export const PASSIVE = { contype: 0, conaffinity: 1 };
