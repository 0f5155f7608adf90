import { assertEquals } from "@std/assert";
import { measureLines } from "../../../src/report/analysis/measures.ts";
import { omegaTable } from "../../../src/report/analysis/omega_table.ts";

Deno.test("omegaTable() summarises the seeds of each environment and network", () => {
  const finding = (env: string, network: string, seed: number, omega: number) => ({
    env,
    network,
    seed,
    omega,
    steps: 600,
  });
  const table = omegaTable([
    finding("hopper", "actorFt", 0, 1.2),
    finding("hopper", "critic", 0, 0.6),
    finding("hopper", "actorFt", 1, 1.3),
    finding("walker2d", "critic", 0, 1.5),
  ]);
  assertEquals(measureLines(table), [
    ["hopper", "actorFt", "1.25 [0.615, 1.89]", "1.2", "1.3", "600", "2"],
    ["hopper", "critic", "0.6", "0.6", "0.6", "600", "1"],
    ["walker2d", "critic", "1.5", "1.5", "1.5", "600", "1"],
  ]);
  assertEquals(
    table.rows.every(({ labels, values }) => labels.length + values.length === table.header.length),
    true,
  );
});
