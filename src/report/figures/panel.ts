/**
 * One plot as SVG text. Plots are drawn without a browser, so the same data give the same bytes.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";

/** A drawn plot. */
export interface Panel {
  readonly title: string;
  /** What it shows, for those who do not see it. */
  readonly description: string;
  readonly width: number;
  readonly height: number;
  /** The content of the `<svg>` element. */
  readonly content: string;
}

/** What is said about a plot. */
export interface PanelText {
  readonly title: string;
  readonly description: string;
}

/** The width of every panel in pixels: that of a phone less its margins. */
export const WIDTH = 340;

const HEIGHT = 220, TITLE = 22, BASELINE = 14;

/** Draws a plot under its title. */
export function panel({ title, description }: PanelText, options: Plot.PlotOptions): Panel {
  const { document } = parseHTML("<html></html>") as unknown as Pick<Plot.PlotOptions, "document">;
  const { height = HEIGHT } = options;
  const svg = Plot.plot({
    width: WIDTH,
    marginTop: 28,
    marginLeft: 48,
    marginRight: 14,
    marginBottom: 36,
    className: "plot",
    ...options,
    height,
    document,
  });
  svg.querySelector("style")?.remove(); // the page styles all plots at once
  const heading = `<text class="panel-title" x="2" y="${BASELINE}">${escaped(title)}</text>`;
  const content = `${heading}<g transform="translate(0,${TITLE})">${svg.innerHTML}</g>`;
  return { title, description, width: WIDTH, height: height + TITLE, content };
}

/** Text as it is written in HTML and SVG; a line never begins with a percent sign. */
export const escaped = (text: string): string =>
  text.replaceAll(" %", "\u00a0%").replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(
    ">",
    "&gt;",
  )
    .replaceAll('"', "&quot;");

/** Content whose own ids begin with `prefix`: Plot counts its clip paths through all plots of a process. */
export function withIds(content: string, prefix: string): string {
  const ids = [...new Set(content.match(/plot-clip-\d+/g))];
  return content.replaceAll(/plot-clip-\d+/g, (id) => `${prefix}-clip-${ids.indexOf(id)}`);
}

/** The panel as an element of a page; `id` is unique on it. */
export const panelSvg = (
  { title, description, width, height, content }: Panel,
  id: string,
): string =>
  `<svg class="panel" role="img" aria-labelledby="${id}-title ${id}-desc" viewBox="0 0 ${width} ${height}">` +
  `<title id="${id}-title">${escaped(title)}</title><desc id="${id}-desc">${
    escaped(description)
  }</desc>${withIds(content, id)}</svg>`;
