/**
 * Broadcasting seen as two axes.
 *
 * @module
 */

/** A result of [rows, columns] and, in four bits, along which axes its operands move (`assembly/binary.ts`). */
export interface Plane {
  readonly rows: number;
  readonly columns: number;
  readonly steps: number;
}

const BOTH = 3, ONLY_A = 1, ONLY_B = 2;

/**
 * The plane of two shapes that broadcast to `shape`, or `undefined` where more than two axes are needed.
 *
 * Neighbouring axes along which the same operands move count as one.
 */
export function plane(
  a: readonly number[],
  b: readonly number[],
  shape: readonly number[],
): Plane | undefined {
  const axes: { size: number; movers: number }[] = [];
  for (let i = shape.length - 1; i >= 0; i--) {
    if (shape[i] === 1) continue;
    const inA = (a[a.length - shape.length + i] ?? 1) > 1;
    const inB = (b[b.length - shape.length + i] ?? 1) > 1;
    const movers = inA ? inB ? BOTH : ONLY_A : ONLY_B, last = axes.at(-1);
    if (last?.movers === movers) last.size *= shape[i];
    else axes.push({ size: shape[i], movers });
  }
  if (axes.length > 2) return undefined;
  const [column = { size: 1, movers: 0 }, row = { size: 1, movers: 0 }] = axes;
  const moves = (operand: number, shift: number) =>
    ((column.movers & operand) !== 0 ? shift : 0) +
    ((row.movers & operand) !== 0 ? 2 * shift : 0);
  return { rows: row.size, columns: column.size, steps: moves(ONLY_A, 1) + moves(ONLY_B, 4) };
}
