/**
 * Asking a server for the rest of a file.
 *
 * @module
 */

/** What identifies a version of a remote file: its ETag or its date. */
export type Validator = string;

/** The rest of a file from `start` on. */
export interface Rest {
  readonly body: ReadableStream<Uint8Array>;
  /** Where the body begins: the byte asked for, or 0 when the server sends the whole file. */
  readonly start: number;
  /** Bytes of the whole file, where the server says so. */
  readonly total: number | undefined;
  readonly validator: Validator | undefined;
}

const MAX_REDIRECTS = 5;

/**
 * Requests a file from byte `start` on, if it still is the version of `validator`. Redirects are followed within
 * http and https, never from https to http.
 *
 * @throws {Error} naming the address and the status
 */
export async function requestRest(
  url: string,
  start: number,
  validator: Validator | undefined,
  signal: AbortSignal,
): Promise<Rest | "complete"> {
  const headers: Record<string, string> = { "accept-encoding": "identity" };
  if (start > 0) headers.range = `bytes=${start}-`;
  if (start > 0 && validator !== undefined) headers["if-range"] = validator;
  const response = await follow(url, headers, signal);
  if (response.status === 416 && start > 0) {
    await response.body?.cancel();
    return totalOf(response) === start ? "complete" : requestRest(url, 0, undefined, signal);
  }
  const partial = response.status === 206;
  const begin = partial ? beginOf(response) : 0;
  const unasked = begin > start || (start === 0 && begin !== 0);
  if (response.body === null || !(partial || response.status === 200) || unasked) {
    await response.body?.cancel();
    const range = partial ? `, ${response.headers.get("content-range")}` : "";
    throw new Error(`Cannot fetch ${url}: HTTP ${response.status} ${response.statusText}${range}`);
  }
  if (partial && begin !== start) {
    await response.body.cancel();
    return requestRest(url, 0, undefined, signal);
  }
  return {
    body: response.body,
    start: begin,
    total: totalOf(response),
    validator: validatorOf(response),
  };
}

async function follow(
  url: string,
  headers: Record<string, string>,
  signal: AbortSignal,
): Promise<Response> {
  let address = addressOf(url);
  for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
    const response = await permitted(url, address, { headers, signal, redirect: "manual" });
    const location = response.headers.get("location");
    if (![301, 302, 303, 307, 308].includes(response.status) || location === null) return response;
    await response.body?.cancel();
    const next = new URL(location, address);
    const allowed = address.protocol === "https:" ? ["https:"] : ["http:", "https:"];
    if (!allowed.includes(next.protocol)) {
      throw new Error(`Cannot fetch ${url}: ${address.href} redirects to ${next.href}, refused`);
    }
    address = next;
  }
  throw new Error(`Cannot fetch ${url}: more than ${MAX_REDIRECTS} redirects`);
}

function addressOf(url: string): URL {
  const address = URL.parse(url);
  if (address !== null && ["http:", "https:"].includes(address.protocol)) return address;
  throw new Error(`Cannot fetch ${url}: need an address that begins with http:// or https://`);
}

async function permitted(url: string, address: URL, request: RequestInit): Promise<Response> {
  try {
    return await fetch(address, request);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotCapable)) throw error;
    const why = `the task may not reach ${address.host}, see deno task data:fetch --help`;
    throw new Error(`Cannot fetch ${url}: ${why}`, { cause: error });
  }
}

const beginOf = ({ headers }: Response): number =>
  Number(/^bytes (\d+)-/.exec(headers.get("content-range") ?? "")?.[1] ?? NaN);

/** The size of the whole file from Content-Range or Content-Length. */
function totalOf({ status, headers }: Response): number | undefined {
  const text = status === 200
    ? headers.get("content-length")
    : /\/(\d+)$/.exec(headers.get("content-range") ?? "")?.[1];
  return text && /^\d+$/.test(text) ? Number(text) : undefined;
}

/** A weak ETag cannot vouch for bytes. */
function validatorOf({ headers }: Response): Validator | undefined {
  const etag = headers.get("etag");
  return etag !== null && !etag.startsWith("W/") ? etag : headers.get("last-modified") ?? undefined;
}
