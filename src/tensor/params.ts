/**
 * The parameters of a network: one flat immutable vector with a layout of named leaves.
 *
 * Names and shapes are those of the PyTorch reference (`mlp_mean.layers.0.weight` of shape [out, in]), so
 * checkpoints and parity data need no translation.
 *
 * @module
 */
import { type Floats, type Tensor, volume } from "./tensor.ts";

/** One named block of the vector: `data[offset … offset + size)`, row-major in `shape`. */
export interface Leaf {
  readonly name: string;
  readonly shape: readonly number[];
  readonly offset: number;
  readonly size: number;
}

/** A flat vector and the leaves that tile it, in order. */
export interface Params {
  readonly layout: readonly Leaf[];
  readonly data: Floats;
}

/** Leaves tiling a vector in the order given. */
export function layoutOf(
  shapes: Iterable<readonly [name: string, shape: readonly number[]]>,
): readonly Leaf[] {
  let offset = 0;
  const seen = new Set<string>();
  return Array.from(shapes, ([name, shape]) => {
    if (seen.has(name)) {
      throw new RangeError(`Cannot lay out parameters: leaf ${name} occurs twice`);
    }
    seen.add(name);
    const leaf = { name, shape, offset, size: volume(shape) };
    offset += leaf.size;
    return leaf;
  });
}

/** The length of the vector that a layout tiles. */
export const sizeOf = (layout: readonly Leaf[]): number =>
  layout.reduce((n, leaf) => n + leaf.size, 0);

/** Parameters with the given leaves. */
export function paramsOf(leaves: Readonly<Record<string, Tensor>>): Params {
  const layout = layoutOf(Object.entries(leaves).map(([name, t]) => [name, t.shape]));
  const data = new Float32Array(sizeOf(layout));
  for (const leaf of layout) data.set(leaves[leaf.name].data, leaf.offset);
  return { layout, data };
}

/** One leaf as a tensor that shares the vector's memory. */
export function leafOf(params: Params, name: string): Tensor {
  const leaf = params.layout.find((l) => l.name === name);
  if (leaf === undefined) {
    throw new RangeError(`Cannot read leaf: found no ${name} among ${params.layout.length} leaves`);
  }
  return { shape: leaf.shape, data: params.data.subarray(leaf.offset, leaf.offset + leaf.size) };
}

/** The leaves whose name starts with `prefix`, with the prefix removed, as parameters of their own. */
export function select(params: Params, prefix: string): Params {
  const leaves = params.layout.filter((l) => l.name.startsWith(prefix));
  return paramsOf(
    Object.fromEntries(leaves.map((l) => [l.name.slice(prefix.length), leafOf(params, l.name)])),
  );
}

/**
 * Throws unless both have the same leaves.
 *
 * @throws {TypeError} naming the first difference
 */
export function requireSameLayout(action: string, a: Params, b: Params): void {
  if (a.layout === b.layout) return;
  const n = Math.max(a.layout.length, b.layout.length);
  for (let i = 0; i < n; i++) {
    const [x, y] = [describe(a.layout[i]), describe(b.layout[i])];
    if (x !== y) {
      throw new TypeError(`Cannot ${action}: leaf ${i} is ${x} on one side and ${y} on the other`);
    }
  }
}

const describe = (leaf?: Leaf): string =>
  leaf === undefined ? "absent" : `${leaf.name} [${leaf.shape}]`;
