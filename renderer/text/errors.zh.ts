/** @file 每一个错误的中文句子；缺少任何一个都无法通过编译。 */
import type { ErrorCode } from '../../shared/errors.ts';
import { fileErrorsZh } from './errors-files.zh.ts';
import { keyErrorsZh } from './errors-keys.zh.ts';
import { policyErrorsZh } from './errors-policy.zh.ts';
import { recoveryErrorsZh } from './errors-recovery.zh.ts';
import { updateErrorsZh } from './updates.zh.ts';
import type { SentenceOf } from './facts.ts';

export const errorsZh: Record<ErrorCode, SentenceOf> = {
  ...fileErrorsZh,
  ...keyErrorsZh,
  ...recoveryErrorsZh,
  ...policyErrorsZh,
  ...updateErrorsZh,
};
