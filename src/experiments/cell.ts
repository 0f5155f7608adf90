/**
 * A cell: one method on one environment with one optimizer from one seed, and all else that decides its numbers.
 *
 * @module
 */
import type { EnvName } from "../envs/mod.ts";
import type { MethodName } from "../methods/mod.ts";
import type { Json } from "../provenance/strict_json.ts";
import type { BudgetName, Profile } from "./budgets.ts";

/** The optimizers that fine-tuning is compared with. */
export const ARM_OPTIMIZERS = ["adamw", "adapg", "adaptive"] as const;

/** The optimizer of the networks that fine-tuning trains. */
export type ArmOptimizer = typeof ARM_OPTIMIZERS[number];

/** What an arm sets otherwise than its optimizer's defaults; absent fields set nothing. */
export interface Variant {
  /** ω of ADAPG. */
  readonly omega?: number;
  /** ε of the optimizer. */
  readonly eps?: number;
  /** Factor on every learning rate. */
  readonly rate?: number;
  /** ADAPG trains the actor only; critics keep AdamW. */
  readonly trains?: "actor";
  /** The network that predicts noise, in place of the perceptron. */
  readonly denoiser?: "unet";
  /** Does what the reference means to do, whatever the table's setting is. */
  readonly fidelity?: "corrected";
}

/** One side of a comparison. */
export interface Arm {
  /** Of the networks that fine-tuning trains. */
  readonly optimizer: ArmOptimizer;
  /** What is set otherwise than by default. */
  readonly variant: Variant;
}

/** How matrix products are computed; part of a result's identity. */
export type Numerics = "strict" | "blas";

/** What the cells of one table share. */
export interface Setting {
  /** Sizes of networks and rollouts. */
  readonly profile: Profile;
  /** Iterations and evaluation episodes. */
  readonly budget: BudgetName;
  /** Which matrix products. */
  readonly numerics: Numerics;
  /** Keep the reference's quirks, or do what it means to do. */
  readonly fidelity: "reference" | "corrected";
  /** ω of ADAPG where an arm sets none. */
  readonly omega: number;
}

/** One run of a table. */
export interface Cell extends Setting, Arm {
  /** The environment. */
  readonly env: EnvName;
  /** The method that fine-tunes. */
  readonly method: MethodName;
  /** A whole number from 0; both arms of a comparison share all that it decides. */
  readonly seed: number;
}

/** `adapg`, `adapg-omega-0.6` or `adamw-unet`: an arm's name, silent about defaults. */
export const armName = ({ optimizer, variant }: Arm): string =>
  [
    optimizer,
    ...Object.entries(variant).map(([name, value]) =>
      typeof value === "number" ? `${name}-${value}` : value
    ),
  ].join("-");

/** `hopper/dppo-adapg/seed-0`: the cell's folder below its table's. */
export const cellPath = (cell: Cell): string =>
  `${cell.env}/${cell.method}-${armName(cell)}/seed-${cell.seed}`;

/** `compact-smoke`, or `compact-short-omega-1.1`: the table's folder; settings left at their defaults are silent. */
export function settingPath({ profile, budget, numerics, fidelity, omega }: Setting): string {
  const unusual = [
    numerics === DEFAULTS.numerics ? [] : [numerics],
    fidelity === DEFAULTS.fidelity ? [] : [fidelity],
    omega === DEFAULTS.omega ? [] : [`omega-${omega}`],
  ];
  return [profile, budget, ...unusual.flat()].join("-");
}

/** What a table is made with unless asked otherwise. */
export const DEFAULTS: Setting = {
  profile: "compact",
  budget: "smoke",
  numerics: "strict",
  fidelity: "reference",
  omega: 1.2,
};

/**
 * The cell as JSON. Only ADAPG knows ω, so a table with another ω shares its other cells, and an arm that sets
 * what is the default anyway is the same cell.
 */
export function cellJson({ optimizer, omega, variant, ...rest }: Cell): Json {
  const { omega: own = omega, ...others } = variant;
  return { ...rest, ...others, optimizer, ...(optimizer === "adapg" ? { omega: own } : {}) };
}
