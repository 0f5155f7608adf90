import { assertEquals, assertThrows } from "@std/assert";
import { type Lock, modulesOf } from "../../src/provenance/modules.ts";
import { edgesFrom, root } from "../architecture/module_graph.ts";

const lock: Lock = {
  specifiers: { "npm:tf@4": "4_peer@1", "npm:unused@1": "1" },
  npm: {
    "tf@4_peer@1": { integrity: "sha512-a", dependencies: ["peer", "two@2"] },
    "peer@1": { integrity: "sha512-b" },
    "two@1": { integrity: "sha512-c" },
    "two@2": { integrity: "sha512-d", dependencies: ["tf"] },
    "unused@1": { integrity: "sha512-e" },
  },
};

const files: Record<string, string> = {
  "src/a.ts":
    'import { b } from "./b.ts";\nimport type { T } from "./types.ts";\nimport {\n  x,\n} from "tf/part";\n',
  "src/b.ts": 'export * from "@std/x";\nimport "node:crypto";\n// import { no } from "./no.ts";\n',
  "src/std/x.js": 'import { a } from "../a.ts";\n',
};

const modules = () =>
  modulesOf(
    "src/a.ts",
    (path) => new TextEncoder().encode(files[path]),
    { "tf": "npm:tf@4", "@std/x": "./src/std/x.js" },
    lock,
  );

Deno.test("modulesOf() follows imports, re-exports and the import map, in any direction", () => {
  assertEquals(Object.keys(modules().files), ["src/a.ts", "src/b.ts", "src/std/x.js"]);
});

Deno.test("modulesOf() lists the packages reached with theirs, by the versions of the lock file", () => {
  assertEquals(modules().packages, {
    "peer@1": "sha512-b",
    "tf@4_peer@1": "sha512-a",
    "two@2": "sha512-d",
  });
});

Deno.test("modulesOf() refuses a name that the import map lacks", () => {
  const read = () => new TextEncoder().encode('import "left-pad";');
  assertThrows(() => modulesOf("a.ts", read, {}, lock), RangeError, "left-pad of a.ts");
});

Deno.test("modulesOf() finds what deno finds for the worker that runs cells, with BLAS and without", async () => {
  const bytes = (path: string) => Deno.readFileSync(new URL(path, root));
  const json = (path: string) => JSON.parse(new TextDecoder().decode(bytes(path)));
  const filesOf = (entry: string) =>
    Object.keys(modulesOf(entry, bytes, json("deno.json").imports, json("deno.lock")).files);
  const worker = "tasks/cell_worker.ts", blas = "src/adapters/blas.ts";
  const edges = (await edgesFrom(worker)).filter(({ code }) => code);
  const reached = (imports: typeof edges) => {
    const found = new Set([worker]);
    for (const path of found) {
      imports.filter(({ from }) => from === path).forEach(({ to }) => found.add(to));
    }
    return [...found].sort();
  };
  // What is loaded on demand would be missing from the identity of a cell: this is all of it.
  assertEquals(edges.filter(({ dynamic }) => dynamic).map(({ to }) => to), [blas]);
  assertEquals(filesOf(worker), reached(edges.filter(({ dynamic }) => !dynamic)));
  assertEquals([...new Set([...filesOf(worker), ...filesOf(blas)])].sort(), reached(edges));
});
