/** @file An error as lines for a person: what happened, why each key said no, what to do next. */
import { errorCodes, type ErrorCode, type ErrorRecord } from '../../shared/errors.ts';
import { printable } from './escape.ts';
import { sentenceOf } from './text.ts';

/** How one entry of an envelope failed, as `details.attempts` of `no-key-opens` has it. */
type Attempt = {
  provider: string;
  key: string;
  name?: string | undefined;
  code: ErrorCode | undefined;
  details: object;
};

const field = (value: unknown, member: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, member) : undefined;

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** `details` have crossed threads and JSON, so their shape is looked at and not assumed. */
function attemptsOf({ details }: Pick<ErrorRecord, 'details'>): Attempt[] {
  const attempts: unknown = details['attempts'];
  if (!Array.isArray(attempts)) return [];
  return attempts.map((attempt: unknown) => {
    const error = field(attempt, 'error');
    const facts = field(error, 'details');
    return {
      provider: textOf(field(attempt, 'provider')) ?? 'unknown',
      key: textOf(field(attempt, 'key')) ?? '',
      name: textOf(field(attempt, 'name')),
      code: errorCodes.find((code) => code === field(error, 'code')),
      details: typeof facts === 'object' && facts !== null ? facts : {},
    };
  });
}

const kinds: Readonly<Record<string, string>> = {
  'aws-kms': 'AWS KMS key',
  local: 'local key',
  age: 'age key',
};

/** `local key “This computer”`; an entry names itself, so a key of unknown name is only what the envelope says. */
export function keyTitle(provider: string, key: string, name: string | undefined): string {
  const kind = kinds[provider] ?? `key of the unknown kind “${printable(provider)}”`;
  if (name !== undefined) return `${kind} “${printable(name)}”`;
  return key === '' ? kind : `${kind} ${printable(key)}`;
}

function attemptLines(attempt: Attempt): string[] {
  const title = keyTitle(attempt.provider, attempt.key, attempt.name);
  if (attempt.code === undefined) return [`- ${title}: not one of yours.`];
  const { what, next } = sentenceOf({ code: attempt.code, details: { ...attempt.details } });
  return [`- ${title}: ${what}`, `  ${next}`];
}

/** Lines about `error`, the first saying what happened. Each is printable. */
export function explain(error: Pick<ErrorRecord, 'code' | 'details'>): string[] {
  const { what, next } = sentenceOf(error);
  return [what, ...attemptsOf(error).flatMap(attemptLines), next];
}
