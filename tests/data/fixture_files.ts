/** The files of `fixtures/data`: real and hostile inputs of the readers. */
import { fromFileUrl } from "@std/path";

const root = new URL("../../fixtures/data/", import.meta.url);

export const fixture = (name: string): Uint8Array<ArrayBuffer> =>
  Deno.readFileSync(fromFileUrl(new URL(name, root)));

// deno-lint-ignore no-explicit-any
export const fixtureJson = (name: string): any =>
  JSON.parse(new TextDecoder().decode(fixture(name)));
