import { assertEquals } from "@std/assert";
import { element } from "../../src/envs/mjcf.ts";

Deno.test("element() prints numbers that read back exactly and leaves absent attributes out", () => {
  const text = element("geom", { pos: [0.1, -1e-7, 3], type: "box", friction: undefined });
  assertEquals(text, '<geom pos="0.1 -1e-7 3" type="box"/>');
});

Deno.test("element() nests its children in order", () => {
  assertEquals(element("a", {}, element("b"), element("c")), "<a>\n<b/>\n<c/>\n</a>");
});
