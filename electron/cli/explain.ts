/** @file An error as lines for a person: what happened, why each key said no, what to do next. */
import { type ErrorCode, errorCodes, type ErrorRecord } from '../../shared/errors.ts';
import { printable } from './escape.ts';
import type { Sentence } from './facts.ts';
import { sentenceOf } from './text.ts';

/** What this computer calls a key; undefined if it does not know it. */
export type NameOf = (key: string) => string | undefined;

const kinds: Readonly<Record<string, string>> = {
  'aws-kms': 'AWS KMS key',
  local: 'local key',
  age: 'age key',
};

/** `local key “This computer”`, or with the key itself where it has no name here. Printable. */
export function keyTitle(provider: string, key: string | undefined, nameOf: NameOf): string {
  const kind = kinds[provider] ?? `key of the unknown kind “${printable(provider)}”`;
  if (key === undefined) return kind;
  const name = nameOf(key);
  return name === undefined ? `${kind} ${printable(key)}` : `${kind} “${printable(name)}”`;
}

const field = (value: unknown, member: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, member) : undefined;

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** One key speaks differently of itself than a file that was asked for by name. */
const ofOneKey: Partial<Record<ErrorCode, Sentence>> = {
  'key-not-found': { what: 'not one of your keys.', next: '' },
  'envelope-newer': { what: 'this version does not know this kind of key.', next: '' },
};

/** An element of `details.attempts`. It may have crossed a thread or JSON, so its shape is looked at, not assumed. */
function attemptLines(attempt: unknown, nameOf: NameOf): string[] {
  const key = textOf(field(attempt, 'key'));
  const title = keyTitle(textOf(field(attempt, 'provider')) ?? 'unknown', key, nameOf);
  const code = errorCodes.find((known) => known === field(attempt, 'code'));
  if (code === undefined) return [`- ${title}`];
  const details = field(attempt, 'details');
  const facts = typeof details === 'object' && details !== null ? { ...details } : {};
  const { what, next } = ofOneKey[code] ?? sentenceOf({ code, details: facts });
  return [`- ${title}: ${what}`, ...(next === '' ? [] : [`  ${next}`])];
}

/** Lines about `error`, the first saying what happened. Each is printable. */
export function explain(
  { code, details }: Pick<ErrorRecord, 'code' | 'details'>,
  nameOf: NameOf = () => undefined,
): string[] {
  const { what, next } = sentenceOf({ code, details });
  const attempts: unknown = details['attempts'];
  const each = Array.isArray(attempts) ? attempts.flatMap((attempt) => attemptLines(attempt, nameOf)) : [];
  return [what, ...each, next];
}
