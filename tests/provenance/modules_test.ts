import { assert, assertEquals, assertThrows } from "@std/assert";
import { type Lock, modulesOf } from "../../src/provenance/modules.ts";

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

Deno.test("modulesOf() finds what deno finds for the worker that runs cells", async () => {
  const root = new URL("../../", import.meta.url);
  const read = (path: string) => Deno.readTextFileSync(new URL(path, root));
  const { imports } = JSON.parse(read("deno.json"));
  const entry = "tasks/cell_worker.ts";
  const bytes = (path: string) => Deno.readFileSync(new URL(path, root));
  const found = modulesOf(entry, bytes, imports, JSON.parse(read("deno.lock"))).files;
  const info = await new Deno.Command("deno", {
    args: ["info", "--json", entry],
    cwd: root,
    clearEnv: false,
  }).output();
  const { modules } = JSON.parse(new TextDecoder().decode(info.stdout)) as {
    modules: { specifier: string }[];
  };
  const all = modules.map((m) => m.specifier).filter((s) => s.startsWith(root.href))
    .map((s) => s.slice(root.href.length));
  for (const path of Object.keys(found)) assert(all.includes(path), `${path} is not in the graph`);
  const absent = all.filter((path) => !Object.hasOwn(found, path) && !path.endsWith(".d.ts"));
  const typesOnly = absent.filter((path) =>
    !/^export (const|function|class|async|\*)/m.test(read(path))
  );
  assertEquals(absent, typesOnly);
});
