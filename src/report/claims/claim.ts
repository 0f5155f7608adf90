/**
 * Claims of the paper and the rules that decide them, as `fixtures/paper/claims.json` states both.
 *
 * @module
 */
import { z } from "zod";
import { FormatError } from "../../provenance/format_error.ts";
import { STUDIES } from "../evidence.ts";

/** A rule: what is computed and what it must be, in words, how many seeds it takes, and the numbers of its kind. */
const rule = <Kind extends string, Fields extends z.ZodRawShape>(kind: Kind, fields: Fields) =>
  z.strictObject({
    kind: z.literal(kind),
    statistic: z.string(),
    supported: z.string(),
    notSupported: z.string(),
    minSeeds: z.int().positive(),
    ...fields,
  });

/** Names of comparisons, "env/method". */
const cells = z.array(z.string()).readonly();

/** Below it an adjusted p is significant. */
const alpha = z.number();

/** The hyperparameter by whose values runs are told apart. */
const parameter = z.enum(["eps", "omega"]);

/** One of its values, in one environment. */
const CLAIMED = { parameter, environment: z.string(), claimed: z.tuple([z.number()]).readonly() };

const RULES = [
  rule("all-cells", { alpha }),
  rule("equivalence", { cells, margin: z.number() }),
  rule("area-under-curve", { cells }),
  rule("same-sign", { cells: z.tuple([z.string()]).readonly() }),
  rule("best-of", { ...CLAIMED, alpha }),
  rule("lowest-spread", CLAIMED),
  rule("best-of-range", { parameter, range: z.tuple([z.number(), z.number()]).readonly(), alpha }),
  rule("best-differs", { parameter }),
  rule("no-gain-at-lowest", { parameter, value: z.number() }),
  rule("divergence", { parameter, value: z.number() }),
] as const;

const KINDS = RULES.map(({ shape }) => shape.kind.value).join(", ");

const Rule = z.discriminatedUnion("kind", RULES, {
  error: ({ code, input }) =>
    code === "invalid_union"
      ? `must be one of ${KINDS}, found ${JSON.stringify((input as { kind: unknown }).kind)}`
      : undefined,
});

const Claim = z.strictObject({
  id: z.string(),
  text: z.string(),
  where: z.string(),
  experiment: z.enum(STUDIES),
  rule: Rule.readonly(),
});

const Claims = z.object({ claims: z.array(Claim.readonly()).readonly() });

/** A claim, where the paper makes it, the experiment whose results decide it, and the rule by which they do. */
export type Claim = Readonly<z.infer<typeof Claim>>;

/** What decides a claim. */
export type Rule = Claim["rule"];

/** The rules of some kinds. */
export type RuleOf<Kind extends Rule["kind"]> = Extract<Rule, { readonly kind: Kind }>;

/** Rules on runs by the values of a hyperparameter. */
export type SweepRule = Extract<Rule, { readonly parameter: string }>;

/**
 * The claims of a parsed file.
 *
 * @param file its name, for errors
 * @throws {FormatError} when a field is missing, superfluous or not what it must be
 */
export function readClaims(json: unknown, file: string): readonly Claim[] {
  const parsed = Claims.safeParse(json);
  if (parsed.success) return parsed.data.claims;
  const [{ path, message }] = parsed.error.issues;
  throw new FormatError(file, path.join("."), message);
}
