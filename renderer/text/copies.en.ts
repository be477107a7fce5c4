/** @file The copies of envelopes that this computer keeps. */
import { counted } from './counted.ts';

const copies = (count: number, number: string): string => counted(count, number, 'copy', 'copies');

export const copiesEn = {
  title: 'Copies of envelopes',
  why: 'Every envelope that is sealed or changed is also kept here as it is, so that a lost one can be restored. A copy holds no secret, and says what the envelope says: names unless they are hidden, sizes, labels, and which keys open it. Nothing opens without a key.',
  keep: 'Keep a copy of every envelope',
  keepHint: 'Without copies, a lost envelope is lost: its file cannot be opened any more.',
  now: (count: number, number: string, size: string, limit: string) =>
    `${copies(count, number)}, ${size} of at most ${limit}.`,
  since: (oldest: string) => `The oldest was kept on ${oldest}.`,
  limit: 'Space for copies',
  limitHint:
    'When it is full, old copies go: the store has 256 parts of the same size, and in a full part the oldest goes first.',
  folder: 'Folder',
  own: 'Among the program’s own data',
  gone: 'This folder is not there now, so no copies are kept. Its disk may be away.',
  move: 'Move…',
  moveBack: 'Move back',
  moving: (done: string, all: string) => `Moving copies: ${done} of ${all}`,
  stopMoving: 'Stop',
  moved: 'The copies were moved.',
  clear: 'Remove all copies…',
  clearTitle: 'Remove all copies of envelopes?',
  clearWhy:
    'Your envelopes stay where they are. One that is lost can then no longer be restored, and its file no longer be opened.',
  clearDo: 'Remove the copies',
  cleared: 'The copies were removed.',
  withHistory: (count: number, number: string) =>
    `Also remove the ${copies(count, number)} of envelopes that this computer keeps`,
};

export type CopiesText = typeof copiesEn;
