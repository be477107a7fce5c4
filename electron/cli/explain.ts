/** @file An error as lines for a person: what happened, why each key said no, what to do next. */
import type { Operation } from '../../shared/desktop.ts';
import { errorCodes, type ErrorRecord } from '../../shared/errors.ts';
import { keyTitle } from './key-title.ts';
import { sentenceOf } from './text.ts';

const field = (value: unknown, member: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, member) : undefined;

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/**
 * One key that was tried: an `Attempt` of `details.attempts`. It may have crossed a thread or JSON, so its shape is
 * looked at and not assumed.
 */
function attemptLines(attempt: unknown): string[] {
  const provider = textOf(field(attempt, 'provider')) ?? 'unknown';
  const title = keyTitle(provider, textOf(field(attempt, 'key')) ?? '', textOf(field(attempt, 'name')));
  const error = field(attempt, 'error');
  const code = errorCodes.find((known) => known === field(error, 'code'));
  if (code === undefined) return [`- ${title}: not one of your keys.`];
  const details = field(error, 'details');
  const { what, next } = sentenceOf({
    code,
    details: typeof details === 'object' && details !== null ? { ...details } : {},
  });
  return [`- ${title}: ${what}`, `  ${next}`];
}

/** Of an error after which the journal keeps the job (files/pair.ts). */
const HALF =
  'It stopped between the two halves of the pair: the next command finishes it, or clears it up. Until then it may not open.';

/** Lines about `error` of `operation`, if that is known; the first says what happened. Each is printable. */
export function explain(
  { code, details }: Pick<ErrorRecord, 'code' | 'details'>,
  operation?: Operation,
): string[] {
  const { what, next } = sentenceOf({ code, details }, operation);
  const attempts: unknown = details['attempts'];
  const half = details['unfinished'] === true ? [HALF] : [];
  return [what, ...half, ...(Array.isArray(attempts) ? attempts.flatMap(attemptLines) : []), next];
}
