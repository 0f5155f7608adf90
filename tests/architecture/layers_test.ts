import { assert, assertEquals } from "@std/assert";
import { readText } from "../../tasks/io.ts";
import { type Edge, edgesFrom, root } from "./module_graph.ts";

/** Each folder of `src/` and those that it imports from, as CONTRIBUTING.md lists them. */
const [, list] = /```layers\n([^`]*)```/.exec(readText("CONTRIBUTING.md"))!;
const layers = list.trim().split("\n").map((line) => line.trim().split(/\s+/));
const listed = layers.flatMap(([from, ...others]) => others.map((to) => `${from} -> ${to}`));

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

const isBetweenLayers = ({ from, to }: Edge): boolean =>
  from.startsWith("src/") && layer(from) !== layer(to) && !UNTYPED_LIBRARY.test(to);
const layersOf = ({ from, to }: Edge): string => `${layer(from)} -> ${layer(to)}`;

Deno.test("src/ imports only along the layers that CONTRIBUTING.md lists", () => {
  assertEquals(faults((edge) => isBetweenLayers(edge) && !listed.includes(layersOf(edge))), []);
});

Deno.test("CONTRIBUTING.md lists no layer that is not imported, and each folder after those it imports", () => {
  const found = new Set(graph.filter(isBetweenLayers).map(layersOf));
  assertEquals(listed.filter((edge) => !found.has(edge)), []);
  const order = layers.map(([folder]) => folder);
  for (const [folder, ...others] of layers) {
    const before = order.slice(0, order.indexOf(folder));
    assertEquals(others.filter((other) => !before.includes(other)), [], folder);
  }
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
