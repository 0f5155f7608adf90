/**
 * What a run observed and nothing may depend on.
 *
 * @module
 */

/** The circumstances of a cell's last run, for `run.json`, which no digest covers. */
export const observations = (seconds: number) => ({
  seconds: Number(seconds.toFixed(1)),
  finished: new Date().toISOString(),
  deno: Deno.version.deno,
  v8: Deno.version.v8,
  target: Deno.build.target,
  cores: navigator.hardwareConcurrency,
});
