import { assertEquals, assertRejects } from "@std/assert";
import { join } from "@std/path";
import { sha256 } from "../../../src/provenance/digest.ts";
import { download, type Wanted } from "../../../tasks/fetch/download.ts";
import { list, readBytes } from "../../../tasks/io.ts";
import { type FileServer, serveFile } from "./file_server.ts";

const content = Uint8Array.from({ length: 100_000 }, (_, i) => (i * i) >> 3);
const digest = sha256(content);
const manners = { patience: 5000 };

/** Runs a test with a server and an empty folder. */
async function withServer(body: (server: FileServer, folder: string) => Promise<void>) {
  const folder = Deno.makeTempDirSync();
  try {
    await using server = serveFile(content);
    await body(server, folder);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

const wanted = ({ url }: FileServer, folder: string, path = "/file"): Wanted => ({
  url: url + path,
  path: join(folder, "sub", "data.hdf5"),
});

Deno.test("a download arrives whole under its own name, with progress", () =>
  withServer(async (server, folder) => {
    const seen: number[] = [], want = wanted(server, folder, "/moved");
    const found = await download(
      { ...want, sha256: digest, bytes: content.length },
      { ...manners, onProgress: (bytes) => seen.push(bytes) },
    );
    assertEquals(found, { bytes: content.length, sha256: digest });
    assertEquals(readBytes(want.path), content);
    assertEquals(list(join(folder, "sub")), ["data.hdf5"]);
    assertEquals(seen.at(-1), content.length);
  }));

Deno.test("a download goes on where the connection broke, as often as bytes arrive", () =>
  withServer(async (server, folder) => {
    server.behaviour = { cutAfter: 30_000 };
    const want = wanted(server, folder);
    assertEquals((await download(want, manners)).sha256, digest);
    assertEquals(server.ranges[0], null);
    assertEquals(server.ranges.slice(1).every((range) => /^bytes=\d+-$/.test(range!)), true);
  }));

Deno.test("a download interrupted in an earlier run is resumed", () =>
  withServer(async (server, folder) => {
    const want = wanted(server, folder);
    const onProgress = (bytes: number) => {
      if (bytes > 20_000) throw new Error("Cannot go on");
    };
    await assertRejects(() => download(want, { ...manners, onProgress }), Error, "Cannot go on");
    assertEquals(list(join(folder, "sub")), ["data.hdf5.partial", "data.hdf5.partial.json"]);
    Deno.truncateSync(`${want.path}.partial`, 12_345);
    assertEquals((await download(want, manners)).sha256, digest);
    assertEquals(server.ranges.at(-1), "bytes=12345-");
  }));

Deno.test("a server that refuses every range is asked once", () =>
  withServer(async (server, folder) => {
    server.behaviour = { status: 416 };
    await assertRejects(() => download(wanted(server, folder), manners), Error, "HTTP 416");
    assertEquals(server.ranges, [null]);
  }));

Deno.test("a file that changed on the server is fetched anew", () =>
  withServer(async (server, folder) => {
    server.behaviour = { cutAfter: 40_000 };
    const want = wanted(server, folder);
    let calls = 0;
    const change = () => {
      if (++calls > 1) return;
      server.content = content.map((byte) => byte ^ 1);
      server.behaviour = { etag: '"v2"' };
    };
    const found = await download(want, { ...manners, onProgress: change });
    assertEquals(found.sha256, sha256(server.content));
  }));

Deno.test("a server without ranges sends the whole file again", () =>
  withServer(async (server, folder) => {
    const want = wanted(server, folder);
    server.behaviour = { cutAfter: 50_000 };
    const change = () => {
      server.behaviour = { ignoresRange: true };
    };
    assertEquals((await download(want, { ...manners, onProgress: change })).sha256, digest);
  }));

Deno.test("a wrong digest or size deletes what arrived and says what was expected", () =>
  withServer(async (server, folder) => {
    const want = wanted(server, folder);
    const wrong = { ...want, sha256: "0".repeat(64) };
    await assertRejects(() => download(wrong, manners), Error, `SHA-256 is ${digest}, need 000`);
    assertEquals(list(join(folder, "sub")), []);
    await assertRejects(
      () => download({ ...want, bytes: 5 }, manners),
      Error,
      "the server announces 100000 bytes, need 5",
    );
  }));

Deno.test("a truncated file is an error that says how to go on", () =>
  withServer(async (server, folder) => {
    server.behaviour = { cutAfter: 0 };
    await assertRejects(
      () => download(wanted(server, folder), manners),
      Error,
      "of 100000 bytes; run again to go on",
    );
  }));

Deno.test("errors and endless or foreign redirects are named", () =>
  withServer(async (server, folder) => {
    const loop = wanted(server, folder, "/loop"), foreign = wanted(server, folder, "/elsewhere");
    await assertRejects(() => download(loop, manners), Error, "more than 5 redirects");
    await assertRejects(
      () => download(foreign, manners),
      Error,
      "redirects to file:///etc/hostname",
    );
    server.behaviour = { status: 404 };
    await assertRejects(() => download(wanted(server, folder), manners), Error, "HTTP 404");
  }));

Deno.test("an address that can never be fetched is refused at once and without advice to go on", () =>
  withServer(async (_, folder) => {
    const refusal = async (url: string) => {
      const path = join(folder, "x");
      return (await assertRejects(() => download({ url, path }, manners), Error)).message;
    };
    const needed = "need an address that begins with http:// or https://";
    for (const url of ["nowhere", "ftp://127.0.0.1/x"]) {
      assertEquals(await refusal(url), `Cannot fetch ${url}: ${needed}`);
    }
    const elsewhere = "http://elsewhere.invalid/x";
    assertEquals(
      await refusal(elsewhere),
      `Cannot fetch ${elsewhere}: the task may not reach elsewhere.invalid, see deno task data:fetch --help`,
    );
  }));

Deno.test("a silent connection is given up", () =>
  withServer(async (_, folder) => {
    const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const connections: Deno.Conn[] = [];
    const accept = (async () => {
      for await (const connection of listener) connections.push(connection);
    })();
    const url = `http://127.0.0.1:${(listener.addr as Deno.NetAddr).port}/file`;
    try {
      await assertRejects(
        () => download({ url, path: join(folder, "x") }, { patience: 200 }),
        Error,
        "no data for 0.2 s",
      );
    } finally {
      listener.close();
      connections.forEach((connection) => connection.close());
      await accept;
    }
  }));
