/** @file What the journal says: one JSON object a line. Paths are absolute. */
import path from 'node:path';
import { isName } from '../envelope/names.ts';
import { readPartialName } from './partial-name.ts';

/** `device`: of the folder that the temporaries are in, as the system numbered it then. */
type OnDisk = { job: string; device?: string };

/** A seal: `body` and `envelope` are the temporaries in `folder`; `stem` is T as last tried. */
export type SealEntry = OnDisk & {
  kind: 'seal';
  folder: string;
  body: string;
  envelope: string;
  stem?: string;
  /** The pair may take the place of another. */
  replace?: boolean;
};

/** An open: `partial` is plaintext, with `folder` a directory that an archive is extracted into. */
export type OpenEntry = OnDisk & { kind: 'open'; partial: string; folder?: boolean };

/** A rewrap: `partial` is the new text of `envelope`, whose old text stands until it is renamed over it. */
export type RewrapEntry = OnDisk & { kind: 'rewrap'; partial: string; envelope: string };

export type JournalEntry = SealEntry | OpenEntry | RewrapEntry;

/** The last word of a job: none of its temporaries is left. */
export type DoneEntry = { done: string };

/** Every path that `entry` names. */
export function pathsOf(entry: JournalEntry): string[] {
  if (entry.kind === 'seal') return [entry.folder, entry.body, entry.envelope];
  return entry.kind === 'open' ? [entry.partial] : [entry.partial, entry.envelope];
}

/** The folder that the temporaries of `entry` are in. */
export function folderOf(entry: JournalEntry): string {
  return entry.kind === 'seal' ? entry.folder : path.dirname(entry.partial);
}

/**
 * Whether `entry` names nothing but what this program makes: temporaries by their exact names, in one folder, and a stem
 * that is one path component. Whoever can write a journal could else have any file deleted.
 */
export function isTrusted(entry: JournalEntry): boolean {
  const folder = folderOf(entry);
  if (path.resolve(folder) !== folder) return false;
  const isPartial = (file: string, part: 'enc' | 'envelope' | 'plain', id?: string): boolean => {
    const name = readPartialName(path.basename(file));
    return (
      path.join(folder, path.basename(file)) === file && name?.part === part && (id ?? name.id) === name.id
    );
  };
  if (entry.kind === 'open') return isPartial(entry.partial, 'plain');
  if (entry.kind === 'rewrap') {
    const isBeside = path.join(folder, path.basename(entry.envelope)) === entry.envelope;
    return isBeside && isPartial(entry.partial, 'envelope');
  }
  const isPair = isPartial(entry.body, 'enc', entry.job) && isPartial(entry.envelope, 'envelope', entry.job);
  return isPair && (entry.stem === undefined || isName(entry.stem));
}

/**
 * The jobs that are not done, each by its last entry. A line that is not JSON was torn by a crash before it counted and
 * is skipped. `foreign`: there are lines that another version wrote; they are not ours to drop.
 */
export function readEntries(text: string): { open: JournalEntry[]; foreign: boolean } {
  const open = new Map<string, JournalEntry>();
  let foreign = false;
  for (const line of text.split('\n')) {
    const value = parseLine(line);
    if (value === undefined) continue;
    if (isDone(value)) open.delete(value.done);
    else if (isEntry(value)) open.set(value.job, value);
    else foreign = true;
  }
  return { open: [...open.values()], foreign };
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function isDone(value: unknown): value is DoneEntry {
  return isObject(value) && typeof value['done'] === 'string';
}

function isEntry(value: unknown): value is JournalEntry {
  if (!isObject(value) || typeof value['job'] !== 'string') return false;
  if (!isOptional(value['device'], 'string')) return false;
  switch (value['kind']) {
    case 'seal':
      return (
        ['folder', 'body', 'envelope'].every((member) => isPath(value[member])) &&
        isOptional(value['stem'], 'string') &&
        isOptional(value['replace'], 'boolean')
      );
    case 'open':
      return isPath(value['partial']) && isOptional(value['folder'], 'boolean');
    case 'rewrap':
      return isPath(value['partial']) && isPath(value['envelope']);
    default:
      return false;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isPath(value: unknown): value is string {
  return typeof value === 'string' && path.isAbsolute(value);
}

function isOptional(value: unknown, type: 'string' | 'boolean'): boolean {
  return value === undefined || typeof value === type;
}
