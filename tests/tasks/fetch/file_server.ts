/** A server of one file on this machine that can misbehave in given ways. */

export interface Behaviour {
  /** Ends each response after so many bytes of the body. */
  readonly cutAfter?: number;
  /** Ignores Range, as simple servers do. */
  readonly ignoresRange?: boolean;
  /** Answers this instead of the file. */
  readonly status?: number;
  readonly etag?: string;
}

export interface FileServer extends AsyncDisposable {
  readonly url: string;
  behaviour: Behaviour;
  content: Uint8Array<ArrayBuffer>;
  /** The Range header of each request, in order. */
  readonly ranges: (string | null)[];
}

export function serveFile(content: Uint8Array<ArrayBuffer>): FileServer {
  const ranges: (string | null)[] = [];
  const http = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    (request) => {
      const { pathname } = new URL(request.url);
      if (pathname === "/moved") return redirect("/file");
      if (pathname === "/loop") return redirect("/loop");
      if (pathname === "/elsewhere") return redirect("file:///etc/hostname");
      ranges.push(request.headers.get("range"));
      return answer(request, server);
    },
  );
  const server: FileServer = {
    url: `http://127.0.0.1:${http.addr.port}`,
    behaviour: {},
    content,
    ranges,
    [Symbol.asyncDispose]: () => http.shutdown(),
  };
  return server;
}

const redirect = (location: string) => new Response(null, { status: 302, headers: { location } });

function answer(request: Request, { content, behaviour }: FileServer): Response {
  const { cutAfter = Infinity, ignoresRange, status, etag = '"v1"' } = behaviour;
  if (status !== undefined) return new Response("no", { status });
  const asked = /^bytes=(\d+)-$/.exec(request.headers.get("range") ?? "")?.[1];
  const ifRange = request.headers.get("if-range");
  const partial = asked !== undefined && !ignoresRange && (ifRange === null || ifRange === etag);
  const begin = partial ? Number(asked) : 0;
  if (begin >= content.length) {
    return new Response(null, {
      status: 416,
      headers: { "content-range": `bytes */${content.length}` },
    });
  }
  const headers: Record<string, string> = {
    etag,
    "content-length": String(content.length - begin),
  };
  if (partial) headers["content-range"] = `bytes ${begin}-${content.length - 1}/${content.length}`;
  const body = content.subarray(begin, Math.min(content.length, begin + cutAfter));
  return new Response(streamOf(body), {
    status: partial ? 206 : 200,
    headers,
  });
}

/** The bytes; where they are fewer than announced, the connection breaks. */
const streamOf = (bytes: Uint8Array<ArrayBuffer>) =>
  new ReadableStream<Uint8Array<ArrayBuffer>>({
    async start(controller) {
      controller.enqueue(bytes);
      await new Promise((resolve) => setTimeout(resolve, 50));
      controller.close();
    },
  });
