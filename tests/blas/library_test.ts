import { assertMatch, assertThrows } from "@std/assert";
import { openBlas } from "../../src/adapters/blas_library.ts";

Deno.test("openBlas() describes library and threads", () => {
  const { description } = openBlas({ threads: 2 });
  assertMatch(description, /^OpenBLAS \d+\.\d+\.\d+ \w+, 2 threads$/);
});

Deno.test("openBlas() says how to install a library that is absent", () => {
  assertThrows(
    () => openBlas({ library: "libnowhere.so.7", threads: 1 }),
    Error,
    "Cannot use BLAS: libnowhere.so.7",
  );
  assertThrows(
    () => openBlas({ library: "libnowhere.so.7", threads: 1 }),
    Error,
    Deno.build.os === "darwin" ? "brew install openblas" : "apt-get install libopenblas0-pthread",
  );
});

Deno.test("openBlas() refuses a library without matrix products", () => {
  const library = Deno.build.os === "darwin" ? "libSystem.dylib" : "libc.so.6";
  assertThrows(() => openBlas({ library, threads: 1 }), Error, "cblas_sgemm");
});
