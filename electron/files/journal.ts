/** @file The journal: which temporaries this process has made, for the next start to know after a crash. */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { ioErrors } from './io-error.ts';
import { deviceOf } from './device.ts';
import { fsyncFolder } from './fsync-folder.ts';
import { folderOf, type JournalEntry, pathsOf } from './journal-entry.ts';
import { createJournalFile, type JournalFile, releaseJournalFile } from './journal-folder.ts';
import type { FileHandle } from './file-handle.ts';
import { open } from './fs.ts';

/** Bytes at which a journal with nothing open in it starts over. */
const START_OVER = 1_048_576;

/** So many jobs that are over are settled at once. */
const SETTLE_AT_ONCE = 256;

/** A job's last entry as it stands in the journal, and where its temporaries are that may come back. */
type Line = { text: string; folder: string | undefined };

const yesOrNo = [() => true, () => false] as const;

/** Lines that go to disk in one write; `written` settles when they, if `sync`, survive a power failure. */
type Batch = { lines: string[]; sync: boolean; written: Promise<void> };

/**
 * One per process. Its file is made at the first note and locked while the process lives; it is removed on closing
 * unless a job is left open. See `recover.ts` for who reads it.
 */
export class Journal implements AsyncDisposable {
  readonly #folder: string;
  /** The last line of each job that is not done; empty until it is on disk. */
  readonly #open = new Map<string, Line>();
  /** Jobs that are over, though a power failure could bring their temporaries back. */
  readonly #unsettled = new Map<string, Line>();
  #settling: Promise<void> = Promise.resolve();
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
    const text = JSON.stringify(device === undefined ? entry : { ...entry, device });
    if (this.#open.get(entry.job)?.text === text) return;
    const line = { text, folder: entry.kind === 'open' ? undefined : folderOf(entry) };
    if (!this.#open.has(entry.job)) this.#open.set(entry.job, { ...line, text: '' });
    await this.#append(text, true);
    this.#open.set(entry.job, line);
  }

  /**
   * Ends a job of which no temporary is left. For an open the caller has brought that to the disk, for plaintext must not
   * come back; for all others the journal does it, many at a time, before it says so. The line itself is not fsynced, and a
   * failure is ignored: without it the next start looks for names that are gone.
   */
  async done(job: string): Promise<void> {
    const line = this.#open.get(job);
    if (line === undefined) return;
    this.#open.delete(job);
    if (line.folder === undefined) await this.#writeDone([job]);
    else {
      this.#unsettled.set(job, line);
      if (this.#unsettled.size === SETTLE_AT_ONCE) await this.#settle();
    }
  }

  /** Waits for what is being written and releases the lock. Jobs that are not done are left to the next start. */
  async close(): Promise<void> {
    await this.#settle();
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

  async #settle(): Promise<void> {
    this.#settling = this.#settling.then(async () => await this.#settleNow());
    await this.#settling;
  }

  /** Brings to the disk that the temporaries are gone. Where that fails they are left to the next start. */
  async #settleNow(): Promise<void> {
    const jobs = [...this.#unsettled];
    const folders = new Map<string, Promise<boolean>>();
    const isOnDisk = async ({ folder = '' }: Line): Promise<boolean> => {
      const asked = folders.get(folder) ?? fsyncFolder(folder).then(...yesOrNo);
      folders.set(folder, asked);
      return await asked;
    };
    const settled: string[] = [];
    for (const [job, line] of jobs) {
      if (await isOnDisk(line)) settled.push(job);
      else this.#open.set(job, line);
      this.#unsettled.delete(job);
    }
    await this.#writeDone(settled);
  }

  async #writeDone(jobs: readonly string[]): Promise<void> {
    const lines = jobs.map(async (job) => await this.#append(JSON.stringify({ done: job }), false));
    await Promise.all(lines).catch(() => {});
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
        if (this.#end > START_OVER && this.#open.size === 0 && this.#unsettled.size === 0) {
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
