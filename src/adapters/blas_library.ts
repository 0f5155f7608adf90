/**
 * Finds and opens the BLAS library of this machine.
 *
 * @module
 */
/** Which library, and on how many threads. */
export interface BlasOptions {
  /** File or name of the library; absent for OpenBLAS, on macOS for Accelerate. */
  readonly library?: string;
  readonly threads: number;
}

const SYMBOLS = {
  cblas_sgemm: {
    parameters: [
      ...["i32", "i32", "i32", "i32", "i32", "i32", "f32"] as const,
      ...["usize", "i32", "usize", "i32", "f32", "usize", "i32"] as const,
    ],
    result: "void",
  },
  openblas_set_num_threads: { parameters: ["i32"], result: "void", optional: true },
  openblas_get_config: { parameters: [], result: "pointer", optional: true },
  openblas_get_corename: { parameters: [], result: "pointer", optional: true },
  BLASSetThreading: { parameters: ["u32"], result: "i32", optional: true },
} as const;

/** The functions of an open library. */
export type Symbols = Deno.StaticForeignLibraryInterface<typeof SYMBOLS>;

const ACCELERATE = "/System/Library/Frameworks/Accelerate.framework/Accelerate";
const DEFAULT = Deno.build.os === "darwin" ? ACCELERATE : "libopenblas.so.0";

const INSTALL = Deno.build.os === "darwin"
  ? "brew install openblas, then name $(brew --prefix openblas)/lib/libopenblas.dylib"
  : "apt-get install libopenblas0-pthread, or name another library";

/** An open library. It stays open as long as the process lives. */
export interface BlasLibrary {
  readonly symbols: Symbols;
  /** Its version, kernels and threads: equal texts promise equal products. */
  readonly description: string;
}

/**
 * Opens a library and tells it how many threads to use.
 *
 * @throws {Error} when it is absent or may not be loaded, saying what to do
 */
export function openBlas({ library = DEFAULT, threads }: BlasOptions): BlasLibrary {
  const symbols = load(library);
  symbols.openblas_set_num_threads?.(threads);
  symbols.BLASSetThreading?.(threads === 1 ? 1 : 0);
  return { symbols, description: `${nameOf(symbols, library)}, ${threadsOf(symbols, threads)}` };
}

function load(library: string): Symbols {
  try {
    return Deno.dlopen(library, SYMBOLS).symbols;
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) {
      throw new Error("Cannot use BLAS: loading a library needs --allow-ffi");
    }
    const reason = (error as Error).message.replaceAll("Could not open library: ", "");
    throw new Error(`Cannot use BLAS: ${reason}; ${INSTALL} with --blas-library PATH`);
  }
}

const textOf = (text: Deno.PointerValue | undefined): string =>
  text ? Deno.UnsafePointerView.getCString(text) : "";

/** Name and version of OpenBLAS, and the processor whose kernels it uses here; else what the library is called. */
function nameOf(symbols: Symbols, library: string): string {
  const [name, version] = textOf(symbols.openblas_get_config?.()).split(" ");
  const core = textOf(symbols.openblas_get_corename?.());
  return version === undefined ? library : `${name} ${version} ${core}`;
}

function threadsOf(symbols: Symbols, threads: number): string {
  if (symbols.openblas_set_num_threads) return `${threads} thread${threads === 1 ? "" : "s"}`;
  if (symbols.BLASSetThreading && threads === 1) return "1 thread";
  return "threads as it chooses";
}
