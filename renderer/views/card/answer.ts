/** @file What can be said of each key of an envelope, and of all of them: can this person open it? */
import type { CanOpen, CardKey } from '../../../shared/desktop.ts';
import type { ErrorRecord } from '../../../shared/errors.ts';

export type KeyAnswer =
  | { kind: 'asking' }
  | { kind: 'yes' }
  | { kind: 'no'; error?: ErrorRecord }
  /** A stranger's account, or a region that is new: no call went out. */
  | { kind: 'unasked'; account: string; error?: ErrorRecord }
  /** Its passphrase, or the system's key store, is asked only when the envelope is opened. */
  | { kind: 'locked' }
  /** Nothing could be asked about any key. */
  | { kind: 'unknown' };

/** @param answers undefined while they are asked for; null if asking failed */
export function answerOf(
  key: CardKey,
  index: number,
  answers: readonly CanOpen[] | null | undefined,
): KeyAnswer {
  if (answers === undefined) return { kind: 'asking' };
  const answer = answers?.find((one) => one.index === index);
  if (answer === undefined) return { kind: 'unknown' };
  if (answer.answer === 'yes') return { kind: 'yes' };
  if (answer.answer === 'unasked' && answer.error?.code === 'key-locked') return { kind: 'locked' };
  const why = answer.error === undefined ? {} : { error: answer.error };
  if (answer.answer === 'unasked') return { kind: 'unasked', account: key.account ?? '', ...why };
  return { kind: 'no', ...why };
}

export type Overall =
  | { kind: 'asking' | 'no' | 'unknown' }
  | { kind: 'yes' | 'locked'; key: CardKey }
  | { kind: 'unasked'; account: string };

/** The best answer of all: one key that opens is enough. */
export function overallAnswer(keys: readonly CardKey[], answers: readonly KeyAnswer[]): Overall {
  const firstOf = (kind: KeyAnswer['kind']): CardKey | undefined =>
    keys[answers.findIndex((answer) => answer.kind === kind)];
  const opening = firstOf('yes');
  if (opening !== undefined) return { kind: 'yes', key: opening };
  const asking = answers.find((answer) => answer.kind === 'asking');
  if (asking !== undefined) return { kind: 'asking' };
  const locked = firstOf('locked');
  if (locked !== undefined) return { kind: 'locked', key: locked };
  const unasked = answers.find((answer) => answer.kind === 'unasked');
  if (unasked !== undefined) return unasked;
  return { kind: answers.every((answer) => answer.kind === 'unknown') ? 'unknown' : 'no' };
}
