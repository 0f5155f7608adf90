import { assert, assertEquals } from "@std/assert";
import { openBlas } from "../../src/adapters/blas_library.ts";
import { type Cell, DEFAULTS } from "../../src/experiments/cell.ts";
import type { CheckpointReport, ScoresReport } from "../../tasks/study/messages.ts";
import { fixtureDigests } from "../../tasks/fixtures.ts";
import { planner } from "../../tasks/study/plan.ts";
import { runAll } from "../../tasks/study/pool.ts";

const blas = { threads: 1 };
const planWith = (threads: number) => planner(fixtureDigests(), { blas: { threads } })(cell);
const cell: Cell = {
  ...DEFAULTS,
  numerics: "blas",
  env: "hopper",
  method: "dawr",
  optimizer: "adamw",
  variant: {},
  seed: 0,
};

Deno.test("the id of a cell with BLAS depends on its code and on the library", () => {
  const { modules: { files, libraries } } = planWith(1);
  assert("src/tensor/kernels/blas.ts" in files && "src/adapters/blas_library.ts" in files);
  const { description } = openBlas(blas);
  assertEquals(Object.keys(libraries ?? {}), [description]);
  assert(planWith(1).id !== planWith(2).id);
  assertEquals(planWith(1).id, planWith(1).id);
});

Deno.test("a worker runs a cell with BLAS to the same bytes twice, and not to the strict ones", async () => {
  const { pretrained } = planner(fixtureDigests())(cell);
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
      { jobs: 1, rolloutWorkers: 1 },
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
