/** @file Every sentence about an error, made from its code and details. */
import type { ErrorCode, ErrorRecord } from '../../shared/errors.ts';
import { Facts, type Sentence, type SentenceOf } from './facts.ts';
import { envelopeSentences } from './text-envelope.ts';
import { fileSentences } from './text-files.ts';
import { keySentences } from './text-keys.ts';
import { kmsSentences } from './text-kms.ts';
import { policySentences } from './text-policy.ts';
import { ownFolderSentence } from './text-own-folder.ts';
import { recoverySentences } from './text-recovery.ts';

/** Exhaustive: a code without a sentence does not compile. */
const sentences: Record<ErrorCode, SentenceOf> = {
  ...fileSentences,
  ...envelopeSentences,
  ...keySentences,
  ...kmsSentences,
  ...recoverySentences,
  ...policySentences,
};

/** What happened and why, and what to do next. Everything in it is printable. */
export function sentenceOf(error: Pick<ErrorRecord, 'code' | 'details'>): Sentence {
  return ownFolderSentence(error) ?? sentences[error.code](new Facts(error.details));
}
