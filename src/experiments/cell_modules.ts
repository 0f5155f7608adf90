/**
 * Which files a cell depends on. The registries name every method, environment and optimizer; a cell reaches its own.
 *
 * @module
 */
import { environments } from "../envs/mod.ts";
import { methods } from "../methods/mod.ts";
import { optimizers } from "../optim/mod.ts";
import type { Follows } from "../provenance/modules.ts";
import type { Cell } from "./cell.ts";

/** Tables of values that a cell's configuration already holds, value by value. */
const TABLES = /\/(budgets|\w+_hyperparameters)\.ts$/;

/** The optimizers of a registry's file names, which are not always the names of the optimizers. */
const FILES: Readonly<Record<string, string>> = { adaptive: "adaptive_adapg" };

/**
 * Whether a cell depends on what `from` imports as `to`: not on other cells' entries in a registry, nor on tables of
 * values. A change of QSM leaves DPPO's results as they are.
 */
export function followsFor({ method, env, optimizer, variant }: Cell): Follows {
  const critic = variant.trains === "actor" ? ["adamw"] : [];
  const registries: Readonly<Record<string, { all: object; own: readonly string[] }>> = {
    "src/methods/mod.ts": { all: methods, own: [method] },
    "src/envs/mod.ts": { all: environments, own: [env] },
    "src/optim/mod.ts": { all: optimizers, own: [optimizer, ...critic] },
  };
  const fileOf = (name: string) => FILES[name] ?? name;
  return (from, to) => {
    if (TABLES.test(to)) return false;
    const registry = registries[from];
    if (registry === undefined) return true;
    const entry = to.slice(to.lastIndexOf("/") + 1, -".ts".length);
    const isEntry = Object.keys(registry.all).map(fileOf).includes(entry);
    return !isEntry || registry.own.map(fileOf).includes(entry);
  };
}
