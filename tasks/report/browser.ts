/**
 * Looks at pages in headless Chromium.
 *
 * @module
 */
import { join, toFileUrl } from "@std/path";
import { flagFault } from "../flag_checks.ts";
import { write } from "../io.ts";
import type { Look, View } from "./page_faults.ts";
import { framed, probed, readLog } from "./page_text.ts";

/** What Chromium is called. */
const NAMES = ["chromium", "chromium-browser", "google-chrome"];

const TIMEOUT_MS = 60_000;

/**
 * The chosen Chromium, or the first on the PATH that starts.
 *
 * @throws {Error} when it does not start, or none does
 */
export async function findBrowser(chosen: string | undefined): Promise<string> {
  for (const name of chosen === undefined ? NAMES : [chosen]) {
    if (await starts(name)) return name;
  }
  const names = NAMES.join(", ");
  if (chosen === undefined) {
    throw new Error(`Cannot check the page: found none of ${names} to start`);
  }
  throw flagFault("chromium", `one of ${names} on the PATH, by name or by path`, chosen);
}

async function starts(name: string): Promise<boolean> {
  try {
    return (await output(name, ["--version"])).success;
  } catch {
    return false; // it is absent, no program, or not one that this task may start
  }
}

/** One look at a page; `folder` takes its copy and the browser's own files. */
export async function lookAt(
  html: string,
  { width, scheme }: View,
  browser: string,
  folder: string,
): Promise<Look> {
  const path = join(Deno.cwd(), folder);
  write(join(folder, "page.html"), probed(html));
  write(join(folder, "frame.html"), framed("page.html", width));
  const { stderr } = await output(browser, [
    "--headless",
    // The sandbox does not start for root, as whom containers run; the page is ours and runs no script.
    "--no-sandbox",
    "--hide-scrollbars",
    "--enable-logging=stderr",
    `--user-data-dir=${join(path, "profile")}`,
    `--blink-settings=preferredColorScheme=${scheme === "dark" ? 0 : 1}`,
    // Time for what is asked for after the page has loaded.
    "--virtual-time-budget=2000",
    "--dump-dom",
    toFileUrl(join(path, "frame.html")).href,
  ]);
  return { width, scheme, ...readLog(new TextDecoder().decode(stderr)) };
}

const output = (browser: string, args: readonly string[]): Promise<Deno.CommandOutput> =>
  new Deno.Command(browser, { args: [...args], signal: AbortSignal.timeout(TIMEOUT_MS) }).output();
