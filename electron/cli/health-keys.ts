/** @file Sentences about what one key says to the envelopes that name it. */
import type { ErrorRecord } from '../../shared/errors.ts';
import { type KeyAnswer, keyAnswers, type KeyHealth } from '../../shared/health.ts';
import { printable } from './escape.ts';
import { count, formatTime } from './format.ts';
import { keyTitle } from './key-title.ts';
import { sentenceOf } from './text.ts';

const said = (error: ErrorRecord | undefined, otherwise: string): string => {
  if (error === undefined) return otherwise;
  const { what, next } = sentenceOf(error);
  return `${what} ${next}`;
};

const lost = 'after that, what hangs on it alone stays sealed for ever';

/** Why a key opens nothing, and what mends that. */
const reasons: Record<Exclude<KeyAnswer, 'opens'>, (key: KeyHealth) => string> = {
  damaged: () => 'What was wrapped under it is damaged there. Get these envelopes again from a copy.',
  gone: ({ region }) =>
    `AWS does not have it${region === undefined ? '' : ` in ${printable(region)}`}. Check the account and the profile; it may have been deleted.`,
  deleting: ({ until }) =>
    `It will be deleted${until === undefined ? '' : ` on ${formatTime(until)}`}. Until then its administrator can cancel that (kms:CancelKeyDeletion, then kms:EnableKey); ${lost}.`,
  disabled: () => 'It is disabled. Its administrator can enable it again (kms:EnableKey).',
  unready: ({ error }) => said(error, 'Its state allows no opening now.'),
  denied: () => 'AWS does not allow you to open with it. Ask its administrator for kms:Decrypt.',
  absent: ({ provider, error }) => {
    if (provider === 'age') return 'Its identity was not given. Give it with --identity FILE.';
    return said(error, 'It is not on this computer. “envelope keys restore” takes it in from a backup.');
  },
  account: ({ error }) => said(error, 'Its account is not approved, so it was not asked.'),
  locked: ({ error }) => said(error, 'It is locked.'),
  unasked: ({ error }) =>
    `It could not be asked. ${said(error, 'There are too many keys, or sets of labels, to ask about.')}`,
  unknown: () => 'This version does not know this kind of key.',
};

function titleOf({ provider, key, name, account, region }: KeyHealth): string {
  if (provider === '') return 'further keys, which were too many to be told apart and asked';
  const title = keyTitle(provider, key, name);
  return name === undefined || account === undefined
    ? title
    : `${title} in ${printable(`${region ?? ''}, ${account}`)}`;
}

/** One key: its title, and what became of it, indented. Each line is printable. */
export function keyLines(key: KeyHealth): string[] {
  const { files, opens, alone, answers, assumed, until } = key;
  const lines = [`${opens} of ${count(files, 'envelope opens', 'envelopes open')} with it now`];
  if (alone > 0) lines.push(`${count(alone, 'hangs', 'hang')} on it alone`);
  const yes = answers.opens ?? 0;
  const told = [titleOf(key), `    ${lines.join('; ')}`];
  if (yes > opens)
    told.push(`    ${yes - opens}: it would open them, but something else is wrong with them.`);
  for (const answer of keyAnswers) {
    const many = answers[answer] ?? 0;
    if (answer !== 'opens' && many > 0) told.push(`    ${many}: ${reasons[answer](key)}`);
  }
  if (yes > 0 && until !== undefined)
    told.push(`    From ${formatTime(until)} on it opens nothing; ${lost}.`);
  if (assumed > 0) told.push(`    ${assumed} were not tried; they count like the others of this key.`);
  return told;
}
