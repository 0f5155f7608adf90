/** What a panel shows, read from its SVG. */
import type { Panel } from "../../../src/report/figures/panel.ts";

const found = ({ content }: Panel, pattern: RegExp): string[] =>
  [...content.matchAll(pattern)].map(([, text]) => text);

/** Where its arrowheads point, in degrees from upwards. */
export const arrowheads = (panel: Panel): number[] =>
  found(panel, /<path [^>]*Z"[^>]* transform="translate\([^)]*\)([^"]*)"/g)
    .map((turn) => Number(/rotate\((-?\d+)\)/.exec(turn)?.[1] ?? 0));

/** What its dots are filled with, those of single runs apart. */
export const dotFills = (panel: Panel): string[] => found(panel, /<circle[^>]* fill="([^"]*)"/g);

/** How many points its line joins. */
export const joined = (panel: Panel): number =>
  found(panel, /aria-label="line">\s*<path d="([^"]*)"/g).join("").split(/[ML]/).length - 1;
