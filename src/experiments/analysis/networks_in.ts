/**
 * The networks in a method's state, whatever the method.
 *
 * @module
 */
import type { OptimizerState } from "../../optim/optimizer.ts";
import type { Params } from "../../tensor/params.ts";

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

const isParams = (value: unknown): value is Params =>
  isRecord(value) && Array.isArray(value.layout) && ArrayBuffer.isView(value.data);

const isOptimizer = (value: unknown): value is OptimizerState =>
  isRecord(value) && typeof value.count === "number" && isParams(value.theta);

/** States of optimizers by the name of their network. */
export const optimizersIn = (state: unknown): Readonly<Record<string, OptimizerState>> =>
  Object.fromEntries(
    Object.entries(state as object).filter((entry): entry is [string, OptimizerState] =>
      isOptimizer(entry[1])
    ),
  );

/** Parameters by name: of every optimizer, and those that follow others, such as targets. */
export const networksIn = (state: unknown): Readonly<Record<string, Params>> =>
  Object.fromEntries(
    Object.entries(state as object).flatMap(([name, value]) =>
      isOptimizer(value) ? [[name, value.theta]] : isParams(value) ? [[name, value]] : []
    ),
  );
