/**
 * What a study would do, without doing it.
 *
 * @module
 */
import { cellPath, type Setting } from "../../src/experiments/cell.ts";
import type { Workload } from "./run_table.ts";

/** The cells that would run with the iterations that they lack, and how much that is in all. */
export function dryRunText(asked: number, { tasks }: Pick<Workload, "tasks">): string {
  const open = tasks.filter(isOpen), left = totalLeft(tasks);
  const lines = open.map((task) => `${cellPath(task.planned.cell)}  ${shownLeft(task)}`);
  const others = [
    count(asked - tasks.length, "published already"),
    count(tasks.length - open.length, "finished, only to be published"),
  ].flat();
  const total = `${open.length} of ${asked} cells would run, ${left} iterations in all`;
  return [...lines, [total, ...others, "nothing written"].join("; ")].join("\n");
}

/** The same as JSON: every cell that is not left alone, finished ones with no iteration left. */
export const dryRunJson = (setting: Setting, { tasks, parts }: Workload): string => {
  const cells = tasks.map((task) => {
    const { cell, id, iterations } = task.planned;
    return { ...cell, id, iterations, left: leftOf(task) };
  });
  return JSON.stringify({ setting, parts, iterations: totalLeft(tasks), cells }, null, 2);
};

type Task = Workload["tasks"][number];

const isOpen = ({ finished }: Task): boolean => finished === undefined;

/** Iterations from the last checkpoint on. */
const leftOf = (task: Task): number =>
  isOpen(task) ? task.planned.iterations - (task.kept?.digests.length ?? 0) : 0;

const totalLeft = (tasks: readonly Task[]): number =>
  tasks.reduce((sum, task) => sum + leftOf(task), 0);

function shownLeft(task: Task): string {
  const { iterations } = task.planned, left = leftOf(task);
  return left === iterations ? `${iterations} iterations` : `${left} of ${iterations} iterations`;
}

const count = (n: number, what: string): string[] => n === 0 ? [] : [`${n} ${what}`];
