/** @file The copies of envelopes that the program keeps, as data. */

export type CopiesSettings = {
  /** Whether a copy of every envelope that is written is kept. */
  keep: boolean;
  /** Absolute. Without it they lie among the program's own data. */
  folder?: string | undefined;
  /** The most that all of them take, in megabytes of 1,000,000 bytes: 16 to 1,000,000. The oldest go first. */
  megabytes: number;
};

export const defaultCopies: CopiesSettings = { keep: true, megabytes: 256 };

/** What the settings may say of the limit. */
export const copiesLimits = { least: 16, most: 1_000_000 } as const;
