import { assertEquals, assertThrows } from "@std/assert";
import { join } from "@std/path";
import type { PretrainState } from "../../src/data/pretrain.ts";
import { adamw } from "../../src/optim/adamw.ts";
import { paramsOf } from "../../src/tensor/params.ts";
import { tensor } from "../../src/tensor/tensor.ts";
import { exists } from "../../tasks/io.ts";
import { useTrained } from "../../tasks/resumable_training.ts";
import { CellFolder } from "../../tasks/study/cell_store.ts";

const PERIODS = 5, optimizer = adamw({ learningRate: 0.1, weightDecay: 0 });
const gradient = paramsOf({ x: tensor([2], [1, -2]) });

/** States one after another; `dies` after that many. */
function* states(from: PretrainState | undefined, dies = Infinity): Generator<PretrainState> {
  let adam = from?.adam ?? optimizer.init(gradient);
  for (let period = (from?.period ?? 0) + 1; period <= PERIODS; period++) {
    if (period > dies) throw new Error("killed");
    adam = optimizer.step(adam, gradient);
    yield { period, adam, average: adam.theta, loss: 1 / period };
  }
}

Deno.test("a training that was killed goes on from what was kept and ends the same, leaving nothing", () => {
  const root = Deno.makeTempDirSync(), whole = [...states(undefined)].at(-1);
  const begins: (number | undefined)[] = [];
  const training = (dies?: number) => ({
    id: "id",
    periods: PERIODS,
    run(from?: PretrainState) {
      begins.push(from?.period);
      return states(from, dies);
    },
  });
  try {
    assertThrows(() => useTrained(training(3), root, (last) => last, 0), Error, "killed");
    assertEquals(useTrained(training(), root, (last) => last, 0), whole);
    assertEquals(begins, [undefined, 3]);
    assertEquals(exists(join(root, "id")), false);
  } finally {
    Deno.removeSync(root, { recursive: true });
  }
});

Deno.test("a training that has ended is not done again when what is made of it fails", () => {
  const root = Deno.makeTempDirSync(), training = { id: "id", periods: PERIODS };
  const whole = [...states(undefined)].at(-1);
  try {
    const fail = () => {
      throw new Error("no space left");
    };
    assertThrows(() => useTrained({ ...training, run: states }, root, fail), Error, "no space");
    const never = () => {
      throw new Error("trained again");
    };
    assertEquals(useTrained({ ...training, run: never }, root, (last) => last), whole);
    assertEquals(exists(join(root, "id")), false);
  } finally {
    Deno.removeSync(root, { recursive: true });
  }
});

Deno.test("two processes do not train one policy at once", () => {
  const root = Deno.makeTempDirSync();
  try {
    using _lock = new CellFolder(root, "id").lock();
    const training = { id: "id", periods: PERIODS, run: states };
    assertThrows(
      () => useTrained(training, root, (last) => last),
      Error,
      "another process trains this very policy",
    );
  } finally {
    Deno.removeSync(root, { recursive: true });
  }
});
