/** @file How each key of an envelope failed: `details.attempts` of `no-key-opens`. */
import { errorCodes, type ErrorCode, type ErrorDetails, type ErrorRecord } from './errors.ts';

export type Attempt = { provider: string; key?: string; code?: ErrorCode; details: ErrorDetails };

const field = (value: unknown, member: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, member) : undefined;

/** The attempts of an error. They may have crossed a file of history, so their shape is looked at, not assumed. */
export function attemptsOf({ attempts }: ErrorDetails): Attempt[] {
  if (!Array.isArray(attempts)) return [];
  return attempts.map((attempt: unknown): Attempt => {
    const provider = field(attempt, 'provider');
    const key = field(attempt, 'key');
    const error = field(attempt, 'error');
    const code = errorCodes.find((known) => known === field(error, 'code'));
    const details = field(error, 'details');
    return {
      provider: typeof provider === 'string' ? provider : '',
      ...(typeof key === 'string' ? { key } : {}),
      ...(code === undefined ? {} : { code }),
      details: typeof details === 'object' && details !== null ? { ...details } : {},
    };
  });
}

/** A key that gave an error. */
export type FailedAttempt = { provider: string; key: string; error: ErrorRecord };

/** Those that gave an error, of an error about all keys; none of any other error. */
export function failedAttempts({ code, details }: ErrorRecord): FailedAttempt[] {
  const { attempts } = details;
  if ((code !== 'no-key-opens' && code !== 'no-key-tried') || !Array.isArray(attempts)) return [];
  return attemptsOf(details).flatMap(({ provider, key = '', ...why }, index) => {
    if (why.code === undefined) return [];
    const said = field(field(attempts[index], 'error'), 'message');
    const message = typeof said === 'string' ? said : '';
    return [{ provider, key, error: { code: why.code, message, details: why.details } }];
  });
}
