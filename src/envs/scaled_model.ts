/**
 * MJCF with masses, frictions and gears multiplied.
 *
 * @module
 */

/** Factors; 1 changes nothing. */
export interface Factors {
  readonly mass: number;
  readonly friction: number;
  readonly gear: number;
}

/** MuJoCo's friction where a model says nothing. */
const DEFAULT_FRICTION = [1, 0.005, 0.0001];

/**
 * The model with other dynamics. Inertias follow their masses; of frictions only the first, sliding, is scaled, on both
 * sides of a contact, whose friction is the larger of the two.
 *
 * @param mjcf text of `element` in `mjcf.ts` with explicit inertias
 * @throws {RangeError} when the model has no such numbers to scale or a factor is not positive
 */
export function scaledModel(mjcf: string, { mass, friction, gear }: Factors): string {
  const all = (factor: number) => (numbers: readonly number[]) => numbers.map((x) => factor * x);
  const first = ([x, ...rest]: readonly number[]) => [friction * x, ...rest];
  const changes: readonly Change[] = [
    [mass, "inertial", "mass", all(mass)],
    [mass, "inertial", "fullinertia", all(mass)],
    [mass, "compiler", "settotalmass", all(mass)],
    [friction, "geom", "friction", first],
    [gear, "motor", "gear", all(gear)],
  ];
  return changes.filter(([factor]) => factor !== 1).reduce(
    (text, change) => changed(text, change),
    friction === 1 ? mjcf : withDefaultFriction(mjcf),
  );
}

type Change = readonly [
  factor: number,
  tag: string,
  attribute: string,
  map: (numbers: readonly number[]) => readonly number[],
];

/** Only models that say so have their total mass set. */
const OPTIONAL = ["settotalmass"];

function changed(mjcf: string, [factor, tag, attribute, map]: Change): string {
  if (!(factor > 0 && factor < Infinity)) {
    throw new RangeError(`Cannot scale ${attribute}: factor must be positive, found ${factor}`);
  }
  const pattern = new RegExp(`(<${tag}\\b[^>]* ${attribute}=")([^"]*)`, "g");
  if (!pattern.test(mjcf) && !OPTIONAL.includes(attribute)) {
    throw new RangeError(`Cannot scale ${attribute}: found no ${tag} with it`);
  }
  return mjcf.replaceAll(
    pattern,
    (_, head, numbers) => head + map(numbers.split(" ").map(Number)).join(" "),
  );
}

/** Says MuJoCo's default friction in words, so that there is a number to scale. */
function withDefaultFriction(mjcf: string): string {
  const [defaults] = /<geom\b[^>]*>/.exec(mjcf) ?? [""];
  if (defaults.includes(" friction=")) return mjcf;
  return mjcf.replace(
    defaults,
    defaults.replace("<geom", `<geom friction="${DEFAULT_FRICTION.join(" ")}"`),
  );
}
