/**
 * Checks the report's page in headless Chromium: on a desk and on a phone, in light and in dark.
 *
 * Usage: deno task report:check [--chromium PATH]
 *
 * @module
 */
import { join } from "@std/path";
import { flagValues, HELP_OPTION, usageOf } from "./flag_values.ts";
import { makeFolder, readText, remove } from "./io.ts";
import { main } from "./main.ts";
import { findBrowser, lookAt } from "./report/browser.ts";
import { faultsOf, type Look, type View } from "./report/page_faults.ts";
import { contentsOf } from "./report/page_text.ts";

const PAGE = "results/report/index.html", MARKDOWN = "results/report/report.md";

const VIEWS: readonly View[] = [1280, 390].flatMap((width) => [
  { width, scheme: "light" },
  { width, scheme: "dark" },
]);

const HELP = `Look at ${PAGE} in headless Chromium: 1280 and 390 pixels wide, light and
dark.

Usage: deno task report:check [--chromium PATH]

  --chromium PATH  the browser: chromium, chromium-browser or google-chrome on the PATH, by name or
                   by path (the first of them that starts); the task may start no other
  --help           this text

The page must load nothing, run no script and leave the console empty. With all that is folded
opened, it must not scroll sideways, and must show the sections and figures of
${MARKDOWN}, each plot with a size and each table that goes on beyond its edge with
a shadow there. Its colours must differ between light and dark, with a contrast of at least 4.5.
The exit status is 1 where it has a fault. Writes to a folder in .work alone, which it removes.`;

const OPTIONS = { chromium: { type: "string" }, ...HELP_OPTION } as const;

main(async () => {
  const { chromium, help } = flagValues(Deno.args, OPTIONS, usageOf("report:check"));
  if (help) return console.log(HELP);
  const page = readText(PAGE), expected = contentsOf(readText(MARKDOWN));
  const browser = await findBrowser(chromium);
  const faults = faultsOf(await lookAll(page, browser), expected);
  faults.forEach((fault) => console.error(fault));
  console.log(`${PAGE}: ${VIEWS.length} views, ${faults.length} faults`);
  return faults.length === 0 ? 0 : 1;
});

async function lookAll(page: string, browser: string): Promise<readonly Look[]> {
  const folder = join(".work", `report-check-${Deno.pid}`), looks: Look[] = [];
  makeFolder(folder);
  try {
    for (const view of VIEWS) looks.push(await lookAt(page, view, browser, folder));
    return looks;
  } finally {
    remove(folder);
  }
}
