import { assert, assertEquals } from "@std/assert";
import { openBlas } from "../../src/adapters/blas_library.ts";
import { type Cell, DEFAULTS } from "../../src/experiments/cell.ts";
import type { CheckpointReport, ScoresReport } from "../../tasks/table1/messages.ts";
import { fixtureDigests } from "../../tasks/fixtures.ts";
import { currentModules, plannedCell } from "../../tasks/table1/plan.ts";
import { runAll } from "../../tasks/table1/pool.ts";

const blas = { threads: 1 };
const cell: Cell = {
  ...DEFAULTS,
  numerics: "blas",
  env: "hopper",
  method: "dawr",
  optimizer: "adamw",
  seed: 0,
};

Deno.test("the id of a cell with BLAS depends on its code and on the library", () => {
  const { files, libraries } = currentModules(blas);
  assert("src/tensor/kernels/blas.ts" in files && "src/adapters/blas_library.ts" in files);
  const { description } = openBlas(blas);
  assertEquals(Object.keys(libraries ?? {}), [description]);
  const idWith = (threads: number) =>
    plannedCell(cell, fixtureDigests(), currentModules({ threads })).id;
  assert(idWith(1) !== idWith(2));
  assertEquals(idWith(1), idWith(1));
});

Deno.test("a worker runs a cell with BLAS to the same bytes twice, and not to the strict ones", async () => {
  const { pretrained } = plannedCell(cell, fixtureDigests(), currentModules());
  /** Digests of the first iteration. */
  const firstDigests = (options?: typeof blas) => {
    const found = Promise.withResolvers<CheckpointReport["digests"]>();
    const done = runAll(
      [{
        order: () => ({ cell, pretrained, blas: options }),
        onCheckpoint({ digests }) {
          found.resolve(digests);
          throw new Error("enough");
        },
        onScores(_: ScoresReport) {},
      }],
      1,
      options ? { ffi: true } : "none",
    );
    return Promise.all([
      found.promise,
      done.catch(({ message }) => assertEquals(message, "enough")),
    ]);
  };
  const [first, second, strict] = [
    await firstDigests(blas),
    await firstDigests(blas),
    await firstDigests(),
  ];
  assertEquals(first[0], second[0]);
  assert(first[0].state !== strict[0].state);
});
