/**
 * Panels side by side in one SVG file that can be looked at alone.
 *
 * @module
 */
import { escaped, type Panel, WIDTH, withIds } from "./panel.ts";
import type { Series } from "./series.ts";
import css from "./style.css" with { type: "text" };

const MARGIN = 16, GAP = 16, HEADER = 34, LINE = 18;

/** What a sheet shows. */
export interface Sheet {
  readonly title: string;
  readonly legend: readonly Series[];
  readonly panels: readonly Panel[];
}

/** The sheet as the text of an SVG file, at most `columns` panels wide. */
export function sheetSvg({ title, legend, panels }: Sheet, columns = 3): string {
  const across = Math.max(1, Math.min(columns, panels.length));
  const width = 2 * MARGIN + across * WIDTH + (across - 1) * GAP;
  const perLine = Math.max(1, Math.floor((width - 2 * MARGIN) / LEGEND_ENTRY));
  const top = MARGIN + HEADER + LINE * Math.ceil(legend.length / perLine);
  const { nested, bottom } = placed(panels, across, top);
  const height = bottom + MARGIN - GAP;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="sheet" role="img" aria-labelledby="title desc" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<title id="title">${escaped(title)}</title>`,
    `<desc id="desc">${escaped(panels.map(({ description }) => description).join(" "))}</desc>`,
    `<style>${css}</style>`,
    `<rect width="${width}" height="${height}" fill="var(--background)"/>`,
    `<text class="panel-title" x="${MARGIN}" y="${MARGIN + 14}">${escaped(title)}</text>`,
    ...legend.map((series, i) =>
      entry(
        series,
        MARGIN + (i % perLine) * LEGEND_ENTRY,
        MARGIN + HEADER + LINE * Math.floor(i / perLine),
      )
    ),
    ...nested,
    "</svg>\n",
  ].join("\n");
}

const LEGEND_ENTRY = 165;

/** Panels row by row, each row as high as its highest panel. */
function placed(panels: readonly Panel[], across: number, top: number) {
  const nested: string[] = [];
  let y = top;
  for (let i = 0; i < panels.length; i += across) {
    const row = panels.slice(i, i + across);
    row.forEach(({ width, height, content }, column) => {
      const x = MARGIN + column * (WIDTH + GAP);
      const own = withIds(content, `panel-${i + column}`);
      nested.push(`<svg x="${x}" y="${y}" width="${width}" height="${height}">${own}</svg>`);
    });
    y += Math.max(...row.map(({ height }) => height)) + GAP;
  }
  return { nested, bottom: y };
}

const entry = (series: Series, x: number, y: number): string =>
  `<g transform="translate(${x},${y})">${swatch(series)}` +
  `<text x="34" y="4" text-anchor="start">${escaped(series.name)}</text></g>`;

/** A short line in the look of a series, around y = 0. */
export const swatch = ({ colour, dash }: Series): string =>
  `<line x1="0" x2="28" y1="0" y2="0" stroke="${colour}" stroke-width="2.5" stroke-dasharray="${dash}"/>`;
