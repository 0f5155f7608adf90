import golden from "../../fixtures/golden/optim.json" with { type: "json" };
import type { AdapgState } from "../../src/optim/adapg.ts";
import type { Subject } from "./lab.ts";
import { assertNear, float32, float64, make, run, values } from "./lab.ts";

const grads = golden.grads.map((g) => [g]);
const trace = (subject: Subject, precision: typeof float64) =>
  run(
    make<AdapgState>(subject, { learningRate: golden.learningRate }),
    precision,
    [golden.theta],
    grads,
  )
    .slice(1);
const subject = (name: string, options: Record<string, unknown>): Subject => ({
  label: `${name} ${JSON.stringify(options)}`,
  name,
  options,
});

Deno.test("adapg() follows its definition to 1e-12 in float64, and to rounding in float32", () => {
  for (const { omega, weightDecay, ...rows } of golden.adapg) {
    const recorded = subject("adapg", { omega, weightDecay, eps: 1e-11 });
    for (const [precision, allowed] of [[float64, 1e-12], [float32, 1e-6]] as const) {
      const path = trace(recorded, precision);
      for (
        const [slot, key] of [["m", "m"], ["v", "v"], ["hPrev", "h"], ["theta", "theta"]] as const
      ) {
        const column = path.flatMap((state) => values(state[slot]));
        assertNear(column, rows[key], allowed, `${recorded.label} ${slot}`);
      }
    }
  }
});

Deno.test("adapg() comes near a standstill of half speed as omega falls to 0", () => {
  const nearZero = subject("adapg", { omega: Number.MIN_VALUE });
  const path = trace(nearZero, float64).flatMap((state) => values(state.theta));
  const known = [1, 0.900000000001, 1.036610352703, 0.913669066306, 1.047807220084, 0.876031553409];
  assertNear(path, known, 1e-12, "omega 0");
});

Deno.test("adapg() displaces by the known amounts under unit gradients", () => {
  const known: [number, number[]][] = [
    [0.6, [-0.6, -0.76, -0.696, -0.7216, -0.71136]],
    [1.2, [-1.2, -1.24, -1.248, -1.2496]],
    [1.5, [-1.5, -1.75, -1.875, -1.9375]],
  ];
  for (const [omega, displacements] of known) {
    const unit = make(subject("adapg", { omega, learningRate: 1, eps: 1e-30 }));
    const path = run(unit, float64, [0], displacements.map(() => [1])).map((s) => s.theta.data[0]);
    assertNear(path.slice(1).map((x, i) => x - path[i]), displacements, 1e-12, `omega ${omega}`);
  }
});

Deno.test("adamw(), adam(), rmsprop() and sgd() equal torch.optim to 1e-12", () => {
  for (const { optimizer, options, theta } of golden.torch) {
    const path = trace(subject(optimizer, options), float64);
    assertNear(path.flatMap((s) => values(s.theta)), theta, 1e-12, `${optimizer} ${options}`);
  }
});
