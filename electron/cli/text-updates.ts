/** @file Sentences about newer versions of the program. */
import type { ErrorCode } from '../../shared/errors.ts';
import type { SentenceOf } from './facts.ts';

export const updateSentences = {
  'update-untrusted': () => ({
    what: 'What was said of a newer version is not signed by who makes Envelope.',
    next: 'Nothing was installed. Tell who gave you Envelope.',
  }),
  'update-failed': () => ({
    what: 'Newer versions could not be looked for, or not be loaded.',
    next: 'Try again later. The program stays as it is.',
  }),
  'update-busy': () => ({
    what: 'Files are being worked on.',
    next: 'Install the newer version when they are done.',
  }),
} satisfies Partial<Record<ErrorCode, SentenceOf>>;
