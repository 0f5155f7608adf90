import { assert, assertEquals } from "@std/assert";
import { type Edge, edgesFrom, root } from "./module_graph.ts";

/** What each folder of `src/` may import besides itself, as CONTRIBUTING.md draws it; `types` may not import values. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  tensor: [],
  rng: ["tensor"],
  nn: ["rng", "tensor"],
  optim: ["nn", "rng", "tensor"],
  diffusion: ["nn", "rng", "tensor"],
  rl: ["diffusion", "optim", "nn", "rng", "tensor"],
  methods: ["rl", "diffusion", "optim", "nn", "rng", "tensor"],
  envs: ["rl", "nn", "rng", "tensor"],
  provenance: ["tensor"],
  data: ["envs", "rl", "diffusion", "optim", "nn", "rng", "tensor", "provenance"],
  experiments: [
    "data",
    "envs",
    "methods",
    "rl",
    "diffusion",
    "optim",
    "nn",
    "rng",
    "tensor",
    "provenance",
    "stats",
  ],
  stats: ["rng", "tensor"],
  report: ["experiments", "stats", "rng", "provenance", "envs", "methods", "rl", "tensor"],
  adapters: ["rl", "rng", "tensor", "provenance"],
};

const entries = Array.from(Deno.readDirSync(new URL("tasks/", root)))
  .filter(({ name }) => name.endsWith(".ts")).map(({ name }) => `tasks/${name}`);
const graph = (await Promise.all(["mod.ts", ...entries].map(edgesFrom))).flat();

/** Libraries without types of their own, re-exported beside a declaration file. */
const UNTYPED_LIBRARY = /^src\/adapters\/(std\/)?\w+\.js$/;

const layer = (path: string): string => /^src\/([a-z]+)\//.exec(path)?.[1] ?? path.split("/")[0];

/** Distinct imports that are not allowed, "from -> to". */
const faults = (
  isFault: (edge: Edge) => boolean,
): string[] => [...new Set(graph.filter(isFault).map(({ from, to }) => `${from} -> ${to}`))];

/** What a registry imports values from: its entries. */
const valuesOf = (registry: string): string[] =>
  graph.filter(({ from, code }) => from === registry && code).map(({ to }) => to);

Deno.test("src/ imports only along the layers", () => {
  const found = faults(({ from, to }) => {
    const [a, b] = [layer(from), layer(to)];
    return from.startsWith("src/") && a !== b && !UNTYPED_LIBRARY.test(to) &&
      !(ALLOWED[a] ?? []).includes(b);
  });
  assertEquals(found, []);
});

Deno.test("nothing but tasks imports tasks", () => {
  assertEquals(faults(({ from, to }) => layer(to) === "tasks" && layer(from) !== "tasks"), []);
});

Deno.test("adapters take only types from src/rl", () => {
  assertEquals(faults((e) => layer(e.from) === "adapters" && layer(e.to) === "rl" && e.code), []);
});

Deno.test("methods import no environment and no optimizer of networks", () => {
  const registry = "src/optim/mod.ts", optimizers = [registry, ...valuesOf(registry)];
  const found = faults(({ from, to }) =>
    layer(from) === "methods" && (layer(to) === "envs" || optimizers.includes(to))
  );
  // DIPO's inner Adam moves actions, not a network, in both arms.
  assertEquals(found, ["src/methods/action_gradient.ts -> src/optim/adam.ts"]);
});

Deno.test("no method imports another", () => {
  const methods = valuesOf("src/methods/mod.ts");
  assert(methods.includes("src/methods/dppo.ts"));
  assertEquals(faults(({ from, to }) => methods.includes(from) && methods.includes(to)), []);
});

Deno.test("the graph reaches the heart of the project", () => {
  const reached = new Set(graph.flatMap(({ from, to }) => [from, to]));
  for (const path of ["src/optim/adapg.ts", "src/experiments/run_cell.ts", "src/envs/hopper.ts"]) {
    assert(reached.has(path), path);
  }
});
