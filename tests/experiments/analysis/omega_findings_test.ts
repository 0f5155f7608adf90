import { assertAlmostEquals, assertEquals } from "@std/assert";
import { omegaFindings } from "../../../src/experiments/analysis/omega_findings.ts";
import { DEFAULTS } from "../../../src/experiments/cell.ts";
import { gridOf } from "../../../src/experiments/grid.ts";
import { studies } from "../../../src/experiments/studies.ts";
import { adaptiveAdapg } from "../../../src/optim/adaptive_adapg.ts";
import { adapg } from "../../../src/optim/adapg.ts";
import type { Optimizer, OptimizerState } from "../../../src/optim/optimizer.ts";
import { float64, last, run } from "../../optim/lab.ts";

const [cell] = gridOf(studies.adaptive, DEFAULTS, { only: ["hopper/dppo-adaptive"], seeds: [2] });
const options = { learningRate: 0.1, eps: 1e-11 };

/** The state after gradients, all of them 1. */
const after = <S extends OptimizerState>(optimizer: Optimizer<S>, steps: number): S =>
  last(run(optimizer, float64, [0], Array.from({ length: steps }, () => [1])));

Deno.test("omegaFindings() finds the omega by which the last step went", () => {
  const actorFt = after(adaptiveAdapg(options), 40);
  const [finding] = omegaFindings(cell, { actorFt });
  const [theta, h, before] = [actorFt.theta, actorFt.hPrev, actorFt.hBefore].map((p) => p.data[0]);
  assertAlmostEquals(finding.omega, 1 + (theta - h) / (h - before), 1e-9);
  assertEquals({ ...finding, omega: 0 }, {
    env: "hopper",
    seed: 2,
    network: "actorFt",
    steps: 40,
    omega: 0,
  });
});

Deno.test("omegaFindings() takes networks of the adaptive optimizer alone and starts at 1", () => {
  const state = { actorFt: after(adapg(options), 3), critic: after(adaptiveAdapg(options), 0) };
  assertEquals(
    omegaFindings(cell, state).map(({ network, steps, omega }) => [network, steps, omega]),
    [
      ["critic", 0, 1],
    ],
  );
});
