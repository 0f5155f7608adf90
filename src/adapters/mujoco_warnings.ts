/**
 * MuJoCo's warnings: an unstable state, which it answers by starting over, or too little memory for contacts.
 *
 * @module
 */
import type { Machine } from "./mujoco_engine.ts";

/** How many warnings of each kind the engine has counted since its last reset. */
export function warningCounts({ data }: Machine): number[] {
  const list = data.warning;
  const counts = Array.from({ length: list.size() }, (_, i) => {
    const warning = list.get(i)!, { number } = warning;
    warning.delete();
    return number;
  });
  list.delete();
  return counts;
}

/** Throws on warnings that came up since the last call or reset. */
export interface WarningGuard {
  reset(): void;
  /** @throws {Error} with `action` and the engine's text */
  check(action: string): void;
}

/** A guard for one machine. */
export function warningGuard(machine: Machine): WarningGuard {
  let seen: readonly number[] = warningCounts(machine);
  return {
    reset: () => void (seen = seen.map(() => 0)),
    check(action) {
      const counts = warningCounts(machine), kind = counts.findIndex((c, i) => c > seen[i]);
      seen = counts;
      if (kind >= 0) throw new Error(`${action}: ${machine.mj.mju_warningText(kind, 0)}`);
    },
  };
}
