/**
 * A cell: one method on one environment with one optimizer from one seed, and all else that decides its numbers.
 *
 * @module
 */
import type { EnvName } from "../envs/mod.ts";
import type { MethodName } from "../methods/mod.ts";
import type { Json } from "../provenance/strict_json.ts";
import type { BudgetName, Profile } from "./budgets.ts";

/** The sides of a comparison. */
export const ARMS = ["adamw", "adapg"] as const;

/** One side of a comparison: the optimizer of every network that fine-tuning trains. */
export type ArmName = typeof ARMS[number];

/** How matrix products are computed; part of a result's identity. */
export type Numerics = "strict" | "blas";

/** What the cells of one table share. */
export interface Setting {
  readonly profile: Profile;
  readonly budget: BudgetName;
  readonly numerics: Numerics;
  /** Keep the reference's quirks, or do what it means to do. */
  readonly fidelity: "reference" | "corrected";
  /** ω of the ADAPG arm. */
  readonly omega: number;
}

/** One run of a table. */
export interface Cell extends Setting {
  readonly env: EnvName;
  readonly method: MethodName;
  readonly optimizer: ArmName;
  readonly seed: number;
}

/** `hopper/dppo-adapg/seed-0`: the cell's folder below its table's. */
export const cellPath = ({ env, method, optimizer, seed }: Cell): string =>
  `${env}/${method}-${optimizer}/seed-${seed}`;

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

/** The cell as JSON. The AdamW arm knows no ω, so a table with another ω shares its AdamW cells. */
export function cellJson({ optimizer, omega, ...rest }: Cell): Json {
  return { ...rest, optimizer, ...(optimizer === "adapg" ? { omega } : {}) };
}
