/** @file What goes wrong in the program's own folder: no option of the command is to blame. */
import path from 'node:path';
import type { ErrorCode, ErrorRecord } from '../../shared/errors.ts';
import { isInside } from '../files/inside.ts';
import { findPlaces } from '../settings/places.ts';
import { Facts, type Sentence } from './facts.ts';

/** What the disk answers when something is made, or read, there. */
const ofTheDisk: ReadonlySet<ErrorCode> = new Set([
  'source-missing',
  'source-unreadable',
  'source-special',
  'target-missing',
  'target-unwritable',
  'name-taken',
  'name-impossible',
  'disk-full',
  'disk-read-only',
  'disk-gone',
  'disk-failing',
  'file-busy',
  'io-failed',
]);

/** The program's own folder that `file` lies in or, with `above`, that could not be made because of it. */
function ownFolderOf(file: string, above: boolean, environment: NodeJS.ProcessEnv): string | undefined {
  const { settingsFile, keysFolder, journalFolder } = findPlaces(environment);
  const found = [settingsFile, `${settingsFile}.lock`, keysFolder, journalFolder].find(
    (own) => isInside(own, file) || (above && isInside(file, own)),
  );
  return found === undefined ? undefined : path.dirname(found);
}

/** The sentence of an error in the program's own folder; undefined of every other. */
export function ownFolderSentence(
  { code, details }: Pick<ErrorRecord, 'code' | 'details'>,
  environment: NodeJS.ProcessEnv = process.env,
): Sentence | undefined {
  const file = details['path'];
  if (!ofTheDisk.has(code) || typeof file !== 'string') return undefined;
  const isRead = code.startsWith('source-');
  const folder = ownFolderOf(file, !isRead, environment);
  if (folder === undefined) return undefined;
  const facts = new Facts({ ...details, folder });
  const own = `the program’s own folder ${facts.quoted('folder', '')}, where it keeps keys and settings`;
  if (code === 'disk-full') {
    return {
      what: `The disk of ${own}, is full.`,
      next: 'Free some space, or set the variable ENVELOPE_HOME to a folder on another disk.',
    };
  }
  return {
    what: `There is no ${isRead ? 'reading' : 'writing'} in ${own}${facts.if('errno', ' (the system says %)')}.`,
    next: 'Correct its permissions, or set the variable ENVELOPE_HOME to a folder that you may write to.',
  };
}
