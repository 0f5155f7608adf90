/**
 * Who recomputes what.
 *
 * A handler is registered under a kind, or under a pattern of case names with one `*`, which goes before
 * the kind.
 *
 * @module
 */
import { handlers as actorCriticUpdate } from "./actor_critic_update.ts";
import type { ParityHandler } from "./case.ts";
import { handlers as data } from "./data.ts";
import { handlers as diffusion } from "./diffusion.ts";
import { handlers as gae } from "./gae.ts";
import { checkLocomotion } from "./locomotion.ts";
import { checkManipulation } from "./manipulation.ts";
import { handlers as multiStep } from "./multi_step.ts";
import { handlers as nn } from "./nn.ts";
import { handlers as offPolicy } from "./off_policy.ts";
import { handlers as offPolicyUpdate } from "./off_policy_update.ts";
import { handlers as optim } from "./optim.ts";
import { handlers as ppo } from "./ppo.ts";
import { handlers as ppoIteration } from "./ppo_iteration.ts";
import type { FolderCheck } from "./result.ts";
import { handlers as rwrUpdate } from "./rwr_update.ts";

/** Handlers of recorded cases by kind or name pattern. */
const HANDLERS: Readonly<Record<string, ParityHandler>> = {
  ...nn,
  ...diffusion,
  ...optim,
  ...gae,
  ...ppo,
  ...ppoIteration,
  ...offPolicy,
  ...offPolicyUpdate,
  ...actorCriticUpdate,
  ...rwrUpdate,
  ...data,
  ...multiStep,
};

/** Checks of sub-folders by their names. */
export const FOLDER_CHECKS: Readonly<Record<string, FolderCheck>> = {
  locomotion: checkLocomotion,
  manipulation: checkManipulation,
};

/** The handler of a case: by the longest pattern that fits its name, else by kind. */
export function handlerOf(
  { name, kind }: { readonly name: string; readonly kind: string },
  handlers: Readonly<Record<string, ParityHandler>> = HANDLERS,
): ParityHandler | undefined {
  const fitting = Object.keys(handlers).filter((pattern) => fits(pattern, name));
  const longest = fitting.sort((a, b) => b.length - a.length)[0];
  return longest === undefined ? handlers[kind] : handlers[longest];
}

function fits(pattern: string, name: string): boolean {
  const [start, end] = pattern.split("*");
  if (end === undefined) return pattern === name;
  return name.length >= start.length + end.length && name.startsWith(start) && name.endsWith(end);
}
