/**
 * The ω at which the adaptive optimizer has arrived when training ends.
 *
 *   ω = 1 + r tanh(a)             a: of the optimizer's state;  r = 0.5, which no arm sets otherwise
 *
 * @see src/optim/adaptive_adapg.ts
 * @module
 */
import type { OptimizerState } from "../../optim/optimizer.ts";
import type { Cell } from "../cell.ts";
import { optimizersIn } from "./networks_in.ts";

const RADIUS = 0.5;

/** The ω of one network of one cell. */
export interface OmegaFinding {
  readonly env: string;
  readonly seed: number;
  readonly network: string;
  /** Steps that the optimizer has taken. */
  readonly steps: number;
  /** ω of the last of them; 1 before the first. */
  readonly omega: number;
}

/** The findings of a cell's networks that the adaptive optimizer trains, from the method's state. */
export const omegaFindings = ({ env, seed }: Cell, state: unknown): OmegaFinding[] =>
  Object.entries(optimizersIn(state)).flatMap(([network, optimizer]) =>
    isAdaptive(optimizer)
      ? [{ env, seed, network, steps: optimizer.count, omega: 1 + RADIUS * Math.tanh(optimizer.a) }]
      : []
  );

const isAdaptive = (state: OptimizerState): state is OptimizerState & { readonly a: number } =>
  typeof state.a === "number";
