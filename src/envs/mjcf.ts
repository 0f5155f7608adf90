/**
 * MJCF text from values: models are written in code, so every number has one place.
 *
 * @module
 */

/** A number, a text, or numbers separated by blanks. */
export type Attribute = number | string | readonly number[];

/**
 * One XML element. Numbers are printed so that they read back exactly; attributes that are `undefined` are left out.
 *
 * @example `<geom size="0.05" type="sphere"/>`
 */
export function element(
  name: string,
  attributes: Readonly<Record<string, Attribute | undefined>> = {},
  ...children: readonly string[]
): string {
  const head = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${typeof value === "object" ? value.join(" ") : value}"`]
  ).join("");
  return children.length === 0
    ? `<${name}${head}/>`
    : `<${name}${head}>\n${children.join("\n")}\n</${name}>`;
}
