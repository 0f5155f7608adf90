/**
 * The texts around a look at a page: what the page must hold, its copy that measures itself, and the browser's log.
 *
 * @module
 */
import type { Contents, Look, Measured } from "./page_faults.ts";
import probe from "./probe.js" with { type: "text" };

/** Sections and figures of the report, by its Markdown. */
export const contentsOf = (markdown: string): Contents => ({
  sections: [...markdown.matchAll(/^## (.+)$/gm)].map(([, title]) => title),
  figures: [...markdown.matchAll(/^!\[/gm)].length,
});

/** Nothing may be loaded and no script run but the probe: the console names whatever the page asks for. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'nonce-probe'";

/**
 * A page that measures itself and writes that to the console.
 *
 * @throws {Error} when the page has no head
 */
export function probed(html: string): string {
  if (!html.includes("<head>")) throw new Error("Cannot check the page: found no <head>");
  const policy = `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`;
  return `${html.replace("<head>", `<head>${policy}`)}<script nonce="probe">${probe}</script>`;
}

/** A page that shows another in a screen of some width: a browser's own window is never as narrow as a phone. */
export const framed = (page: string, width: number): string =>
  `<!doctype html>
<meta name="color-scheme" content="light dark">
<iframe src="${page}" style="border: 0; width: ${width}px; height: 900px"></iframe>
`;

const MEASURED = "measured ";

/**
 * What a browser's log says of a page.
 *
 * @throws {Error} when the probe is not heard of
 */
export function readLog(log: string): Pick<Look, "measured" | "messages"> {
  const messages = [...log.matchAll(/:CONSOLE[:(]\d+\)?\] "([^]*?)", source: /g)]
    .map(([, text]) => text);
  const measured = messages.find((text) => text.startsWith(MEASURED));
  if (measured === undefined) {
    const last = messages.at(-1) ?? log.trim().split("\n").at(-1);
    throw new Error(
      `Cannot check the page: it measured nothing, the browser's last words are ${last}`,
    );
  }
  return {
    measured: JSON.parse(measured.slice(MEASURED.length)) as Measured,
    messages: messages.filter((text) => text !== measured),
  };
}
