/**
 * Pre-trained policies of the user's own.
 *
 * @module
 */
import { parseCheckpoint } from "../src/data/checkpoint.ts";
import type { Cell } from "../src/experiments/cell.ts";
import { configured } from "../src/experiments/open_cell.ts";
import { policyOf } from "../src/methods/networks.ts";
import { layoutOf, type Leaf } from "../src/tensor/params.ts";

/**
 * Checks that all cells can start from a policy, before any of them does: opening a cell, one knows only the policy
 * that it usually starts from and would name that.
 *
 * @throws {FormatError} when the file is malformed or of another network
 */
export function requireFitting(cells: readonly Cell[], policy: Uint8Array, file: string): void {
  const layouts = new Map(cells.map(layoutFor).map((layout) => [JSON.stringify(layout), layout]));
  for (const layout of layouts.values()) parseCheckpoint(policy, file, layout);
}

function layoutFor(cell: Cell): readonly Leaf[] {
  const { network } = policyOf(configured(cell).hyper);
  return layoutOf(network.leaves.map(({ name, shape }) => [name, shape]));
}
