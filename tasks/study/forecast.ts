/**
 * How much work is left, by what its parts have taken so far.
 *
 * @module
 */
import type { Cell } from "../../src/experiments/cell.ts";

/** Cells of which an iteration takes about as long: `square/dppo/unet`. */
export const kindOf = ({ env, method, variant }: Cell): string =>
  `${env}/${method}/${variant.denoiser ?? ""}`;

/** What is known of the parts of a kind. */
interface Taken {
  readonly parts: number;
  readonly seconds: number;
}

/**
 * Follows work of several kinds.
 *
 * @param open parts to do, by kind
 * @returns a function that is told the kind of a part that has ended and the seconds that it took, and returns the
 *   work left as a multiple of the work done. A kind of which nothing has ended counts as the others of its
 *   environment, an environment of which nothing has ended as all others.
 */
export function forecastOf(
  open: ReadonlyMap<string, number>,
): (kind: string, seconds: number) => number {
  const left = new Map(open), taken = new Map<string, Taken>();
  const mean = (kind: string): number => {
    const known = taken.get(groupsOf(kind).find((group) => taken.has(group))!)!;
    return known.seconds / known.parts;
  };
  return (kind, seconds) => {
    left.set(kind, left.get(kind)! - 1);
    for (const group of groupsOf(kind)) {
      const before = taken.get(group) ?? { parts: 0, seconds: 0 };
      taken.set(group, { parts: before.parts + 1, seconds: before.seconds + seconds });
    }
    const ahead = [...left].reduce((sum, [kind, parts]) => sum + parts * mean(kind), 0);
    return ahead / taken.get(ALL)!.seconds;
  };
}

const ALL = "";

/** A kind, its environment and all kinds. */
const groupsOf = (kind: string): readonly string[] => [kind, kind.split("/")[0], ALL];
