/** @file The journal: which temporaries this process has made, for the next start to know after a crash. */
import { randomUUID } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import path from 'node:path';
import { ioErrors } from './io-error.ts';
import { deviceOf } from './device.ts';
import { folderOf, type JournalEntry, pathsOf } from './journal-entry.ts';
import { createJournalFile, type JournalFile, releaseJournalFile } from './journal-folder.ts';

/** Bytes at which a journal with nothing open in it starts over. */
const START_OVER = 1_048_576;

/** Lines that go to disk in one write; `written` settles when they, if `sync`, survive a power failure. */
type Batch = { lines: string[]; sync: boolean; written: Promise<void> };

/**
 * One per process. Its file is made at the first note and locked while the process lives; it is removed on closing
 * unless a job is left open. See `recover.ts` for who reads it.
 */
export class Journal implements AsyncDisposable {
  readonly #folder: string;
  /** The last line of each job that is not done; empty until it is on disk. */
  readonly #open = new Map<string, string>();
  /** Folders being looked at now: notes that come together share the look as they share the fsync. */
  readonly #looks = new Map<string, Promise<string | undefined>>();
  #file: (JournalFile & { handle: FileHandle }) | undefined;
  /** Bytes written so far. */
  #end = 0;
  #next: Batch | undefined;
  #writing: Promise<void> = Promise.resolve();
  #closed = false;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Touches no disk. `folder`: the program's own, for journals of all its processes; it is made when needed. */
  static open(folder: string): Journal {
    return new Journal(path.resolve(folder));
  }

  /**
   * Notes a job, or what is new about it. Settles when the entry is on disk; only then may its temporaries be created.
   * Notes that come together share one fsync. A note that says nothing new costs nothing.
   * @throws EnvelopeError `disk-full`, `target-unwritable`, `io-failed`: the temporaries must not be created
   */
  async note(entry: JournalEntry): Promise<void> {
    if (!pathsOf(entry).every((noted) => path.isAbsolute(noted)))
      throw new Error('the journal takes absolute paths');
    const device = await this.#deviceOf(folderOf(entry));
    const line = JSON.stringify(device === undefined ? entry : { ...entry, device });
    if (this.#open.get(entry.job) === line) return;
    if (!this.#open.has(entry.job)) this.#open.set(entry.job, '');
    await this.#append(line, true);
    this.#open.set(entry.job, line);
  }

  /**
   * Ends a job of which no temporary is left. Not fsynced, and a failure is ignored: without this line the next start
   * looks for names that are gone.
   */
  async done(job: string): Promise<void> {
    if (!this.#open.delete(job)) return;
    await this.#append(JSON.stringify({ done: job }), false).catch(() => {});
  }

  /** Waits for what is being written and releases the lock. Jobs that are not done are left to the next start. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#writing;
    const file = this.#file;
    if (file === undefined) return;
    this.#file = undefined;
    await file.handle.close();
    releaseJournalFile(this.#folder, file, { remove: this.#open.size === 0 });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #deviceOf(folder: string): Promise<string | undefined> {
    const shared = this.#looks.get(folder);
    if (shared !== undefined) return shared;
    const look = deviceOf(folder).finally(() => this.#looks.delete(folder));
    this.#looks.set(folder, look);
    return look;
  }

  async #append(line: string, sync: boolean): Promise<void> {
    if (this.#closed) throw new Error('the journal is closed');
    if (this.#next === undefined) {
      const written = this.#writeAfter(this.#writing);
      this.#next = { lines: [], sync: false, written };
      this.#writing = written.catch(() => {});
    }
    this.#next.lines.push(line);
    this.#next.sync ||= sync;
    await this.#next.written;
  }

  /** Writes the next batch, which takes no more lines once `before` has settled. */
  async #writeAfter(before: Promise<void>): Promise<void> {
    await before;
    const batch = this.#next;
    this.#next = undefined;
    if (batch === undefined) return;
    await ioErrors('target', this.#folder, async () => {
      this.#file ??= await this.#create();
      const { handle } = this.#file;
      try {
        if (this.#end > START_OVER && this.#open.size === 0) {
          await handle.truncate(0);
          this.#end = 0;
        }
        const bytes = Buffer.from(`${batch.lines.join('\n')}\n`);
        await writeAll(handle, bytes, this.#end);
        if (batch.sync) await handle.datasync();
        this.#end += bytes.length;
      } catch (error) {
        // Half a line must not stand before the next one.
        await handle.truncate(this.#end).catch(() => {});
        throw error;
      }
    });
  }

  async #create(): Promise<JournalFile & { handle: FileHandle }> {
    const file = createJournalFile(this.#folder, randomUUID());
    try {
      return { ...file, handle: await open(file.path, 'r+') };
    } catch (error) {
      releaseJournalFile(this.#folder, file, { remove: true });
      throw error;
    }
  }
}

async function writeAll(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let written = 0; written < bytes.length;) {
    const { bytesWritten } = await handle.write(bytes, written, bytes.length - written, position + written);
    written += bytesWritten;
  }
}
