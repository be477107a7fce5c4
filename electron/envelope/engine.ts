/** @file What sealing and opening stand on. Made once per process by the command line or the desktop. */
import type { CopyKeeper } from '../copies/copies.ts';
import type { Journal } from '../files/journal.ts';
import type { Keyring } from '../keys/keyring.ts';
import type { StreamRunner } from '../stream/job.ts';

export type Engine = {
  pool: StreamRunner;
  keyring: Keyring;
  /** Where the paths of temporaries are noted before they are made. */
  journal: Journal;
  /** Where a copy of every envelope that is written is kept. */
  copies: CopyKeeper;
  /** Moves one path to the system's bin. */
  moveToBin: (path: string) => Promise<void>;
};
