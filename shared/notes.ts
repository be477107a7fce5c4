/** @file What went otherwise than a careful reader would expect, without harm. A code; each face has its sentence. */
import type { ErrorRecord } from './errors.ts';

export const noteCodes = [
  // What was opened could not get everything back. `name`: as the envelope has it.
  'time-not-restored',
  'permissions-not-restored',
  'name-changed',
  'web-mark-not-set',
  // The original of what was sealed stayed. `error`: why; without one, it holds what is not in the archive.
  'original-kept',
  // Its keys may seal here, not open: whether they open it was not seen, and the original stays. `error`: what the key said.
  'opening-untried',
  // The program's own store has no copy of the envelope. `why`: the reason.
  'copy-not-kept',
  // An earlier run was interrupted.
  'run-finished',
  'run-removed',
  'run-kept',
  'run-waits',
  'run-failed',
] as const;
export type NoteCode = (typeof noteCodes)[number];

/** Why no copy of an envelope was kept. `silent`: its folder does not answer. */
export const copyReasons = [
  'too-large',
  'folder-missing',
  'silent',
  'disk-full',
  'settings',
  'unwritable',
  'disk-failed',
] as const;
export type CopyReason = (typeof copyReasons)[number];

/** `path`: what it is about, where that is not the file itself. */
export type Note = { code: NoteCode; path?: string; name?: string; error?: ErrorRecord; why?: CopyReason };

/** A sentence of a history that was written before notes were coded. */
export type WrittenNote = { code: 'as-written'; text: string };
