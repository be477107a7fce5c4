/**
 * @file The record of a run: what was chosen, and what came of each envelope so far. It outlives the process, so that the
 * rest can be done after a crash, and it is what the report is made of.
 */
import { type FileHandle, open } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import path from 'node:path';
import { EnvelopeError } from '../../shared/errors.ts';
import type { AccessProof, AccessResult } from '../../shared/rewrap.ts';
import { removeFile } from '../files/atomic.ts';
import { fsyncFolder } from '../files/fsync-folder.ts';
import { ioErrors } from '../files/io-error.ts';
import { FileLock } from '../files/lock.ts';
import { makePrivateFolder } from '../settings/places.ts';
import { type Begun, parseLine, type RecordHead, type RecordLine } from './record-line.ts';

export const RECORD = '.jsonl';
const LOCK = '.lock';

export const recordFile = (folder: string, id: string): string => path.join(folder, id + RECORD);

/** The lines of a record, as a stream. A torn last line is passed over. Errors of the disk, coded. */
export async function* readRecord(file: string): AsyncGenerator<RecordLine, void, undefined> {
  const input = createReadStream(file, { encoding: 'utf8' });
  try {
    await ioErrors('source', file, async () => await opened(input));
    for await (const text of createInterface({ input, crlfDelay: Infinity })) {
      const line = parseLine(text);
      if (line !== undefined) yield line;
    }
  } finally {
    input.destroy();
  }
}

async function opened(stream: ReturnType<typeof createReadStream>): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  stream.once('open', () => {
    resolve();
  });
  stream.once('error', reject);
  await promise;
}

/** A record that this process writes to. Its lock tells others that the run lives. */
export class RunRecord implements AsyncDisposable {
  readonly file: string;
  readonly head: RecordHead;
  readonly #handle: FileHandle;
  readonly #lock: FileLock;
  #unwritten: string[] = [];
  #writing: Promise<void> = Promise.resolve();

  private constructor(file: string, head: RecordHead, handle: FileHandle, lock: FileLock) {
    this.file = file;
    this.head = head;
    this.#handle = handle;
    this.#lock = lock;
  }

  /**
   * A new record, on disk before anything is changed. @param folder of all records; it is made if need be
   * @throws EnvelopeError those of the disk, with `target-…`
   */
  static async create(folder: string, head: RecordHead): Promise<RunRecord> {
    await makePrivateFolder(folder);
    const file = recordFile(folder, head.id);
    const lock = take(file);
    try {
      const handle = await ioErrors('target', file, async () => await open(file, 'wx', 0o600));
      const record = new RunRecord(file, head, handle, lock);
      await record.#append({ head }, true);
      await fsyncFolder(folder);
      return record;
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  /** A record that nobody alive writes to. @throws EnvelopeError `usage` if somebody does; those of the disk */
  static async reopen(file: string, head: RecordHead): Promise<RunRecord> {
    const lock = take(file);
    try {
      const handle = await ioErrors('target', file, async () => await open(file, 'a', 0o600));
      const record = new RunRecord(file, head, handle, lock);
      // A line of its own: a crash may have left half a one.
      await record.#write('\n', false);
      return record;
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  /** Notes what came of an envelope. It is in the system's hands when this settles: a killed process loses nothing. */
  async result(result: AccessResult): Promise<void> {
    await this.#append({ result }, false);
  }

  /** Notes, durably, what is about to be done to an envelope. */
  async begun(begun: Begun): Promise<void> {
    await this.#append({ begun }, true);
  }

  async proof(proof: AccessProof): Promise<void> {
    await this.#append({ proof }, true);
  }

  async ended(complete: boolean): Promise<void> {
    await this.#append({ ended: { at: new Date().toISOString(), complete } }, true);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#writing.catch(() => undefined);
    await this.#handle.close();
    this.#lock.release();
  }

  async #append(line: RecordLine, sync: boolean): Promise<void> {
    await this.#write(`${JSON.stringify(line)}\n`, sync);
  }

  /** Lines that come together are one write. */
  async #write(text: string, sync: boolean): Promise<void> {
    this.#unwritten.push(text);
    const before = this.#writing;
    const written = (async () => {
      await before.catch(() => undefined);
      const texts = this.#unwritten;
      this.#unwritten = [];
      await ioErrors('target', this.file, async () => {
        if (texts.length > 0) await this.#handle.appendFile(texts.join(''));
        if (sync) await this.#handle.datasync();
      });
    })();
    this.#writing = written;
    await written;
  }
}

function take(file: string): FileLock {
  const lock = FileLock.take(lockOf(file));
  if (lock !== undefined) return lock;
  throw new EnvelopeError('usage', 'another process is at it', {
    reason: 'Another window or command is at it now.',
  });
}

export const lockOf = (file: string): string => file.slice(0, -RECORD.length) + LOCK;

/** Takes a record away that nobody writes to. @throws EnvelopeError `usage` if somebody does */
export async function removeRecord(file: string): Promise<void> {
  {
    using _lock = take(file);
    await removeFile(file);
  }
  // Some systems do not remove an open file; a lock without a record is nobody's.
  await removeFile(lockOf(file)).catch(() => undefined);
}
