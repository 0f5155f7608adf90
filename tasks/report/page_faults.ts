/**
 * What is wrong with a page, from what browsers measured on it.
 *
 * @module
 */

/** The colours that a reader prefers. */
export type Scheme = "light" | "dark";

/** How a page is looked at; its width is in CSS pixels. */
export interface View {
  readonly width: number;
  readonly scheme: Scheme;
}

/** What a page must hold. */
export interface Contents {
  /** Titles of sections, in order. */
  readonly sections: readonly string[];
  readonly figures: number;
}

/** What the probe finds in a page of which all that is folded is open. Colours are CSS's `rgb(r, g, b)`. */
export interface Measured extends Contents {
  /** Of the screen and of all that is on the page; the page scrolls sideways where the second is more. */
  readonly width: number;
  readonly contentWidth: number;
  readonly background: string;
  /** Colours of kinds of text. */
  readonly texts: Readonly<Record<string, string>>;
  /** Plots and legends without a size. */
  readonly emptyPanels: number;
  /** Tables that go on beyond their edge without a shadow there. */
  readonly cutTables: number;
}

/** A page in one view, with all that the browser's console said of it. */
export interface Look extends View {
  readonly measured: Measured;
  readonly messages: readonly string[];
}

/** Less contrast is hard to read, by WCAG 2.1's success criterion 1.4.3. */
const LEAST_CONTRAST = 4.5;

/** Every fault of a page after its view, as in `390 px, dark: the page scrolls sideways, it is 412 px wide`. */
export const faultsOf = (looks: readonly Look[], expected: Contents): string[] =>
  looks.flatMap((look) => {
    const faults = [
      ...look.messages.map((message) => `the console says ${message}`),
      ...layoutFaults(look),
      ...contentFaults(look.measured, expected),
      ...contrastFaults(look.measured),
      ...schemeFaults(look, looks),
    ];
    return faults.map((fault) => `${look.width} px, ${look.scheme}: ${fault}`);
  });

function layoutFaults({ width, measured }: Look): string[] {
  const { width: shown, contentWidth, emptyPanels, cutTables } = measured;
  return [
    ...(shown === width ? [] : [`the page was shown ${shown} px wide`]),
    ...(contentWidth <= shown ? [] : [`the page scrolls sideways, it is ${contentWidth} px wide`]),
    ...(emptyPanels === 0 ? [] : [`${emptyPanels} plots have no size`]),
    ...(cutTables === 0 ? [] : [`${cutTables} tables go on beyond their edge without a shadow`]),
  ];
}

function contentFaults(measured: Measured, expected: Contents): string[] {
  const [found, wanted] = [measured, expected].map(({ sections }) => sections.map(plain));
  const at = [...found, ...wanted].findIndex((_, i) => found[i] !== wanted[i]);
  const { figures } = measured;
  return [
    ...(at === -1 ? [] : [`section ${at + 1} is ${titled(found[at])}, not ${titled(wanted[at])}`]),
    ...(figures === expected.figures
      ? []
      : [`there are ${figures} figures, not ${expected.figures}`]),
  ];
}

const titled = (title: string | undefined): string => title === undefined ? "absent" : `“${title}”`;

/** A title with every space alike: the page keeps some from breaking. */
const plain = (title: string): string => title.replaceAll(/\s/g, " ");

const contrastFaults = ({ background, texts }: Measured): string[] =>
  Object.entries(texts).flatMap(([kind, colour]) => {
    const found = contrast(colour, background);
    return found >= LEAST_CONTRAST ? [] : [
      `the contrast of ${kind} is ${
        found.toFixed(2)
      } (${colour} on ${background}), not ${LEAST_CONTRAST}`,
    ];
  });

/** What looks in dark as it does in light. */
function schemeFaults({ width, scheme, measured }: Look, looks: readonly Look[]): string[] {
  const light = looks.find((look) => look.width === width && look.scheme === "light");
  if (scheme === "light" || light === undefined) return [];
  const coloursOf = ({ background, texts }: Measured) => ({ background, ...texts });
  const own = coloursOf(measured), other: Record<string, string> = coloursOf(light.measured);
  return Object.entries(own).filter(([kind, colour]) => colour === other[kind])
    .map(([kind, colour]) => `the colour of ${kind} is ${colour} as in light`);
}

/**
 * The contrast (L₁ + 0.05) / (L₂ + 0.05) of two opaque colours, of which L₁ is the lighter one's luminance; NaN for
 * other colours.
 *
 * @see https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio
 */
export function contrast(a: string, b: string): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

/** @see https://www.w3.org/TR/WCAG21/#dfn-relative-luminance */
function luminance(colour: string): number {
  const channels = /^rgb\((\d+), (\d+), (\d+)\)$/.exec(colour)?.slice(1) ?? [];
  const [r, g, b] = channels.map((channel) => {
    const share = Number(channel) / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
