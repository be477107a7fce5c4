/** @file An open file whose calls are made at once where that is quick (`at-once.ts`). */
import * as fs from 'node:fs';
import { promisify } from 'node:util';
import { CallKind } from './at-once.ts';

/** What a whole file is written from; of several pieces, one after the other. */
type Whole = Uint8Array | string | AsyncIterable<string> | Iterable<string>;

/** What is used of an open file: the same of Node's `FileHandle` and of {@link Descriptor}. */
export interface FileHandle extends AsyncDisposable {
  readonly fd: number;
  stat(): Promise<fs.Stats>;
  stat(options: { bigint: true }): Promise<fs.BigIntStats>;
  read(into: Uint8Array, offset: number, length: number, position: number): Promise<{ bytesRead: number }>;
  write(from: Uint8Array, offset: number, length: number, at: number): Promise<{ bytesWritten: number }>;
  /** Everything, from where the file stands. */
  writeFile(bytes: Whole): Promise<void>;
  truncate(length: number): Promise<void>;
  chmod(mode: number): Promise<void>;
  chown(uid: number, gid: number): Promise<void>;
  sync(): Promise<void>;
  datasync(): Promise<void>;
  close(): Promise<void>;
}

const kinds = {
  look: new CallKind(),
  read: new CallKind(),
  write: new CallKind(),
  own: new CallKind(),
  sync: new CallKind(),
  close: new CallKind(),
};

const handed = {
  fstat: promisify(fs.fstat),
  read: promisify(fs.read),
  write: promisify(fs.write),
  writeFile: promisify(fs.writeFile),
  ftruncate: promisify(fs.ftruncate),
  fchmod: promisify(fs.fchmod),
  fchown: promisify(fs.fchown),
  fsync: promisify(fs.fsync),
  fdatasync: promisify(fs.fdatasync),
  close: promisify(fs.close),
};

/** An open file by its descriptor. Whoever opened it closes it, and makes no other call meanwhile. */
export class Descriptor implements FileHandle {
  /** -1 once it is closed. */
  #fd: number;

  constructor(fd: number) {
    this.#fd = fd;
  }

  get fd(): number {
    return this.#fd;
  }

  stat(): Promise<fs.Stats>;
  stat(options: { bigint: true }): Promise<fs.BigIntStats>;
  stat(options?: { bigint: true }): Promise<fs.Stats | fs.BigIntStats> {
    return kinds.look.make<fs.Stats | fs.BigIntStats>(
      () => fs.fstatSync(this.#fd, options),
      async () => await handed.fstat(this.#fd, options),
    );
  }

  read(into: Uint8Array, offset: number, length: number, position: number): Promise<{ bytesRead: number }> {
    return kinds.read.make(
      () => ({ bytesRead: fs.readSync(this.#fd, into, offset, length, position) }),
      async () => await handed.read(this.#fd, into, offset, length, position),
    );
  }

  write(from: Uint8Array, offset: number, length: number, at: number): Promise<{ bytesWritten: number }> {
    return kinds.write.make(
      () => ({ bytesWritten: fs.writeSync(this.#fd, from, offset, length, at) }),
      async () => await handed.write(this.#fd, from, offset, length, at),
    );
  }

  async writeFile(bytes: Whole): Promise<void> {
    if (typeof bytes === 'string' || bytes instanceof Uint8Array) await this.#writePiece(bytes);
    else for await (const piece of bytes) await this.#writePiece(piece);
  }

  #writePiece(bytes: Uint8Array | string): Promise<void> {
    return kinds.write.make(
      () => {
        fs.writeFileSync(this.#fd, bytes);
      },
      async () => {
        await handed.writeFile(this.#fd, bytes);
      },
    );
  }

  async truncate(length: number): Promise<void> {
    await handed.ftruncate(this.#fd, length);
  }

  chmod(mode: number): Promise<void> {
    return kinds.own.make(
      () => {
        fs.fchmodSync(this.#fd, mode);
      },
      async () => {
        await handed.fchmod(this.#fd, mode);
      },
    );
  }

  async chown(uid: number, gid: number): Promise<void> {
    await handed.fchown(this.#fd, uid, gid);
  }

  sync(): Promise<void> {
    return kinds.sync.make(
      () => {
        fs.fsyncSync(this.#fd);
      },
      async () => {
        await handed.fsync(this.#fd);
      },
    );
  }

  datasync(): Promise<void> {
    return kinds.sync.make(
      () => {
        fs.fdatasyncSync(this.#fd);
      },
      async () => {
        await handed.fdatasync(this.#fd);
      },
    );
  }

  /** Closing it again does nothing. */
  async close(): Promise<void> {
    const fd = this.#fd;
    if (fd === -1) return;
    this.#fd = -1;
    await kinds.close.make(
      () => {
        fs.closeSync(fd);
      },
      async () => {
        await handed.close(fd);
      },
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
