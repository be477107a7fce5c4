/** @file Every sentence about an error, made from its code and details. */
import type { Operation } from '../../shared/desktop.ts';
import type { ErrorCode, ErrorDetails, ErrorRecord } from '../../shared/errors.ts';
import { repairsOf } from '../../shared/remedies.ts';
import { Facts, type Sentence, type SentenceOf } from './facts.ts';
import { envelopeSentences } from './text-envelope.ts';
import { fileSentences } from './text-files.ts';
import { keySentences } from './text-keys.ts';
import { kmsSentences } from './text-kms.ts';
import { policySentences } from './text-policy.ts';
import { ownFolderSentence } from './text-own-folder.ts';
import { recoverySentences } from './text-recovery.ts';
import { Ways } from './ways.ts';
import { updateSentences } from './text-updates.ts';

/** Exhaustive: a code without a sentence does not compile. */
const sentences: Record<ErrorCode, SentenceOf> = {
  ...fileSentences,
  ...envelopeSentences,
  ...keySentences,
  ...kmsSentences,
  ...recoverySentences,
  ...policySentences,
  ...updateSentences,
};

/** What was being done, as far as the call that failed says. */
const operationOf = ({ action }: ErrorDetails): Operation =>
  action === 'GenerateDataKey' || action === 'Encrypt' ? 'seal' : 'open';

/** What happened and why, and what to do next. Everything in it is printable. */
export function sentenceOf(
  error: Pick<ErrorRecord, 'code' | 'details'>,
  operation: Operation = operationOf(error.details),
): Sentence {
  const facts = new Facts(error.details);
  const ways = new Ways(repairsOf(error, operation), facts);
  return ownFolderSentence(error) ?? sentences[error.code](facts, ways);
}
