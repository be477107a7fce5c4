import type { Note } from './engine.ts';

export type Opened = {
  envelope: string;
  body: string;
  /** Where the plaintext is now: a file, or a folder. */
  path: string;
  kind: 'file' | 'folder';
  /** Plaintext bytes. */
  size: number;
  requestIds: readonly string[];
  notes: readonly Note[];
};
