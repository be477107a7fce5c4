/** @file Sentences for what goes wrong with the recovery key and with its sheet. */
import type { ErrorCode } from '../../shared/errors.ts';
import { count } from './format.ts';
import type { Facts, SentenceOf } from './facts.ts';

/** What is wrong with an identity that was typed: a `Mistake` of identity-text.ts. */
function mistakeText(facts: Facts): string {
  const where = facts.if('group', ' in group %');
  const by = Math.max(1, facts.number('by') ?? 1);
  switch (facts.text('kind') ?? '') {
    case 'empty':
      return 'No key was given.';
    case 'recipient':
      return 'This is the public half of a key, age1…, which opens nothing.';
    case 'other-kind':
      return 'This is an identity of age, but of a kind that no recovery key has.';
    case 'character':
      return `There is a character${where} that no recovery key has.`;
    case 'short':
      return `${count(by, 'character is', 'characters are')} missing${where}.`;
    case 'long':
      return `${count(by, 'character is', 'characters are')} too many${where}.`;
    default:
      return `A character${facts.if('group', ' in group %') || ', or more than one,'} is not as on the sheet.`;
  }
}

const date = (facts: Facts, member: string): string | undefined => facts.text(member)?.slice(0, 10);

export const recoverySentences = {
  'identity-mistyped': (facts) => ({
    what: mistakeText(facts),
    next: 'Compare it with the sheet, group by group; spaces and small letters do not matter.',
  }),
  'picture-unreadable': (facts) => ({
    what: `The picture${facts.if('path', ' “%”')} is of a kind that cannot be read here.`,
    next: 'Use a PNG or JPEG picture, or type the key.',
  }),
  'picture-no-code': (facts) => ({
    what: `There is no readable code in the picture${facts.if('path', ' “%”')}.`,
    next: 'Take one that shows the whole code sharp and evenly lit, or type the key.',
  }),
  'recovery-check': () => ({
    what: 'This is not the last group on the sheet, so the recovery key is not in use.',
    next: 'Make a new one, and look at its sheet when you type.',
  }),
  'recovery-missing': () => ({
    what: 'There is no recovery key.',
    next: '“envelope keys recovery new” makes one.',
  }),
  'recovery-other': (facts) => ({
    what:
      date(facts, 'made') === undefined
        ? 'This is not the recovery key in use; it is another key.'
        : `This sheet is of an earlier recovery key, made on ${date(facts, 'made')} and in use until ${date(facts, 'ended') ?? 'later'}. It still opens what was sealed then.`,
    next:
      date(facts, 'current') === undefined
        ? 'There is no recovery key in use now; “envelope keys recovery new” makes one.'
        : `Find the sheet made on ${date(facts, 'current')}; or, if it is lost, make a new recovery key.`,
  }),
  'recovery-absent': (facts) => ({
    what: `The envelope ${facts.quoted('path', 'that was chosen')} is not sealed for this recovery key.`,
    next: 'Choose one that was sealed since the recovery key is in use; or let it open this one too, with “envelope rewrap … --add recovery”.',
  }),
  'recovery-untried': () => ({
    what: 'No envelope is known here that is sealed for the recovery key.',
    next: 'Seal something, or name an envelope: envelope keys recovery drill FILE.envelope.',
  }),
  'print-failed': (facts) => ({
    what: `The sheet was not printed${facts.if('reason', ' (the system says: %)')}.`,
    next: 'Check the printer and try again, or save the sheet as a PDF.',
  }),
} satisfies Partial<Record<ErrorCode, SentenceOf>>;
