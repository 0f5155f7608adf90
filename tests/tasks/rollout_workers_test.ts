import { assertEquals, assertMatch, assertRejects, assertThrows } from "@std/assert";
import { mujocoEngines } from "../../src/adapters/mujoco_engines.ts";
import { type Cell, DEFAULTS } from "../../src/experiments/cell.ts";
import { openCell, pretrainedPath } from "../../src/experiments/open_cell.ts";
import { key } from "../../src/rng/key.ts";
import { NonFiniteError } from "../../src/tensor/non_finite.ts";
import { zeros } from "../../src/tensor/tensor.ts";
import { fixtureDigests, readFixture } from "../../tasks/fixtures.ts";
import { isExpected } from "../../tasks/main.ts";
import type { Blobs, CellOrder } from "../../tasks/study/messages.ts";
import { runAll } from "../../tasks/study/pool.ts";
import { overShards } from "../../tasks/study/shard_client.ts";
import type { ShardOrder } from "../../tasks/study/shard_messages.ts";

const cell: Cell = {
  ...DEFAULTS,
  env: "hopper",
  method: "dppo",
  optimizer: "adapg",
  variant: {},
  seed: 0,
};
const pretrained = readFixture(pretrainedPath(cell), fixtureDigests());

/** The digests of the iterations up to `last`, and where to go on; the run is interrupted there. */
async function interrupted(rolloutWorkers: number, last: number, resume?: CellOrder["resume"]) {
  const digests: unknown[] = [];
  let blobs: Blobs = resume?.blobs ?? {}, tree = resume?.tree;
  const end = new Error("interrupted");
  const assignment = {
    order: () => ({ cell, pretrained, resume }),
    onCheckpoint: (report: Parameters<Parameters<typeof runAll>[0][0]["onCheckpoint"]>[0]) => {
      digests.push([report.digests, report.metrics]);
      blobs = { ...blobs, ...report.newBlobs };
      tree = report.tree;
      if (digests.length > last) throw end;
    },
    onScores: () => {},
  };
  await assertRejects(
    () => runAll([assignment], { jobs: 1, rolloutWorkers }),
    Error,
    "interrupted",
  );
  return { digests, resume: { tree: tree!, blobs } };
}

Deno.test("a cell has the same digests on any number of rollout workers, interrupted or not", async () => {
  const { digests: [first, second] } = await interrupted(1, 1);
  const begun = await interrupted(2, 0);
  assertEquals(begun.digests, [first]);
  const rest = await interrupted(3, 0, begun.resume);
  assertEquals(rest.digests, [second]);
});

Deno.test("an error behind a port is the one that the whole would have thrown, and work goes on after it", async () => {
  const worker = new Worker(new URL("../../tasks/shard_worker.ts", import.meta.url), {
    type: "module",
    deno: { permissions: "none" },
  });
  await new Promise((ready) => worker.onmessage = ready);
  const { port1, port2 } = new MessageChannel();
  const order: ShardOrder = { cell, pretrained, port: port1 };
  worker.postMessage(order, [port1]);
  const { env: whole, ...rest } = openCell(cell, pretrained, mujocoEngines);
  const { env } = overShards({ ...rest, env: whole }, [port2]);
  const start = whole.reset(key(1)), action = zeros([whole.envs, 12]);
  const inner = Float64Array.from(start.inner).fill(NaN, start.inner.length / 2);
  const errorOf = ({ step }: typeof whole) =>
    assertThrows(() => step({ ...start, inner }, action, key(1)), NonFiniteError);
  const found = errorOf(env), expected = errorOf(whole);
  assertEquals(found.message, expected.message);
  assertEquals(found.place, expected.place);
  assertEquals(env.step(start, action, key(1)), whole.step(start, action, key(1)));
  port2.close();
  worker.terminate();
});

Deno.test("a failure inside a worker names the cell, and a defect keeps its stack", async () => {
  const failureOf = (order: Partial<CellOrder>) =>
    assertRejects(() => {
      const whole = () => ({ cell, pretrained, ...order });
      const assignment = { order: whole, onCheckpoint: () => {}, onScores: () => {} };
      return runAll([assignment], { jobs: 1, rolloutWorkers: 1 });
    }, Error);
  const refused = await failureOf({ pretrained: Uint8Array.of(1) });
  assertMatch(
    refused.message,
    /^Cannot run hopper\/dppo-adapg\/seed-0: worker that runs it: Cannot read /,
  );
  const defect = await failureOf({ cell: { ...cell, env: "none" as "hopper" } });
  assertMatch(defect.stack!, /^none\/dppo-adapg\/seed-0: worker that runs it: .*\n +at /);
  assertEquals(isExpected(defect), false);
});
