import { assertEquals, assertMatch } from "@std/assert";
import { join } from "@std/path";
import { runDeno } from "../run_deno.ts";

const audit = (folder: string, ...flags: readonly string[]) =>
  runDeno(["task", "--quiet", "audit:blas", "--in", folder, ...flags]);

/** Publishes a table of one cell below a folder; its matrix products are OpenBLAS's on one thread. */
const publish = (folder: string) =>
  runDeno([
    ...["run", "--no-prompt", "--allow-read=.", "--allow-write=.work", "--allow-ffi"],
    ...["tests/blas/audit_lab.ts", folder],
  ]);

Deno.test("audit:blas replays a table with the library that made it, and with no other", async () => {
  const folder = Deno.makeTempDirSync(), tables = join(folder, "table1");
  try {
    assertEquals((await publish(folder)).error, "");
    const same = await audit(tables);
    assertEquals([same.code, same.error], [0, ""], same.out);
    assertMatch(same.out, /numerics blas {3}1 cell/);
    assertMatch(same.out, /library +cells made with the library that is here 1\/1 +ok/);
    assertMatch(same.out, /verdict +BITWISE: 1 of 1 replays equal, scores included/);
    const other = await audit(tables, "--blas-threads", "2");
    assertEquals(other.code, 2);
    assertMatch(
      other.out,
      /made with OpenBLAS .*, 1 thread, found OpenBLAS .*, 2 threads; --blas/,
    );
    assertMatch(other.out, /verdict +FAILED: library; 0 of 0 replays equal/);
    const missing = await audit(tables, "--blas-library", "libnowhere.so.7");
    assertEquals(missing.code, 2);
    assertMatch(missing.error, /^error: Cannot use BLAS: libnowhere.so.7.*--blas-library PATH$/m);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

Deno.test("audit:blas says how to make a table where there is none", async () => {
  const { code, error } = await audit("results/nowhere");
  assertEquals(code, 2);
  assertMatch(error, /holds no table \S*-blas or .*, found none; deno task reproduce:table1:blas/);
});
