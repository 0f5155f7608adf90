/**
 * The layout of the recorded constants of a manipulation model.
 *
 * @module
 */

/** A vector. */
export type Numbers = readonly number[];

/** A rigid body. */
export interface Body {
  readonly id: number;
  readonly name: string;
  readonly pos: Numbers;
  readonly quat_wxyz: Numbers;
  readonly mass: number;
  readonly inertia_diag: Numbers;
  readonly ipos: Numbers;
  readonly iquat_wxyz: Numbers;
}

/** A joint; its numbers hold for each of its degrees of freedom. */
export interface Joint {
  readonly name: string;
  readonly type: string;
  readonly axis: Numbers;
  readonly range: Numbers;
  readonly damping: number;
  readonly armature: number;
  readonly frictionloss: number;
  readonly limit_solref: Numbers;
  readonly limit_solimp: Numbers;
  readonly friction_solref: Numbers;
  readonly friction_solimp: Numbers;
}

/** A motor or a servo. */
export interface Actuator {
  readonly name: string;
  readonly gainprm0: number;
  readonly biasprm: Numbers;
  readonly ctrlrange: Numbers;
  readonly forcerange: Numbers;
  readonly gear: number;
}

/** A shape that can be touched. */
export interface Shape {
  readonly body: string;
  readonly type: string;
  readonly contype: number;
  readonly conaffinity: number;
  readonly condim: number;
  readonly size: Numbers;
  readonly pos: Numbers;
  readonly quat_wxyz: Numbers;
  readonly friction: Numbers;
  readonly solref: Numbers;
  readonly solimp: Numbers;
  readonly margin: number;
  readonly gap: number;
}

/** A file of constants of one task. */
export interface Constants {
  readonly option: Readonly<Record<string, number | string | Numbers>>;
  readonly body: readonly Body[];
  readonly joint: readonly Joint[];
  readonly actuator: readonly Actuator[];
  readonly collision_geom: readonly Shape[];
  readonly body_invweight0: readonly Numbers[];
  readonly dof_invweight0: Numbers;
}
