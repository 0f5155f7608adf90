/**
 * The inputs of every number: fixtures and random bits.
 *
 * @module
 */
import { join } from "@std/path";
import { bits, integers, permutation, uniform } from "../../src/rng/draw.ts";
import { foldIn, key, split } from "../../src/rng/key.ts";
import { threefry2x32 } from "../../src/rng/threefry.ts";
import type { Check } from "../../src/report/audit.ts";
import { fixtureDigests } from "../fixtures.ts";
import { listTree, readJson } from "../io.ts";
import { checkEach, digestFaults, faultsIn } from "./check.ts";

const LIST = "MANIFEST.json";

/** Every file below `root` is listed, every listed file is there, and all have their digests. */
export function checkFixtures(root: string): Check {
  const files = fixtureDigests(join(root, LIST));
  const paths = new Set([...Object.keys(files), ...listTree(root).filter((p) => p !== LIST)]);
  return checkEach(
    "fixtures",
    "digests match",
    [...paths].sort(),
    (path) => digestFaults(root, path, files[path], LIST),
  );
}

/** Values of JAX and Random123, as `golden/rng.py` writes them. */
interface Golden {
  readonly random123: readonly {
    readonly key: Pair;
    readonly counter: Pair;
    readonly output: Pair;
  }[];
  readonly key: readonly (readonly [seed: number, words: Pair])[];
  readonly split: { readonly seed: number; readonly n: number; readonly keys: readonly Pair[] };
  readonly foldIn: readonly (readonly [seed: number, data: number, words: Pair])[];
  readonly bits: { readonly seed: number; readonly words: readonly number[] };
  readonly uniform: { readonly seed: number; readonly values: readonly number[] };
  readonly integers: readonly {
    readonly seed: number;
    readonly bound: number;
    readonly values: readonly number[];
  }[];
  readonly permutation: readonly {
    readonly seed: number;
    readonly n: number;
    readonly start: readonly number[];
  }[];
}
type Pair = readonly [number, number];
type Answer = readonly [name: string, expected: Numbers, found: Numbers];
type Numbers = ArrayLike<number>;

/** Keys and draws give the known answers below `root`, exactly. */
export function checkRandomBits(root: string): Check {
  const name = "rng", claim = "threefry-2x32 known answers", path = join(root, "golden/rng.json");
  const answers: Answer[] = [];
  const faults = faultsIn(() => {
    answers.push(...answersOf(readJson(path) as Golden));
    return [];
  });
  if (faults.length > 0) return { name, claim, passed: 0, total: 1, faults };
  return checkEach(name, claim, answers, (answer) => {
    const [name, expected, found] = answer, same = list(expected) === list(found);
    return same ? [] : [`${name}: must be ${list(expected)}, found ${list(found)}`];
  });
}

function answersOf(golden: Golden): Answer[] {
  const { split: s, bits: b, uniform: u } = golden;
  const children = split(key(s.seed), s.n);
  return [
    ...golden.random123.map(({ key: k, counter: c, output }): Answer => [
      `threefry2x32(${k}, ${c})`,
      output,
      threefry2x32(k[0], k[1], c[0], c[1]),
    ]),
    ...golden.key.map(([seed, words]): Answer => [`key(${seed})`, words, key(seed)]),
    ...s.keys.map((words, i): Answer => [`split(key(${s.seed}))[${i}]`, words, children[i]]),
    ...golden.foldIn.map(([seed, data, words]): Answer => [
      `foldIn(key(${seed}), ${data})`,
      words,
      foldIn(key(seed), data),
    ]),
    [`bits(key(${b.seed}))`, b.words, bits(key(b.seed), b.words.length)],
    [`uniform(key(${u.seed}))`, u.values, uniform(key(u.seed), [u.values.length]).data],
    ...golden.integers.map(({ seed, bound, values }): Answer => [
      `integers(key(${seed}), ${bound})`,
      values,
      integers(key(seed), values.length, bound),
    ]),
    ...golden.permutation.map(({ seed, n, start }): Answer => [
      `permutation(key(${seed}), ${n})`,
      start,
      permutation(key(seed), n).slice(0, start.length),
    ]),
  ];
}

const list = (values: Numbers): string => Array.from(values).join(", ");
