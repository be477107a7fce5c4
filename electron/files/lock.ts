import { closeSync, openSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { EnvelopeError, type ErrorCode, isEnvelopeError } from '../../shared/errors.ts';
import { fromSystem } from './io-error.ts';

const SQLITE_BUSY = 5;
const SQLITE_CANTOPEN = 14;

/**
 * A lock on a file, held by the kernel for this process and released by it however the process ends. Node has no call
 * for that, SQLite does: an exclusive transaction that never writes. The file stays empty.
 *
 * The file must not be opened by any other means in this process: POSIX drops a process's lock when any of its
 * descriptors of the file is closed.
 */
export class FileLock implements Disposable {
  readonly #database: DatabaseSync;

  private constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /**
   * Creates the file if need be and locks it, waiting at most `patience` milliseconds. The wait blocks the thread, so
   * it is for locks that are held for a moment and never across an `await`.
   * @returns undefined if somebody else, in this process or another, holds it
   * @throws EnvelopeError `target-unwritable` if the file cannot be made, `too-many-open`, `io-failed` if the disk has no locks
   */
  static take(file: string, patience = 0): FileLock | undefined {
    let database: DatabaseSync | undefined;
    try {
      database = new DatabaseSync(file, { timeout: patience });
      // Alone: a PRAGMA before it would take a shared lock, and two that wait with one of those wait for each other.
      database.exec('BEGIN EXCLUSIVE');
      return new FileLock(database);
    } catch (error) {
      if (database?.isOpen === true) database.close();
      const sqlite = sqliteCode(error);
      if (sqlite === SQLITE_BUSY) return undefined;
      const code = sqlite === SQLITE_CANTOPEN ? whyNotOpened(file) : 'io-failed';
      throw new EnvelopeError(code, 'a lock could not be taken', { path: file, sqlite }, error);
    }
  }

  release(): void {
    if (this.#database.isOpen) this.#database.close();
  }

  [Symbol.dispose](): void {
    this.release();
  }
}

/** SQLite says only that it could not open the file: whether this process may open any is asked of the system. */
function whyNotOpened(file: string): ErrorCode {
  const opened: number[] = [];
  try {
    // As many as SQLite wants, which has given back its own by now.
    for (let handle = 0; handle < 3; handle += 1) opened.push(openSync(path.dirname(file), 'r'));
  } catch (error) {
    const coded = fromSystem(error, 'target', file);
    if (isEnvelopeError(coded, 'too-many-open')) return coded.code;
  } finally {
    opened.forEach(closeSync);
  }
  return 'target-unwritable';
}

/** The primary result code; the higher bits only say more. */
function sqliteCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number')
    return undefined;
  return error.errcode & 0xff;
}
