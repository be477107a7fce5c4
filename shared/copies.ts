/** @file The copies of envelopes that the program keeps, as data. */

export type CopiesSettings = {
  /** Whether a copy of every envelope that is written is kept. */
  keep: boolean;
  /** Absolute. Without it they lie among the program's own data. */
  folder?: string | undefined;
  /** The most that all of them take, in megabytes of 1,000,000 bytes: 16 to 1,000,000. In each of the 256 folders the oldest go first. */
  megabytes: number;
};

export const defaultCopies: CopiesSettings = { keep: true, megabytes: 256 };

/** What the settings may say of the limit. */
export const copiesLimits = { least: 16, most: 1_000_000 } as const;

/** The store as it is now. */
export type CopiesState = CopiesSettings & {
  /** Where copies are kept, for people to read. `isOwn`: among the program's own data. */
  place: string;
  isOwn: boolean;
  /** Whether that folder can be reached; false before the first copy is kept in the program's own. */
  isThere: boolean;
  count: number;
  bytes: number;
  /** ISO times. */
  oldest?: string | undefined;
  newest?: string | undefined;
};

/** How far a move of the store is. */
export type CopiesMove = { copies: number; all: number };
