/** @file Names of errors that Node itself gives as a number only: a quota that is used up, a share that is gone. */
import { constants } from 'node:os';

/** What Linux has and Node has no constant for. */
const ofLinux: readonly (readonly [name: string, number: number])[] = [
  ['EUCLEAN', 117],
  ['EREMOTEIO', 121],
  ['ENOMEDIUM', 123],
];

const names = new Map(
  [...Object.entries(constants.errno), ...(process.platform === 'linux' ? ofLinux : [])].map(
    ([name, number]) => [number, name],
  ),
);

/** What Node calls them, asynchronously and synchronously. */
const nameless = /^(?:Unknown system error|UNKNOWN$)/;

/**
 * The name of a system error from its `code`, as Node gives it (`ENOSPC`, or one that says nothing), and `errno`, the
 * system's number for it below zero.
 */
export function errnoName(code: string, errno: unknown): string {
  if (!nameless.test(code) || typeof errno !== 'number') return code;
  return names.get(-errno) ?? code;
}
