/** @file What the page calls a recovery key: the main process knows it in English only. */
import { recoveryOf, type RecoverySettings } from '../../../shared/recovery.ts';
import type { InLanguage } from '../../text/useLanguage.tsx';

/** The words for `key` if it is, or was, the recovery key. */
export function recoveryTitle(
  key: string,
  recovery: RecoverySettings,
  { text, format }: Pick<InLanguage, 'text' | 'format'>,
): string | undefined {
  const found = recoveryOf(key, recovery);
  if (found === undefined) return undefined;
  return key === recovery.key?.recipient
    ? text.recovery.title
    : text.recovery.formerName(format.time(found.made));
}
