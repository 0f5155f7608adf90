/** Types of the part of `@std/csv` that this project uses. */
export declare function stringify(
  rows: readonly unknown[],
  options?: { columns?: readonly string[]; headers?: boolean },
): string;
export declare function parse(
  text: string,
  options?: { skipFirstRow?: boolean; columns?: readonly string[] },
): Record<string, string>[] | string[][];
