import { assertEquals, assertThrows } from "@std/assert";
import { join } from "@std/path";
import {
  list,
  listTree,
  lock,
  locked,
  move,
  readBytes,
  readText,
  remove,
  write,
  writeTogether,
} from "../../tasks/io.ts";
import { runDeno, runTask } from "../run_deno.ts";

async function withFolder(body: (folder: string) => void | Promise<void>): Promise<void> {
  const folder = Deno.makeTempDirSync();
  try {
    await body(folder);
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

Deno.test("writeTogether() changes no file when one of them cannot be written, and names that one", () =>
  withFolder((folder) => {
    write(join(folder, "a"), "old");
    Deno.mkdirSync(join(folder, "c"));
    const files = { a: "new", c: "new", d: "new" };
    const message = `Cannot write ${join(folder, "c")}: it is a folder`;
    assertThrows(() => writeTogether(folder, files), Error, message);
    assertEquals(readText(join(folder, "a")), "old");
    assertEquals(list(folder), ["a", "c"]);
  }));

Deno.test("write() stages a file where it is told to", () =>
  withFolder((folder) => {
    const path = join(folder, "a");
    assertThrows(() => write(path, "new", join(folder, "none")), Error, `Cannot write ${path}: `);
    write(path, "new", folder);
    assertEquals([readText(path), list(folder)], ["new", ["a"]]);
  }));

Deno.test("processes that write one file at a time leave a whole one and nothing beside it", () =>
  withFolder(async (folder) => {
    const path = join(folder, "a"),
      script = `import { write } from "./tasks/io.ts";
      for (let i = 0; i < 300; i++) write(${
        JSON.stringify(path)
      }, "x".repeat(10_000 * (1 + i % 3)));`;
    const ended = await Promise.all(Array.from({ length: 3 }, () => runDeno(["eval", script])));
    assertEquals(ended.map(({ error }) => error), ["", "", ""]);
    assertEquals([readText(path).length, list(folder)], [30_000, ["a"]]);
  }));

Deno.test("move() replaces a folder, or leaves it and what is beside it as they are", () =>
  withFolder((folder) => {
    const at = (...names: string[]) => join(folder, ...names);
    for (const name of ["new", "set", "set.old"]) write(at(name, name), "");
    assertThrows(() => move(at("none"), at("set")), Error, `Cannot move ${at("none")} to `);
    assertEquals(list(folder), ["new", "set", "set.old"]);
    move(at("new"), at("set"));
    assertEquals(listTree(folder), [join("set", "new"), join("set.old", "set.old")]);
  }));

Deno.test("locked() holds the lock while it does its work, and gives it back", () =>
  withFolder((folder) => {
    const path = join(folder, "lock");
    assertEquals(locked(path, () => lock(path)), undefined);
    using again = lock(path);
    assertEquals(again !== undefined, true);
  }));

Deno.test("readBytes() opens no pipe, device or folder, which could block or never end", () =>
  withFolder(async (folder) => {
    const pipe = join(folder, "pipe");
    // Deno makes no pipes, and tests may run nothing but deno.
    const make = `new Deno.Command("mkfifo", { args: [${JSON.stringify(pipe)}] }).outputSync()`;
    await runDeno(["eval", make]);
    for (const path of [pipe, folder]) {
      assertThrows(() => readBytes(path), Error, `Cannot read ${path}: it is no file`);
    }
    const { code, error } = await runTask("render", "--env", "hopper", "--checkpoint", "/dev/zero");
    assertEquals([code, error], [1, "error: Cannot read /dev/zero: it is no file\n"]);
  }));

Deno.test("list() and listTree() leave out what file managers put into folders", () =>
  withFolder((folder) => {
    for (const name of [".DS_Store", "Thumbs.db", "desktop.ini", ".hidden", "a"]) {
      write(join(folder, "below", name), "");
    }
    assertEquals(list(join(folder, "below")), [".hidden", "a"]);
    assertEquals(listTree(folder), [join("below", ".hidden"), join("below", "a")]);
  }));

Deno.test("an unreadable file is named in the message", () =>
  withFolder((folder) => {
    assertThrows(() => readText(join(folder, "none")), Error, "Cannot read");
    write(join(folder, "file"), "");
    remove(join(folder, "file", "below"));
    assertEquals(list(join(folder, "none")), []);
  }));

Deno.test("listTree() names a link that leads nowhere", () =>
  withFolder(async (folder) => {
    const link = join(folder, "link");
    // Tests may write below .work only, and links need the right to write anywhere.
    await runDeno(["eval", `Deno.symlinkSync("/nowhere/at/all", ${JSON.stringify(link)})`]);
    assertThrows(() => listTree(folder), Error, `Cannot look for ${link}: `);
  }));
