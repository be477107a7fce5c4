/** @file Every error in English. A code without a sentence does not compile. */
import type { ErrorCode } from '../../shared/errors.ts';
import { fileErrorsEn } from './errors-files.en.ts';
import { keyErrorsEn } from './errors-keys.en.ts';
import { policyErrorsEn } from './errors-policy.en.ts';
import { recoveryErrorsEn } from './errors-recovery.en.ts';
import { updateErrorsEn } from './updates.en.ts';
import type { SentenceOf } from './facts.ts';

export const errorsEn: Record<ErrorCode, SentenceOf> = {
  ...fileErrorsEn,
  ...keyErrorsEn,
  ...recoveryErrorsEn,
  ...policyErrorsEn,
  ...updateErrorsEn,
};
