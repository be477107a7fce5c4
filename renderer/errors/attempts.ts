/** @file How each key of an envelope failed: `details.attempts` of `no-key-opens`. */
import { errorCodes, type ErrorCode, type ErrorDetails } from '../../shared/errors.ts';

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
