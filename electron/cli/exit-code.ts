import type { ErrorCode } from '../../shared/errors.ts';

/** Every exit code of the program and what it means, as `--help` prints it. A signal gives 128 + its number. */
export const exitCodes = {
  0: 'everything was done',
  1: 'some files failed, or failed for several reasons',
  2: 'the command was not understood; nothing was done',
  3: 'no key could be used: none fits, locked, refused, or the KMS was not reached',
  4: 'an envelope or a body is altered, damaged or not of this format',
  130: 'cancelled (128 + the number of the signal: 129, 130, 141 or 143)',
} as const;

export const DONE = 0;
export const FAILED = 1;
export const USAGE = 2;
export const NO_KEY = 3;
export const DAMAGED = 4;

const damaged: ReadonlySet<ErrorCode> = new Set([
  'envelope-invalid',
  'envelope-newer',
  'envelope-altered',
  'body-foreign',
  'body-cut-short',
  'body-altered',
  'archive-invalid',
]);

const aboutKeys =
  /^(?:key|no-key|policy-key|identity|recovery|passphrase|kms|credentials|sign-in|account|clock)-/;

/** The exit code of a command that failed with `code`. */
export function exitCodeOf(code: ErrorCode): number {
  if (code === 'usage' || code === 'labels-invalid') return USAGE;
  if (damaged.has(code)) return DAMAGED;
  return aboutKeys.test(code) ? NO_KEY : FAILED;
}

/** The exit code of a batch: what its failures have in common, else {@link FAILED}. */
export function exitCodeOfAll(failures: readonly ErrorCode[]): number {
  const codes = new Set(failures.map(exitCodeOf));
  const [first = DONE] = codes;
  return codes.size > 1 ? FAILED : first;
}
