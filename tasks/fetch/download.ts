/**
 * Downloading a file so that it arrives whole or not at all, and goes on where it stopped.
 *
 * What has arrived is kept in `<file>.partial` beside `<file>.partial.json`, which says of which version of the
 * remote file it is a part. The file appears under its own name only after its size and digest were checked.
 *
 * @module
 */
import { dirname } from "@std/path";
import { digestSource, openSource } from "../file_source.ts";
import { exists, move, readJson, remove, write } from "../io.ts";
import { isExpected } from "../main.ts";
import { requestRest, type Validator } from "./response.ts";

/** What to download and what is known about it. */
export interface Wanted {
  readonly url: string;
  readonly path: string;
  readonly bytes?: number;
  readonly sha256?: string;
}

/** How patient a download is, and who hears of it. */
export interface Manners {
  /** Milliseconds without a byte after which a connection is given up. */
  readonly patience: number;
  /** Hears how many bytes have arrived, of how many. */
  readonly onProgress?: (bytes: number, total: number | undefined) => void;
}

/** A finished download. */
export interface Downloaded {
  readonly bytes: number;
  readonly sha256: string;
}

/** Most bytes of a file whose size is not known. */
const MAX_BYTES = 8 * 2 ** 30;

/**
 * Downloads a file, resuming and retrying while bytes arrive.
 *
 * @throws {Error} when the server refuses, the connection stalls, or size or digest are wrong
 */
export async function download(wanted: Wanted, manners: Manners): Promise<Downloaded> {
  const partial = `${wanted.path}.partial`;
  for (let before = -1;;) {
    try {
      await fetchRest(wanted, partial, manners);
      break;
    } catch (error) {
      const after = sizeOf(partial);
      if (!(error instanceof Interrupted) || after <= before) throw error;
      before = after;
    }
  }
  const found = check(wanted, partial);
  move(partial, wanted.path);
  remove(`${partial}.json`);
  return found;
}

/** A connection that ended too early; what arrived is kept. */
class Interrupted extends Error {}

const sizeOf = (path: string): number => exists(path) ? Deno.statSync(path).size : 0;

interface Version {
  readonly url: string;
  readonly validator?: Validator;
}

/** Bytes on disk that may be continued: same address, and a validator or a digest that will tell. */
function resumable(wanted: Wanted, partial: string): { start: number; validator?: Validator } {
  const start = sizeOf(partial);
  if (start === 0 || !exists(`${partial}.json`)) return { start: 0 };
  const { url, validator } = readJson(`${partial}.json`) as Version;
  const usable = url === wanted.url && (validator !== undefined || wanted.sha256 !== undefined);
  return usable ? { start, validator } : { start: 0 };
}

async function fetchRest(wanted: Wanted, partial: string, { patience, onProgress }: Manners) {
  const { start, validator } = resumable(wanted, partial);
  if (start > 0 && start === wanted.bytes) return;
  const abort = new AbortController();
  let timer = setTimeout(() => abort.abort(), patience);
  const alive = () => {
    clearTimeout(timer);
    timer = setTimeout(() => abort.abort(), patience);
  };
  let at = start, total: number | undefined;
  try {
    const rest = await requestRest(wanted.url, start, validator, abort.signal);
    if (rest === "complete") return;
    at = rest.start;
    total = rest.total;
    requireSize(wanted, total);
    const version: Version = { url: wanted.url, validator: rest.validator };
    using file = openAt(partial, at); // before the version is noted: it must not vouch for bytes of another
    write(`${partial}.json`, JSON.stringify(version));
    for await (const chunk of rest.body) {
      alive();
      at += chunk.length;
      if (at > (wanted.bytes ?? total ?? MAX_BYTES)) throw tooLong(wanted, at);
      for (let n = 0; n < chunk.length;) n += file.writeSync(chunk.subarray(n));
      onProgress?.(at, total);
    }
  } catch (error) {
    if (isExpected(error)) throw error;
    const reason = abort.signal.aborted ? `no data for ${patience / 1000} s` : causeOf(error);
    throw new Interrupted(interruption(wanted, at, total, reason), { cause: error });
  } finally {
    clearTimeout(timer);
  }
  if (total !== undefined && at < total) {
    throw new Interrupted(interruption(wanted, at, total, "the connection ended"));
  }
}

/** The innermost message: "fetch failed" alone says nothing. */
function causeOf(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? causeOf(cause) : message;
}

const interruption = ({ url }: Wanted, at: number, total: number | undefined, reason: string) =>
  `Cannot fetch ${url}: ${reason} after ${at} of ${total ?? "?"} bytes; run again to go on`;

function requireSize({ url, bytes }: Wanted, total: number | undefined): void {
  const limit = bytes ?? MAX_BYTES;
  if (total === undefined || (bytes === undefined ? total <= limit : total === bytes)) return;
  throw new Error(`Cannot fetch ${url}: the server announces ${total} bytes, need ${limit}`);
}

const tooLong = ({ url, bytes }: Wanted, at: number): Error =>
  new Error(`Cannot fetch ${url}: received ${at} bytes, need ${bytes ?? "fewer"}`);

/** A file open for writing from `start` on, cut there. */
function openAt(path: string, start: number): Deno.FsFile {
  Deno.mkdirSync(dirname(path), { recursive: true });
  const file = Deno.openSync(path, { write: true, create: true });
  file.truncateSync(start);
  file.seekSync(start, Deno.SeekMode.Start);
  return file;
}

/** Size and digest of what arrived; a wrong one deletes it. */
function check({ url, bytes, sha256 }: Wanted, partial: string): Downloaded {
  using source = openSource(partial);
  const found = { bytes: source.size, sha256: digestSource(source) };
  const fault = bytes !== undefined && found.bytes !== bytes
    ? `${found.bytes} bytes arrived, need ${bytes}`
    : sha256 !== undefined && found.sha256 !== sha256
    ? `SHA-256 is ${found.sha256}, need ${sha256}`
    : undefined;
  if (fault === undefined) return found;
  remove(partial);
  remove(`${partial}.json`);
  throw new Error(`Cannot fetch ${url}: ${fault}; what arrived is deleted`);
}
