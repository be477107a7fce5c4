import type { Facts } from './facts.ts';
import type { RecoveryText } from './recovery.en.ts';

/** What is wrong with an identity: a `Mistake` of identity-text.ts, from the details of an error. */
export function mistakeText(facts: Facts, words: RecoveryText['mistakes']): string {
  const group = facts.text('group');
  const [by, number] = [facts.number('by') ?? 1, facts.text('by') ?? '1'];
  switch (facts.text('kind') ?? '') {
    case 'empty':
      return words.empty;
    case 'recipient':
      return words.recipient;
    case 'other-kind':
      return words.otherKind;
    case 'character':
      return words.character(group);
    case 'short':
      return words.short(by, number, group);
    case 'long':
      return words.long(by, number, group);
    default:
      return words.wrong(group);
  }
}
