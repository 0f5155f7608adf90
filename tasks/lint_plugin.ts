/**
 * Lint rules that keep the core pure: `src/` has no clock, no hidden randomness and no access to the host.
 *
 * @module
 */
import { fileURLToPath } from "node:url";

/** What a name stands for that pure code must not use. */
const FORBIDDEN: Readonly<Record<string, string>> = {
  "Math.random": "randomness comes from keys (src/rng)",
  "crypto.getRandomValues": "randomness comes from keys (src/rng)",
  "crypto.randomUUID": "randomness comes from keys (src/rng)",
  "Date": "results must not depend on the clock",
  "performance": "results must not depend on the clock",
  "Deno": "effects live in tasks/ and src/adapters/",
};

/** Names that adapters may use, where a binding demands it. */
const HOST = ["Deno"];

/** `Math.random` of `Math.random()`, `Date` of `Date.now()`, `globalThis.Math.random` without the first part. */
function forbiddenName(path: string): string | undefined {
  const name = path.replace(/^globalThis\./, "");
  if (/^tf\.random/.test(name)) return name;
  return Object.keys(FORBIDDEN).find((key) => name === key || name.startsWith(`${key}.`));
}

/** The dotted path of a chain of plain member accesses, or undefined. */
function pathOf(node: Deno.lint.Node): string | undefined {
  if (node.type === "Identifier") return node.name;
  if (node.type !== "MemberExpression") return undefined;
  const object = pathOf(node.object);
  const property = node.property.type === "Identifier" && !node.computed
    ? node.property.name
    : node.property.type === "Literal"
    ? String(node.property.value)
    : undefined;
  return object === undefined || property === undefined ? undefined : `${object}.${property}`;
}

/** The project's folder as the start of a path: a clone may lie below any folder called `src`. */
const ROOT = slashed(fileURLToPath(new URL("../", import.meta.url)));

function slashed(path: string): string {
  return path.replaceAll("\\", "/");
}

const isIn = (folder: string, filename: string): boolean =>
  slashed(filename).startsWith(`${ROOT}${folder}/`);

/** Refuses hidden inputs and effects in files below `src/`. */
const pureCore: Deno.lint.Rule = {
  create(context) {
    const { filename } = context;
    if (!isIn("src", filename)) return {};
    const check = (node: Deno.lint.Node, root: Deno.lint.Node) => {
      const path = pathOf(root), name = path === undefined ? undefined : forbiddenName(path);
      if (name === undefined || (HOST.includes(name) && isIn("src/adapters", filename))) return;
      const why = FORBIDDEN[name] ?? "randomness comes from keys (src/rng)";
      context.report({ node, message: `${name} is not allowed in src/: ${why}` });
    };
    return {
      // The outermost access of a chain is the one that no other access holds.
      MemberExpression: (node) => {
        if (node.parent.type !== "MemberExpression" || node.parent.object !== node) {
          check(node, node);
        }
      },
      NewExpression: (node) => check(node, node.callee),
      CallExpression: (node) => {
        if (node.callee.type === "Identifier") check(node, node.callee);
      },
    };
  },
};

export default {
  name: "adpo",
  rules: { "pure-core": pureCore },
} satisfies Deno.lint.Plugin;
