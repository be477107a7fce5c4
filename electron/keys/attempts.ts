/** @file Why each key of an envelope did not open it, read off the error that says none did. */
import { type ErrorRecord, errorCodes } from '../../shared/errors.ts';

/** A key that gave an error. */
export type FailedAttempt = { provider: string; key: string; error: ErrorRecord };

function isRecord(value: unknown): value is ErrorRecord {
  if (typeof value !== 'object' || value === null || !('code' in value) || !('details' in value))
    return false;
  return errorCodes.some((code) => code === value.code) && typeof value.details === 'object';
}

/** Those of an error about all keys; none of any other error. It may have crossed a thread or JSON: its shape is looked at. */
export function failedAttempts({ code, details }: ErrorRecord): FailedAttempt[] {
  if ((code !== 'no-key-opens' && code !== 'no-key-tried') || !Array.isArray(details['attempts'])) return [];
  return details['attempts'].flatMap((attempt: unknown) => {
    if (typeof attempt !== 'object' || attempt === null || !('error' in attempt)) return [];
    if (!isRecord(attempt.error)) return [];
    const provider = 'provider' in attempt ? String(attempt.provider) : '';
    const key = 'key' in attempt ? String(attempt.key) : '';
    return [{ provider, key, error: attempt.error }];
  });
}
