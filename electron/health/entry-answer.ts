/** @file What one key says to one envelope, from the error it gave. */
import type { Envelope, KeyEntry } from '../../shared/envelope.ts';
import type { ErrorCode, ErrorRecord } from '../../shared/errors.ts';
import type { KeyAnswer } from '../../shared/health.ts';
import type { DataKey } from '../keys/data-key.ts';

export type KnownEntry = Extract<KeyEntry, { state: 'known' }>;

/** `assumed`: it was not asked itself; others like it were, and this is what they said. */
export type EntryAnswer = { answer: KeyAnswer; error?: ErrorRecord; assumed?: true };

export const OPENS: EntryAnswer = { answer: 'opens' };

/** An envelope that asks its keys. */
export type Asking = {
  envelope: Envelope;
  /** Called with a data key that fits the commitment: the rest of the envelope can be checked with it. It is not kept. */
  onDataKey: (dataKey: DataKey) => void;
};

/** Something that answers for one key. It asks no person, and throws `cancelled` only. */
export interface KeyAsker {
  answer(entry: KnownEntry, asking: Asking): Promise<EntryAnswer>;
}

/** Every other error of a key is a reason why it could not be asked. */
const answers: Partial<Record<ErrorCode, KeyAnswer>> = {
  'account-unknown': 'account',
  'account-forbidden': 'account',
  'key-damaged': 'damaged',
  'key-wrong': 'damaged',
  'kms-ciphertext-invalid': 'damaged',
  'kms-key-incorrect': 'damaged',
  'kms-key-usage': 'damaged',
  'kms-key-not-found': 'gone',
  'kms-key-disabled': 'disabled',
  'kms-key-state': 'unready',
  'kms-access-denied': 'denied',
  'key-not-found': 'absent',
  'key-locked': 'locked',
  'passphrase-wrong': 'locked',
};

export function answerOf(error: ErrorRecord): EntryAnswer {
  const answer = answers[error.code] ?? 'unasked';
  const leaves = answer === 'unready' || answer === 'disabled';
  return { answer: leaves && 'deletion' in error.details ? 'deleting' : answer, error };
}
