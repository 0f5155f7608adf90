/**
 * Element-wise kernels in place of the backend's own, which take about ten nanoseconds a number.
 *
 * @module
 */
import { backend_util, util } from "@tensorflow/tfjs";
import { plane } from "./broadcast.ts";
import { address, output } from "./heap.ts";
import type { Kernel } from "./install.ts";
import { native } from "./native.ts";

/** y = f(x). */
export const unary =
  (f: "exp" | "mish" | "negate" | "relu" | "sqrt" | "square"): Kernel => ({ x }) => {
    const y = output(x.shape);
    native[f](address(x), address(y), util.sizeFromShape(x.shape));
    return y;
  };

/** dx = dy f′(x). */
export const gradient = (f: "mishGradient" | "reluGradient"): Kernel => ({ dy, x }) => {
  const dx = output(x.shape);
  native[f](address(dy), address(x), address(dx), util.sizeFromShape(x.shape));
  return dx;
};

/** y = f(a, b) with broadcasting, unless that takes more than two axes. */
export const binary =
  (f: "add" | "divide" | "maximum" | "minimum" | "multiply" | "subtract"): Kernel => ({ a, b }) => {
    const shape = backend_util.assertAndGetBroadcastShape(a.shape, b.shape);
    const seen = plane(a.shape, b.shape, shape);
    if (seen === undefined) return undefined;
    const y = output(shape);
    native[f](address(a), address(b), address(y), seen.rows, seen.columns, seen.steps);
    return y;
  };
