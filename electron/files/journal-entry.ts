/** @file What the journal says: one JSON object a line. Paths are absolute. */
import path from 'node:path';

/** A seal: `body` and `envelope` are the temporaries in `folder`; `stem` is T as last tried. */
export type SealEntry = {
  job: string;
  kind: 'seal';
  folder: string;
  body: string;
  envelope: string;
  stem?: string;
  /** The pair may take the place of another. */
  replace?: boolean;
};

/** An open: `partial` is plaintext, with `folder` a directory that an archive is extracted into. */
export type OpenEntry = { job: string; kind: 'open'; partial: string; folder?: boolean };

/** A rewrap: `partial` is the new text of `envelope`, whose old text stands until it is renamed over it. */
export type RewrapEntry = { job: string; kind: 'rewrap'; partial: string; envelope: string };

export type JournalEntry = SealEntry | OpenEntry | RewrapEntry;

/** The last word of a job: none of its temporaries is left. */
export type DoneEntry = { done: string };

/** Every path that `entry` names. */
export function pathsOf(entry: JournalEntry): string[] {
  if (entry.kind === 'seal') return [entry.folder, entry.body, entry.envelope];
  return entry.kind === 'open' ? [entry.partial] : [entry.partial, entry.envelope];
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
