/**
 * What is compared with what: Table I and the studies that explain it. A cell that two studies share is run once.
 *
 * @module
 */
import type { EnvName } from "../envs/mod.ts";
import type { MethodName } from "../methods/mod.ts";
import type { Arm, Variant } from "./cell.ts";

/** Environments and methods that are run with the same arms; the first arm is what the others are compared with. */
export interface StudyPart {
  /** Each with every method. */
  readonly envs: readonly EnvName[];
  /** Each with every arm. */
  readonly methods: readonly MethodName[];
  /** What is compared. */
  readonly arms: readonly Arm[];
}

/** Of several arms the one that scores best on average, environment by environment. */
export interface BestOf {
  /** At least one. */
  readonly bestOf: readonly Arm[];
}

/** A difference of two arms that answers a question of its own. */
export interface Contrast {
  /** What the other is subtracted from. */
  readonly arm: Arm;
  /** What is subtracted. */
  readonly minus: Arm | BestOf;
  /** What the difference is due to. */
  readonly isolates: string;
}

/** One experiment. */
export interface Study {
  /** As the report's heading. */
  readonly title: string;
  /** What it is to answer. */
  readonly question: string;
  /** What is run. */
  readonly parts: readonly StudyPart[];
  /** What the study was made to compare, beside each arm with the first. */
  readonly contrasts?: readonly Contrast[];
}

const adamw = (variant: Variant = {}): Arm => ({ optimizer: "adamw", variant });
const adapg = (variant: Variant = {}): Arm => ({ optimizer: "adapg", variant });
const adaptive: Arm = { optimizer: "adaptive", variant: {} };

/** The paper's Table I, whatever else is registered: claims of the paper are judged by it. */
const ENVS: readonly EnvName[] = ["hopper", "walker2d", "halfcheetah", "lift", "can", "square"];
const METHODS: readonly MethodName[] = ["dppo", "dipo", "idql", "dawr", "qsm", "dql"];
const PAIR = [adamw(), adapg()];

/** ADAPG with each of several ω; 1.2 is the default and so no variant. */
const sweep = (...omegas: number[]): Arm[] =>
  [1.2, ...omegas.filter((omega) => omega !== 1.2)]
    .map((omega) => adapg(omega === 1.2 ? {} : { omega }));

const WIDE = sweep(0.3, 0.6, 0.9, 1.2, 1.5), FINE = sweep(0.9, 1.0, 1.1, 1.2, 1.3);
const dppo = (envs: readonly EnvName[], arms: readonly Arm[]): StudyPart => ({
  envs,
  methods: ["dppo"],
  arms,
});

/** Every study by name. */
export const studies = {
  table1: {
    title: "Table I",
    question: "Is ADAPG better than AdamW?",
    parts: [{ envs: ENVS, methods: METHODS, arms: PAIR }],
  },
  epsilon: {
    title: "Stabiliser ε",
    question: "Is ε = 1e-11 best, and does a smaller one run away?",
    parts: [
      dppo(
        ["halfcheetah", ...ENVS.filter((env) => env !== "halfcheetah")],
        [adapg(), adapg({ eps: 1e-8 }), adapg({ eps: 1e-12 })],
      ),
    ],
  },
  omega: {
    title: "Interpolation ω",
    question: "Which ω is best, and does it depend on the task?",
    parts: [
      dppo(ENVS.filter((env) => env !== "square"), WIDE),
      dppo(["square"], FINE),
    ],
  },
  architecture: {
    title: "Denoiser",
    question: "Does the gain depend on the denoiser's architecture?",
    parts: [
      dppo(["hopper"], [...PAIR, adamw({ denoiser: "unet" }), adapg({ denoiser: "unet" })]),
    ],
  },
  decomposition: {
    title: "Decomposition",
    question: "What is a gain of ADAPG made of: ε, a larger effective rate, or its form?",
    parts: [
      dppo(["hopper", "halfcheetah"], [
        adamw(),
        adamw({ eps: 1e-11 }),
        adamw({ rate: 1.25 }), // 1/(2 − ω)
        adapg(),
        adapg({ rate: 0.8 }), // 2 − ω
        adapg({ trains: "actor" }),
      ]),
    ],
    contrasts: [
      {
        arm: adapg(),
        minus: adamw({ rate: 1.25 }),
        isolates: "ADAPG’s form and ε, at the same effective rate",
      },
      {
        arm: adapg({ rate: 0.8 }),
        minus: adamw({ eps: 1e-11 }),
        isolates: "ADAPG’s form alone, at the same effective rate and ε",
      },
      {
        arm: adapg({ trains: "actor" }),
        minus: adapg(),
        isolates: "AdamW in place of ADAPG for the critic",
      },
    ],
  },
  idql: {
    title: "IDQL",
    question: "Does IDQL gain by its actor or by its choice among samples?",
    parts: [{ envs: ["halfcheetah", "can"], methods: ["idql"], arms: PAIR }],
  },
  quirks: {
    title: "Quirks of the reference",
    question: "Do DAWR and DQL gain where the reference's quirks are corrected?",
    parts: [{
      envs: ["hopper", "walker2d", "halfcheetah"],
      methods: ["dawr", "dql"],
      arms: [
        ...PAIR,
        adamw({ fidelity: "corrected" }),
        adapg({ fidelity: "corrected" }),
      ],
    }],
    contrasts: [
      {
        arm: adapg({ fidelity: "corrected" }),
        minus: adamw({ fidelity: "corrected" }),
        isolates: "the optimizer, with the quirks corrected",
      },
    ],
  },
  robustness: {
    title: "Robustness",
    question: "Which policies stand noise, delay and other dynamics?",
    parts: [dppo(["hopper", "halfcheetah"], PAIR)],
  },
  adaptive: {
    title: "Adaptive ω",
    question: "Does an ω that follows its hypergradient match the best fixed ω without tuning?",
    parts: [
      dppo(["hopper", "walker2d", "halfcheetah"], [adaptive, adamw(), ...WIDE]),
    ],
    contrasts: [
      {
        arm: adaptive,
        minus: { bestOf: WIDE },
        isolates: "the adaptation, against the best fixed ω",
      },
      { arm: adaptive, minus: adapg(), isolates: "the adaptation, against ADAPG’s usual ω = 1.2" },
      { arm: adaptive, minus: adamw(), isolates: "the adaptive optimizer, against AdamW" },
    ],
  },
} as const satisfies Readonly<Record<string, Study>>;

/** The name of a study. */
export type StudyName = keyof typeof studies;
