/**
 * Engines that remember every state they are in, so that an episode can be filmed after it was played.
 *
 * @module
 */
import { mujocoArm } from "../../src/adapters/mujoco_arm.ts";
import { compile, type Machine } from "../../src/adapters/mujoco_engine.ts";
import { mujocoSimulator } from "../../src/adapters/mujoco_simulator.ts";
import { placedShapes } from "../../src/adapters/mujoco_solids.ts";
import type { Engines } from "../../src/envs/mod.ts";
import type { Solid } from "../../src/report/render/solid.ts";
import type { Doubles } from "../../src/tensor/tensor.ts";

/** Engines for one environment and one episode. */
export interface Stage {
  readonly engines: Engines;
  /** The state after the reset and after each control step. */
  readonly states: readonly Doubles[];
  /** What is to be seen in a state. */
  solids(state: Doubles): Solid[];
}

/** A stage before its environment is opened on it. */
export function openStage(): Stage {
  const states: Doubles[] = [];
  let shapes: ((state: Doubles) => Solid[]) | undefined;
  const watched = (xml: string): Machine => {
    const machine = compile(xml);
    shapes = placedShapes(machine);
    return machine;
  };
  const noted = (state: Doubles): Doubles => {
    states.push(state);
    return state;
  };
  return {
    states,
    solids: (state) => shapes!(state),
    engines: {
      locomotion: {
        load(xml) {
          const simulator = mujocoSimulator(watched(xml));
          return {
            ...simulator,
            stateAt: (...start) => noted(simulator.stateAt(...start)),
            step: (...step) => noted(simulator.step(...step)),
          };
        },
      },
      manipulation: {
        load(model) {
          const simulator = mujocoArm(watched(model.xml), model);
          return {
            ...simulator,
            stateAt: (...start) => noted(simulator.stateAt(...start)),
            run: (...step) => noted(simulator.run(...step)),
          };
        },
      },
    },
  };
}
