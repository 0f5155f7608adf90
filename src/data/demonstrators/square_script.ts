/**
 * Square: grasp the nut by its handle, carry it over the peg, turn it square, lower it, let go.
 *
 * @module
 */
import {
  after,
  type Aiming,
  either,
  follow,
  gripInPlace,
  holds,
  near,
  type Script,
} from "./script.ts";
import { above, handYaw, type Vector, type View, wrapped } from "./view.ts";

const PEG = [0.23, 0.1] as const, TRAVEL_HEIGHT = 0.995;

/** From the nut's centre to the middle of its handle, along its x axis. */
const HANDLE = 0.054;

/** Headings at which the nut fits, without the one whose handle points out of the arm's reach (+x). */
const FITTING = [Math.PI / 2, Math.PI, -Math.PI / 2];

/** Below this the nut is on the peg. */
const SEATED = 0.865;

interface Plan {
  /** Heading of the opening axis for the grasp, relative to the nut's: across the handle. */
  readonly grasp: number;
  /** The nut's heading on the peg. */
  readonly final: number;
}

/** The grasp and the final heading that turn the hand least, and the nut a fifth as much. */
function planFor(view: View): Plan {
  const present = handYaw(view);
  const options = [Math.PI / 2, -Math.PI / 2].flatMap((grasp) =>
    FITTING.map((final) => {
      const before = wrapped(view.objectYaw + grasp - present);
      const nut = wrapped(final - view.objectYaw);
      const cost = Math.max(Math.abs(before), Math.abs(before + nut)) + 0.2 * Math.abs(nut);
      return { grasp, final, cost };
    })
  );
  return options.reduce((a, b) => (b.cost < a.cost ? b : a));
}

const handleOf = ({ object: [x, y, z], objectYaw }: View): Vector => [
  x + HANDLE * Math.cos(objectYaw),
  y + HANDLE * Math.sin(objectYaw),
  z,
];

/** The tool's place that brings the nut over the peg, and the hand's heading that brings it square. */
const squared = (view: View, final: number, height: number) => ({
  position: [
    PEG[0] + view.tool[0] - view.object[0],
    PEG[1] + view.tool[1] - view.object[1],
    height,
  ] as const,
  yaw: handYaw(view) + wrapped(final - view.objectYaw),
});

const offPeg = ({ object }: View): number => Math.hypot(object[0] - PEG[0], object[1] - PEG[1]);

/** Starts over when the nut is not in the hand. */
export function* squareScript(start: View, aiming: Aiming): Script {
  let view = start;
  for (;;) {
    const { grasp, final } = planFor(view), yaw = view.objectYaw + grasp;
    view = yield* follow(aiming, view, {
      care: "coarse",
      command: (v) => ({ position: above(handleOf(v), 0.08), yaw, grip: "open" }),
      done: near(0.01, 0.06),
    });
    view = yield* follow(aiming, view, {
      care: "fine",
      command: (v) => ({ position: handleOf(v), yaw, grip: "open" }),
      done: either(near(0.006), after(40)),
    });
    const held = view.tool;
    view = yield* gripInPlace(aiming, view, yaw, "closed");
    view = yield* follow(aiming, view, {
      care: "coarse",
      command: () => ({ position: [held[0], held[1], TRAVEL_HEIGHT], yaw, grip: "closed" }),
      done: near(0.03),
    });
    if (!holds(view)) continue;
    view = yield* follow(aiming, view, {
      care: "fine",
      command: (v) => ({
        ...squared(v, final, TRAVEL_HEIGHT),
        grip: "closed",
        gain: 8,
        limit: 0.6,
      }),
      done: either(
        (v) => offPeg(v) < 0.003 && Math.abs(wrapped(final - v.objectYaw)) < 0.04,
        after(80),
      ),
    });
    view = yield* follow(aiming, view, {
      care: "fine",
      command: (v) => ({ ...squared(v, final, v.tool[2] - 0.03), grip: "closed" }),
      done: either((v) => v.object[2] < SEATED, after(40)),
    });
    const release = view.tool, heading = handYaw(view);
    view = yield* gripInPlace(aiming, view, heading, "open");
    view = yield* follow(aiming, view, {
      care: "coarse",
      command: () => ({ position: above(release, 0.15), yaw: heading, grip: "open" }),
      done: after(60),
    });
  }
}
