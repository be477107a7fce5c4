/** @file What crosses to the thread that works with a passphrase, and what comes back. */
import type { ErrorRecord } from '../../shared/errors.ts';

export type PassphraseTask =
  | { kind: 'seal'; bytes: Uint8Array; passphrase: string; work: number | undefined }
  | { kind: 'open'; sealed: string; passphrase: string };

export type PassphraseAnswer =
  | { kind: 'sealed'; sealed: string }
  | { kind: 'opened'; bytes: Uint8Array }
  | { kind: 'failed'; error: ErrorRecord };
