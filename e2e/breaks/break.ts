/** @file A mechanism of SECURITY.md that is taken out, and the tests that must then fail. */

export type Break = {
  /** What no longer holds. Unique. */
  what: string;
  /** From the root of the repository. */
  file: string;
  /** Stands in `file` exactly once. */
  find: string;
  put: string;
  /** Each of them must fail, by a test and not by a program that does not start. From the root of the repository. */
  tests: readonly string[];
  /** Of these tests only those with this in their names. */
  named?: string;
};
