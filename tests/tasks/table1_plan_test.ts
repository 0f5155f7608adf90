import { assertEquals } from "@std/assert";
import { currentModules } from "../../tasks/table1/plan.ts";

Deno.test("strict cells depend on no code of BLAS and on no native library", () => {
  const { files, libraries } = currentModules();
  assertEquals(Object.keys(files).filter((path) => path.includes("blas")), []);
  assertEquals(libraries, undefined);
});
