import { fromFileUrl } from "@std/path";

/** The project's folder. */
export const root = fromFileUrl(new URL("../", import.meta.url));

/** Runs deno, in the project's folder unless told another; its exit code and what it prints, without colours. */
export async function runDeno(
  args: readonly string[],
  { signal, cwd = root }: { readonly signal?: AbortSignal; readonly cwd?: string } = {},
) {
  const { code, stdout, stderr } = await new Deno.Command("deno", {
    args: [...args],
    cwd,
    signal,
    env: { NO_COLOR: "1" },
  }).output();
  return { code, out: new TextDecoder().decode(stdout), error: new TextDecoder().decode(stderr) };
}

/** Runs a task's module, which may read and write files. */
export const runTask = (task: string, ...args: readonly string[]) =>
  runDeno(["run", "--no-prompt", "--allow-read", "--allow-write", `tasks/${task}.ts`, ...args]);
