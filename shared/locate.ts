/** @file Finding the other half of a pair, as data. */
import type { ErrorRecord } from './errors.ts';

/** Where a half was found, seen from the other one. `chosen`: in a folder that the user named. */
export type Where = 'beside' | 'below' | 'above' | 'chosen';

/** How far a search went. `complete`: it looked everywhere it was meant to, and no limit ended it. */
export type Searched = {
  folders: number;
  files: number;
  /** Files that are only in the cloud, which looking would fetch. */
  placeholders: number;
  complete: boolean;
};

/** A key that an envelope names, and what this computer calls it. */
export type ClaimedKey = { provider: string; key?: string | undefined; name?: string | undefined };

/** What a kept copy of an envelope says. Nothing of it is verified. */
export type CopyFacts = {
  /** Absent while the content is hidden. */
  content?: { kind: 'file' | 'folder'; name: string; size: number } | undefined;
  /** ISO times: when it was sealed, and when the copy was kept. */
  created: string;
  kept: string;
  /** Those that would open it again. */
  keys: readonly ClaimedKey[];
};

/** What came of looking for the other half. Paths are for people to read. */
export type Located = {
  /** What was given: an envelope, or a body. */
  half: 'envelope' | 'body';
  path: string;
  found?: { path: string; where: Where } | undefined;
  /** Why it is not beside: `body-missing`, `body-foreign`, `envelope-missing`. */
  missing?: ErrorRecord | undefined;
  /** A kept copy of the envelope: where none was found, or where it is not the one that is beside its body. */
  copy?: CopyFacts | undefined;
  /** Absent where nothing had to be searched. */
  searched?: Searched | undefined;
};
