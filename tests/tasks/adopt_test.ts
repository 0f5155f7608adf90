import { assertEquals } from "@std/assert";
import { join } from "@std/path";
import { listTree, readText } from "../../tasks/io.ts";
import { adopt, publishedIn } from "../../tasks/study/adopt.ts";
import { folderOf } from "../../tasks/study/published.ts";
import { AuditLab } from "./audit_lab.ts";

Deno.test("a cell that another table has published under its id is published from there, byte for byte", () => {
  using lab = new AuditLab();
  const [table, other] = ["table", "other"].map((name) => join(lab.root, name));
  const planned = lab.planned("adapg"), source = folderOf(table, planned.cell);
  assertEquals(publishedIn([other, table], planned), source);
  adopt(source, other, planned);
  const copy = folderOf(other, planned.cell);
  assertEquals(listTree(copy), listTree(source));
  for (const name of listTree(source)) {
    assertEquals(readText(join(copy, name)), readText(join(source, name)));
  }
  assertEquals(publishedIn([other, table], planned), copy);
});

Deno.test("a cell is not taken from where its id is another's or a file of it is not what its manifest says", () => {
  using lab = new AuditLab();
  const table = join(lab.root, "table"), planned = lab.planned("adapg");
  assertEquals(publishedIn([table], { ...planned, id: "another" }), undefined);
  lab.flip("table/cells/hopper/dppo-adapg/seed-0/scores.json");
  assertEquals(publishedIn([table], planned), undefined);
});
