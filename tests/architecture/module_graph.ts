/** The module graph of the project as `deno info` sees it. */

interface Module {
  readonly specifier: string;
  readonly dependencies?: readonly {
    readonly code?: { readonly specifier: string };
    readonly type?: { readonly specifier: string };
    readonly isDynamic?: boolean;
  }[];
}

/**
 * An import between two files of the project; `code` is false where only types are imported, `dynamic` is true for
 * `import()`, which loads nothing until it is called.
 */
export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly code: boolean;
  readonly dynamic: boolean;
}

export const root = new URL("../../", import.meta.url);

/** All imports that a module reaches. */
export async function edgesFrom(entry: string): Promise<Edge[]> {
  const { stdout } = await new Deno.Command("deno", { args: ["info", "--json", entry], cwd: root })
    .output();
  const { modules } = JSON.parse(new TextDecoder().decode(stdout)) as { modules: Module[] };
  const path = (specifier = "") =>
    specifier.startsWith(root.href) ? specifier.slice(root.href.length) : "";
  const edges = modules.flatMap(({ specifier, dependencies = [] }) =>
    dependencies.map(({ code, type, isDynamic }) => ({
      from: path(specifier),
      to: path((code ?? type)?.specifier),
      code: code !== undefined,
      dynamic: isDynamic === true,
    }))
  );
  return edges.filter(({ from, to }) => from !== "" && to !== "");
}
