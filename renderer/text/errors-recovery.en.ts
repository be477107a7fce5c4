/** @file English sentences for what goes wrong with the recovery key and its sheet. */
import type { ErrorCode } from '../../shared/errors.ts';
import type { SentenceOf } from './facts.ts';
import { mistakeText } from './mistake.ts';
import { recoveryEn } from './recovery.en.ts';

export const recoveryErrorsEn = {
  'identity-mistyped': (facts) => ({
    what: mistakeText(facts, recoveryEn.mistakes),
    next: 'Compare it with the sheet, group by group. Spaces and small letters do not matter.',
  }),
  'picture-unreadable': (facts) => ({
    what: `The picture ${facts.quoted('path', 'that was chosen')} is of a kind that cannot be read here.`,
    next: 'Choose a PNG or JPEG picture, or type the key.',
  }),
  'picture-no-code': (facts) => ({
    what: `There is no readable code in the picture ${facts.quoted('path', 'that was chosen')}.`,
    next: 'Take one that shows the whole code sharp and evenly lit, or type the key.',
  }),
  'recovery-check': () => ({
    what: 'This is not the last group on the sheet.',
    next: 'Look at the sheet that is on paper, or in the PDF, and type its last group.',
  }),
  'recovery-missing': () => ({
    what: 'There is no recovery key.',
    next: 'Make one in Keys.',
  }),
  'recovery-other': (facts) => ({
    what:
      facts.text('made') === undefined
        ? 'This is not the recovery key in use; it is another key.'
        : `This sheet is of an earlier recovery key${facts.ifTime('made', ', made on %')}. It still opens what was sealed while that was in use.`,
    next:
      facts.text('current') === undefined
        ? 'There is no recovery key in use now. Make one in Keys.'
        : `Find the sheet of the key in use${facts.ifTime('current', ', made on %')}. If it is lost, make a new recovery key.`,
  }),
  'recovery-absent': (facts) => ({
    what: `The envelope ${facts.quoted('path', 'that was chosen')} is not sealed for this recovery key.`,
    next: 'Choose one that this recovery key was in use for.',
  }),
  'recovery-untried': () => ({
    what: 'No envelope is known here that is sealed for the recovery key.',
    next: 'Choose an envelope to try it with, or seal something first.',
  }),
  'print-failed': (facts) => ({
    what: `The sheet was not printed${facts.if('reason', ' (the system says: %)')}.`,
    next: 'Check the printer and try again, or save the sheet as a PDF.',
  }),
} satisfies Partial<Record<ErrorCode, SentenceOf>>;
