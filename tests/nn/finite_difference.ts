/** Gradients against finite differences. */
import { assert } from "@std/assert";
import { normal } from "../../src/rng/draw.ts";
import { type Key, split } from "../../src/rng/key.ts";
import type { ValueAndGrad } from "../../src/tensor/engine.ts";
import type { Params } from "../../src/tensor/params.ts";
import type { Floats } from "../../src/tensor/tensor.ts";

/**
 * Compares the slope of a smooth loss along the gradient and along a random direction with central differences of
 * step h, shorter where the loss is steep. Float32 leaves a difference of about 1e-6 |loss| / h, and h itself one of
 * order h².
 */
export function requireGradient(
  params: Params,
  key: Key,
  loss: (params: Params) => ValueAndGrad,
): void {
  const { value, grads } = loss(params);
  const random = normal(split(key)[0], [params.data.length]).data;
  const size = norm(grads.data), h = Math.min(4e-3, 0.04 / size);
  for (const direction of [grads.data, random]) {
    const unit = direction.map((x) => x / Math.max(norm(direction), 1e-20));
    const at = (step: number) => loss(moved(params, unit, step)).value;
    const slope = (at(h) - at(-h)) / (2 * h), expected = dot(grads.data, unit);
    const allowed = 0.02 * size + 3e-6 * (1 + Math.abs(value)) / h;
    assert(
      Math.abs(slope - expected) <= allowed,
      `slope ${slope}, gradient says ${expected}, allowed ${allowed}`,
    );
  }
}

const moved = ({ layout, data }: Params, direction: Floats, step: number): Params => ({
  layout,
  data: data.map((x, i) => x + step * direction[i]),
});

const dot = (a: Floats, b: Floats): number => a.reduce((sum, x, i) => sum + x * b[i], 0);

const norm = (a: Floats): number => Math.sqrt(dot(a, a));
