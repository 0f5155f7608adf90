import { assertThrows } from "@std/assert";
import { key } from "../../src/rng/key.ts";
import { optimalityGap, performanceProfile } from "../../src/stats/aggregate.ts";
import { fisherExact } from "../../src/stats/fisher.ts";
import { benjaminiHochberg, holm } from "../../src/stats/multiple_comparisons.ts";
import { pairedInterval, pairedTTest, signFlipTest } from "../../src/stats/paired.ts";
import {
  type BootstrapOptions,
  stratifiedBand,
  stratifiedBootstrap,
} from "../../src/stats/stratified_bootstrap.ts";
import { meanInterval } from "../../src/stats/t_interval.ts";
import { pooledWilsonInterval, wilsonInterval } from "../../src/stats/wilson.ts";

const bootstrap = (options: BootstrapOptions, statistic = 1) =>
  stratifiedBootstrap(key(0), [[[1], [2]]], () => statistic, options);

const REFUSED: Readonly<Record<string, () => unknown>> = {
  "a[1] must be a finite number, found NaN": () => pairedTTest([1, NaN, 2], [0, 0, 0]),
  "b[0] must be a finite number, found Infinity": () => pairedInterval([1, 2], [Infinity, 0]),
  "b[1] must be a finite number, found NaN": () => signFlipTest([1, 2], [0, NaN]),
  "x[1] must be a finite number, found NaN": () => meanInterval([1, NaN, 2]),
  "t interval: confidence must be in (0, 1), found 1.5": () => meanInterval([1, 2], 1.5),
  "t interval: confidence must be in (0, 1), found 1": () => pairedInterval([1, 2], [0, 0], 1),
  "Wilson interval: confidence must be in (0, 1), found 0": () => wilsonInterval(1, 2, 0),
  "Wilson interval: confidence must be in (0, 1), found NaN": () =>
    pooledWilsonInterval([1, 2], 2, NaN),
  "pValues[1] must be in [0, 1], found NaN": () => holm([0.01, NaN, 0.02]),
  "pValues[0] must be in [0, 1], found 1.1": () => benjaminiHochberg([1.1]),
  "counts[2] must be an integer >= 0, found 0.5": () => fisherExact(1, 2, 0.5, 3),
  "target must be a finite number, found NaN": () => optimalityGap([[1]], NaN),
  "thresholds[0] must be a finite number, found NaN": () => performanceProfile([[1]], [NaN]),
  "resamples must be an integer >= 1, found 0": () => bootstrap({ resamples: 0 }),
  "bootstrap: confidence must be in (0, 1), found 1.5": () => bootstrap({ confidence: 1.5 }),
  "statistics[0] must be a number, found NaN": () => bootstrap({}, NaN),
  "statistics[1] must be a number, found NaN": () =>
    stratifiedBand(key(0), [[[1], [2]]], () => [1, NaN]),
};

for (const [message, call] of Object.entries(REFUSED)) {
  Deno.test(`statistics say so: ${message}`, () => {
    assertThrows(call, RangeError, message);
  });
}
