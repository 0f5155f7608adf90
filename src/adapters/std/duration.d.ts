/** Types of the part of `@std/fmt/duration` that this project uses. */
export declare function format(
  milliseconds: number,
  options?: { style?: "narrow" | "full" | "digital"; ignoreZero?: boolean },
): string;
