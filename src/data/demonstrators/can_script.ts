/**
 * Can: grasp from above, carry over the dividers, lower, let go.
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
  type Phase,
  type Script,
} from "./script.ts";
import { above, handYaw, type Vector, type View } from "./view.ts";

/** Over the target quarter, short of its centre, which is out of the arm's reach at this height. */
const OVER_TARGET: Vector = [0.165, 0.365, 0.99];

const TRAVEL_HEIGHT = 1, RELEASE_HEIGHT = 0.9;

/** Done when the tool is within `distance` of its target in the plane. */
const over = (distance: number): Phase["done"] => ({ tool: [x, y] }, { position }) =>
  Math.hypot(x - position[0], y - position[1]) < distance;

const at = ([x, y]: Vector, z: number): Vector => [x, y, z];

/** Keeps the initial heading of the hand; starts over when the can is not in it. */
export function* canScript(start: View, aiming: Aiming): Script {
  const yaw = handYaw(start);
  let view = start;
  for (;;) {
    view = yield* follow(aiming, view, {
      care: "coarse",
      command: (v) => ({ position: above(v.object, 0.12), yaw, grip: "open" }),
      done: near(0.02),
    });
    view = yield* follow(aiming, view, {
      care: "fine",
      command: (v) => ({ position: above(v.object, 0.01), yaw, grip: "open" }),
      done: either(near(0.01), after(40)),
    });
    const grasp = view.tool;
    view = yield* gripInPlace(aiming, view, yaw, "closed");
    view = yield* follow(aiming, view, {
      care: "coarse",
      command: () => ({ position: at(grasp, TRAVEL_HEIGHT), yaw, grip: "closed" }),
      done: near(0.03),
    });
    if (!holds(view)) continue;
    view = yield* follow(aiming, view, {
      care: "coarse",
      command: () => ({ position: OVER_TARGET, yaw, grip: "closed" }),
      // The height may be out of reach; what counts is to be past the divider.
      done: over(0.02),
    });
    view = yield* follow(aiming, view, {
      care: "fine",
      command: () => ({ position: at(OVER_TARGET, RELEASE_HEIGHT), yaw, grip: "closed" }),
      done: either(near(0.015), after(40)),
    });
    view = yield* gripInPlace(aiming, view, yaw, "open");
    view = yield* follow(aiming, view, {
      care: "coarse",
      command: () => ({ position: OVER_TARGET, yaw, grip: "open" }),
      done: after(60),
    });
  }
}
