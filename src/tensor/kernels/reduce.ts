/**
 * Sums and means, added up in float64.
 *
 * @module
 */
import { backend_util, util } from "@tensorflow/tfjs";
import { address, output } from "./heap.ts";
import type { Kernel } from "./install.ts";
import { native } from "./native.ts";

/** Σ x over neighbouring axes, or their mean. */
export const reduction = (f: "sum" | "mean"): Kernel => ({ x }, attrs) => {
  const axes = util.parseAxisParam(attrs.axis as number | number[], x.shape).sort((a, b) => a - b);
  if (!areNeighbours(axes)) return undefined;
  const [kept, reduced] = backend_util.computeOutAndReduceShapes(x.shape, axes);
  const y = output(attrs.keepDims ? backend_util.expandShapeToKeepDim(kept, axes) : kept);
  const outer = util.sizeFromShape(x.shape.slice(0, axes[0]));
  const inner = util.sizeFromShape(x.shape.slice(axes[0] + axes.length));
  const terms = util.sizeFromShape(reduced);
  native.sum(address(x), address(y), outer, terms, inner, f === "mean" ? 1 / terms : 1);
  return y;
};

const areNeighbours = (axes: readonly number[]): boolean =>
  axes.length > 0 && axes.every((axis, i) => axis === axes[0] + i);
