/** @file What a report says in words; one value for each language. */
import type { ErrorRecord } from '../../shared/errors.ts';
import type { Note } from '../../shared/notes.ts';
import type { AccessProof, AccessResult, AccessWork } from '../../shared/rewrap.ts';
import type { RecordHead } from './record-line.ts';

export type Counts = { changed: number; already: number; failed: number };

export type ReportWords = {
  title: Record<AccessWork, string>;
  started: (time: string) => string;
  incomplete: string;
  /** What was chosen, a line each. @param nameOf what this computer calls a key */
  choice: (head: RecordHead, nameOf: (key: string) => string) => string[];
  counts: (counts: Counts) => string;
  /** What was proved and what was not, a sentence each. */
  proof: (proof: AccessProof, nameOf: (key: string) => string) => string[];
  proofTitle: string;
  /** What this does not do. */
  limit: Record<AccessWork, string>;
  sections: Record<AccessResult['state'], string>;
  /** Of one envelope, behind its path. */
  line: (result: AccessResult, nameOf: (key: string) => string) => string[];
  explain: (error: ErrorRecord) => string[];
  note: (note: Note) => string;
  /** One line that a terminal shows and does not obey. */
  printable: (text: string) => string;
};

/** What of the words belongs to whoever prints them. */
export type Printing = Pick<ReportWords, 'explain' | 'note' | 'printable'>;
