import { assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import fc from "fast-check";
import { evaluatePolicy } from "../../src/experiments/evaluate.ts";
import { type Checkpoint, runCell, type Scores } from "../../src/experiments/run_cell.ts";
import { seal, unseal } from "../../src/experiments/sealed_checkpoint.ts";
import { snapshot } from "../../src/provenance/snapshot.ts";
import { streamsOf } from "../../src/experiments/streams.ts";
import { tinyMethod, type TinyState, tinyTrial } from "./tiny_trial.ts";

/** All checkpoints' digests and the scores. */
function run(options: Parameters<typeof tinyTrial>[0] = {}, from?: Checkpoint<TinyState>) {
  const checkpoints: Checkpoint<TinyState>[] = [];
  const generator = runCell(tinyTrial(options), from);
  for (;;) {
    const { done, value } = generator.next();
    if (done) return { checkpoints, scores: value as Scores };
    checkpoints.push(value as Checkpoint<TinyState>);
  }
}

const digests = (options: Parameters<typeof tinyTrial>[0] = {}, from?: Checkpoint<TinyState>) =>
  run(options, from).checkpoints.map((checkpoint) => seal(checkpoint).digests);

Deno.test("runCell() interrupted anywhere and resumed from bytes gives the same digests and scores", () => {
  const whole = run();
  fc.assert(
    fc.property(fc.nat(whole.checkpoints.length - 1), (stop) => {
      const { tree, blobs } = seal(whole.checkpoints[stop]);
      const bytes = new Map([...blobs].map(([digest, blob]) => [digest, blob.slice()]));
      const read = unseal<TinyState>(JSON.parse(JSON.stringify(tree)), (d) => bytes.get(d)!);
      const rest = run({}, read);
      assertEquals(rest.scores, whole.scores);
      assertEquals(
        rest.checkpoints.map((c) => seal(c).digests),
        whole.checkpoints.slice(stop + 1).map((c) => seal(c).digests),
      );
    }),
    { numRuns: 12 },
  );
});

Deno.test("runCell() with fewer iterations is a prefix of a longer run", () => {
  assertEquals(digests({ iterations: 5 }), digests({ iterations: 12 }).slice(0, 5));
});

Deno.test("runCell() shows both optimizers the same first rollouts, until their parameters differ", () => {
  const [a, b] = ["adamw", "adapg"].map((optimizer) => digests({ optimizer }));
  assertEquals(a[0].rollout, b[0].rollout);
  assertEquals(a[1].rollout, b[1].rollout);
  assertNotEquals(a[2].rollout, b[2].rollout);
});

Deno.test("runCell() gives other rollouts to another seed or method", () => {
  const [first] = digests();
  assertNotEquals(first.rollout, digests({ seed: 1 })[0].rollout);
  assertNotEquals(first.rollout, digests({ method: "other" })[0].rollout);
});

Deno.test("seal() gives replay segments that stay the same blobs in the next checkpoint", () => {
  const { checkpoints } = run();
  const { segments } = checkpoints.at(-1)!.state.replay;
  const stayed = segments.filter((s) => checkpoints.at(-2)!.state.replay.segments.includes(s));
  assertEquals(stayed.length > 0, true);
  const before = seal(checkpoints.at(-2)!).blobs, after = seal(checkpoints.at(-1)!).blobs;
  for (const digest of snapshot(stayed).blobs.keys()) {
    assertEquals([before.has(digest), after.has(digest)], [true, true]);
  }
});

Deno.test("runCell() evaluates in every valFreq-th iteration and trains in the others", () => {
  const modes = run({ iterations: 6 }).checkpoints.map(({ record }) => record.mode);
  assertEquals(modes, ["evaluate", "train", "train", "train", "evaluate", "train"]);
});

Deno.test("runCell() leaves the state alone while it evaluates", () => {
  const { checkpoints } = run({ iterations: 5 });
  assertEquals(checkpoints[4].state, checkpoints[3].state);
});

Deno.test("runCell() goes on after an evaluation from where that stopped, unless told to reset", () => {
  const trial = tinyTrial({ iterations: 2 });
  const rollouts = [false, true].map((resetAfterEvaluation) => {
    const loop = { ...trial.loop, resetAfterEvaluation };
    return [...runCell({ ...trial, loop })].map(({ record }) => record.rollout);
  });
  assertEquals(rollouts[0][0], rollouts[1][0]);
  assertNotEquals(rollouts[0][1], rollouts[1][1]);
});

Deno.test("runCell() ends a run at its first non-finite value and says where it was", () => {
  const { checkpoints, scores } = run({ poison: 6 });
  assertEquals(checkpoints.length, 6);
  assertEquals(scores.final, undefined);
  const { stream, iteration, place } = scores.diverged!;
  assertEquals([stream, iteration, place], ["update", 6, "weight[1]"]);
  assertMatch(scores.diverged!.message, /gradient must be finite, found NaN/);
});

Deno.test("evaluatePolicy() gives episode e the same start and noise, whatever the other episodes do", () => {
  const { evaluation, pretrained } = tinyTrial(), method = tinyMethod("adamw");
  const state = method.init(pretrained, streamsOf({ env: "a", method: "b", seed: 0 }).init);
  const four = evaluatePolicy(method, state, evaluation);
  const nine = evaluatePolicy(method, state, { ...evaluation, episodes: 9 });
  assertEquals(nine.slice(0, 4), four);
});
