/**
 * @file The folder of journals: one `<uuid>.jsonl` and `<uuid>.lock` for each process, and `door.lock`.
 *
 * [Note: the door] Whoever makes or removes a file here, or asks who is alive, holds `door.lock` meanwhile. So nobody
 * sees a journal before its lock is taken, two processes that start at once never treat the same journal, and no lock
 * is removed while somebody is about to take it. The door is held for a moment and never across an `await`: within one
 * process it would otherwise wait for itself.
 */
import { closeSync, fsyncSync, lstatSync, mkdirSync, openSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { EnvelopeError } from '../../shared/errors.ts';
import { cannotFsync } from './fsync-folder.ts';
import { errnoOf, fromSystem } from './io-error.ts';
import { FileLock } from './lock.ts';

/** A journal whose lock this process holds. */
export type JournalFile = { path: string; lock: FileLock };

const JOURNAL = '.jsonl';
const LOCK = '.lock';
const DOOR = 'door.lock';
/** Milliseconds to wait for the door; others hold it for one or two. */
const PATIENCE = 10_000;

function lockOf(journal: string): string {
  return journal.slice(0, -JOURNAL.length) + LOCK;
}

function behindDoor<T>(folder: string, work: () => T): T {
  using door = FileLock.take(path.join(folder, DOOR), PATIENCE);
  if (door === undefined) throw new EnvelopeError('io-failed', 'the journals are locked', { path: folder });
  return work();
}

/**
 * Makes an empty journal, durably, with its lock held.
 * @throws EnvelopeError `target-missing`, `target-unwritable`, `disk-full`, `io-failed`
 */
export function createJournalFile(folder: string, uuid: string): JournalFile {
  try {
    makeFolderSync(folder);
    return behindDoor(folder, () => {
      const journal = path.join(folder, uuid + JOURNAL);
      const lock = FileLock.take(lockOf(journal));
      if (lock === undefined) throw new Error('a new journal is locked already');
      try {
        closeSync(openSync(journal, 'wx', 0o600));
        fsyncFolderSync(folder);
        return { path: journal, lock };
      } catch (error) {
        lock.release();
        throw error;
      }
    });
  } catch (error) {
    throw fromSystem(error, 'target', folder);
  }
}

/** As `makeFolder`: step by step, for a recursive mkdir may never end. Private from the first folder made on. */
function makeFolderSync(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
    return;
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === 'EEXIST' && statSync(folder).isDirectory()) return;
    const above = lstatSync(path.dirname(folder), { throwIfNoEntry: false });
    if (errno !== 'ENOENT' || above !== undefined) throw error;
  }
  makeFolderSync(path.dirname(folder));
  mkdirSync(folder, { mode: 0o700 });
}

/** Whether nobody but this user can have written what is in `folder`. Windows has no such bits, and guards profiles. */
export function isPrivate(folder: string): boolean {
  const stats = statSync(folder, { throwIfNoEntry: false });
  if (stats === undefined || process.platform === 'win32') return true;
  return stats.uid === process.geteuid?.() && (stats.mode & 0o022) === 0;
}

/** The journals of processes that live, this one too: all but those that `taken` names. */
export function livingJournals(folder: string, taken: readonly JournalFile[]): string[] {
  const dead = new Set(taken.map((file) => file.path));
  const journals = listNames(folder).filter((name) => name.endsWith(JOURNAL));
  return journals.map((name) => path.join(folder, name)).filter((journal) => !dead.has(journal));
}

/** The journals that nobody alive holds, each locked now. Locks without a journal are removed on the way. */
export function takeAbandoned(folder: string): JournalFile[] {
  if (!listNames(folder).some((name) => name !== DOOR)) return [];
  return behindDoor(folder, () => {
    const names = listNames(folder);
    const journals = new Set(names.filter((name) => name.endsWith(JOURNAL)));
    const locks = names.filter((name) => name.endsWith(LOCK) && name !== DOOR);
    const taken: JournalFile[] = [];
    for (const lockName of new Set([...locks, ...[...journals].map(lockOf)])) {
      const lock = FileLock.take(path.join(folder, lockName));
      if (lock === undefined) continue;
      const journal = lockName.slice(0, -LOCK.length) + JOURNAL;
      if (journals.has(journal)) taken.push({ path: path.join(folder, journal), lock });
      else removeLock(lock, path.join(folder, lockName));
    }
    return taken;
  });
}

/** Gives a journal up; with `remove` it and its lock go. */
export function releaseJournalFile(folder: string, file: JournalFile, { remove }: { remove: boolean }): void {
  if (!remove) {
    file.lock.release();
    return;
  }
  behindDoor(folder, () => {
    rmSync(file.path, { force: true });
    removeLock(file.lock, lockOf(file.path));
  });
}

/** Released first: Windows removes no file that is open. */
function removeLock(lock: FileLock, file: string): void {
  lock.release();
  rmSync(file, { force: true });
}

function listNames(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return [];
    throw fromSystem(error, 'source', folder);
  }
}

function fsyncFolderSync(folder: string): void {
  if (process.platform === 'win32') return;
  const fd = openSync(folder, 'r');
  try {
    fsyncSync(fd);
  } catch (error) {
    if (!cannotFsync(error)) throw error;
  } finally {
    closeSync(fd);
  }
}
