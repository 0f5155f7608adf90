/** Ten thousand draws of each kind. */
import { bits, integers, normal, permutation, uniform } from "../../src/rng/draw.ts";
import { key } from "../../src/rng/key.ts";

const root = key(0), n = 10_000;

Deno.bench("bits", () => void bits(root, n));
Deno.bench("uniform", () => void uniform(root, [n]));
Deno.bench("normal", () => void normal(root, [n]));
Deno.bench("integers", () => void integers(root, n, 1000));
Deno.bench("permutation", () => void permutation(root, n));
