// deno-lint-ignore-file no-explicit-any
/** Types of the part of `@std/assert` that this project uses. */
export declare class AssertionError extends Error {}
export declare function assert(condition: unknown, message?: string): asserts condition;
export declare function assertEquals<T>(actual: T, expected: T, message?: string): void;
export declare function assertNotEquals<T>(actual: T, expected: T, message?: string): void;
export declare function assertStrictEquals<T>(
  actual: unknown,
  expected: T,
  message?: string,
): asserts actual is T;
export declare function assertAlmostEquals(
  actual: number,
  expected: number,
  tolerance?: number,
  message?: string,
): void;
export declare function assertGreater<T>(actual: T, expected: T, message?: string): void;
export declare function assertGreaterOrEqual<T>(actual: T, expected: T, message?: string): void;
export declare function assertLess<T>(actual: T, expected: T, message?: string): void;
export declare function assertLessOrEqual<T>(actual: T, expected: T, message?: string): void;
export declare function assertMatch(actual: string, expected: RegExp, message?: string): void;
export declare function assertStringIncludes(
  actual: string,
  expected: string,
  message?: string,
): void;
export declare function assertThrows<E extends Error = Error>(
  run: () => unknown,
  kind?: new (...args: any[]) => E,
  includes?: string,
  message?: string,
): E;
export declare function assertRejects<E extends Error = Error>(
  run: () => PromiseLike<unknown>,
  kind?: new (...args: any[]) => E,
  includes?: string,
  message?: string,
): Promise<E>;
