/**
 * Lift: hover, descend, close, raise; again if the cube stayed behind.
 *
 * @module
 */
import {
  after,
  type Aiming,
  either,
  follow,
  GRIP_STEPS,
  holds,
  near,
  type Script,
} from "./script.ts";
import { above, handYaw, type View, wrapped } from "./view.ts";

/** Grasps the two faces of the cube that need the least turn of the hand. */
export function* liftScript(start: View, aiming: Aiming): Script {
  let view = start;
  for (;;) {
    const yaw = handYaw(view) + wrapped(view.objectYaw - handYaw(view), Math.PI / 2);
    view = yield* follow(aiming, view, {
      care: "coarse",
      command: (v) => ({ position: above(v.object, 0.08), yaw, grip: "open" }),
      done: near(0.015, 0.1),
    });
    view = yield* follow(aiming, view, {
      care: "fine",
      command: (v) => ({ position: above(v.object, -0.002), yaw, grip: "open" }),
      done: either(near(0.008), after(40)),
    });
    const grasp = view.tool, cube = view.object;
    view = yield* follow(aiming, view, {
      care: "fine",
      command: () => ({ position: above(cube, -0.002), yaw, grip: "closed" }),
      done: after(GRIP_STEPS),
    });
    view = yield* follow(aiming, view, {
      care: "coarse",
      command: () => ({ position: above(grasp, 0.15), yaw, grip: "closed" }),
      done: (v, _command, step) => step >= 15 && !holds(v),
    });
  }
}
