import { assertEquals } from "@std/assert";
import { join } from "@std/path";
import { runTask } from "../run_deno.ts";

Deno.test("render shows no more frames a second than --rate allows", async () => {
  const folder = Deno.makeTempDirSync();
  try {
    const film = ["--env", "hopper", "--width", "4", "--rate", "30"];
    const { out } = await runTask("render", ...film, "--out", join(folder, "film.gif"));
    const [frames, steps] = /(\d+) frames of (\d+) steps/.exec(out)!.slice(1).map(Number);
    // Steps are 8 ms apart, and every fifth is 40 ms after the last: every fourth would be too soon.
    assertEquals(frames, Math.ceil((steps + 1) / 5));
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});
