/** The ways in which a worker can end before its work does. */
export type Way = "throws" | "closes" | "memory";

/** The way that a crashing worker's address asks for. */
export const wayOf = (module: string): Way => new URL(module).search.slice(1) as Way;

/** Ends the worker that calls it. */
export function crash(way: Way): void {
  if (way === "throws") throw new Error("provoked");
  if (way === "closes") self.close();
  if (way === "memory") fill();
}

/** Asks for memory until there is none. */
function fill(): never {
  const held: number[][] = [];
  for (;;) held.push(new Array(1e6).fill(0.5));
}
