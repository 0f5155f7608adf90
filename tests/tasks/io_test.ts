import { assertEquals, assertThrows } from "@std/assert";
import { join } from "@std/path";
import {
  list,
  listTree,
  lock,
  locked,
  readText,
  remove,
  write,
  writeTogether,
} from "../../tasks/io.ts";
import { runDeno } from "../run_deno.ts";

function withFolder(body: (folder: string) => void): void {
  const folder = Deno.makeTempDirSync();
  try {
    body(folder);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

Deno.test("write() makes folders, replaces what is there and leaves nothing beside it", () =>
  withFolder((folder) => {
    const path = join(folder, "a", "b.txt");
    write(path, "one");
    write(path, [new TextEncoder().encode("t"), new TextEncoder().encode("wo")]);
    assertEquals(readText(path), "two");
    assertEquals(listTree(folder), [join("a", "b.txt")]);
  }));

Deno.test("writeTogether() changes no file when one of them cannot be written", () =>
  withFolder((folder) => {
    writeTogether(folder, { a: "old", b: "old" });
    Deno.mkdirSync(join(folder, "c.partial", "in-the-way"), { recursive: true });
    assertThrows(() => writeTogether(folder, { a: "new", c: "new" }), Error, "Cannot write");
    assertEquals([readText(join(folder, "a")), readText(join(folder, "b"))], ["old", "old"]);
    assertEquals(list(folder).filter((name) => name.startsWith("a")), ["a"]);
  }));

Deno.test("locked() holds the lock while it does its work, and gives it back", () =>
  withFolder((folder) => {
    const path = join(folder, "lock");
    assertEquals(locked(path, () => lock(path)), undefined);
    using again = lock(path);
    assertEquals(again !== undefined, true);
  }));

Deno.test("an unreadable file is named in the message", () =>
  withFolder((folder) => {
    assertThrows(() => readText(join(folder, "none")), Error, "Cannot read");
    write(join(folder, "file"), "");
    remove(join(folder, "file", "below"));
    assertEquals(list(join(folder, "none")), []);
  }));

Deno.test("listTree() names a link that leads nowhere", async () => {
  const folder = Deno.makeTempDirSync(), link = join(folder, "link");
  try {
    // Tests may write below .work only, and links need the right to write anywhere.
    await runDeno(["eval", `Deno.symlinkSync("/nowhere/at/all", ${JSON.stringify(link)})`]);
    assertThrows(() => listTree(folder), Error, `Cannot look for ${link}: `);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});
