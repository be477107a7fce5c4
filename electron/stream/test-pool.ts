/** @file For the tests of the pool: files to work on, and threads that can be watched and ended. */
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import path from 'node:path';
import type { Worker } from 'node:worker_threads';
import { writeStreamHeader } from './header.ts';
import type { OpenJob, SealJob } from './job.ts';
import { startWorker } from './pool.ts';
import type { Task, ThreadOptions } from './task.ts';

export const MiB = 1_048_576;

const header = writeStreamHeader(new Uint8Array(32).fill(3), Uint8Array.from([1, 2, 3, 4, 5, 6, 7]));

/** The tests' file key: bytes that no wiped buffer has. */
export const fileKey = (): Uint8Array => new Uint8Array(32).fill(0xa5);

/** A folder of its own with descriptors, all gone when it is disposed of. */
export class Bench implements Disposable {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'envelope-stream-'));
  readonly #open: number[] = [];
  #names = 0;

  path(): string {
    return path.join(this.folder, String(this.#names++));
  }

  fd(file: string, flags: string): number {
    const fd = openSync(file, flags);
    this.#open.push(fd);
    return fd;
  }

  file(bytes: Uint8Array): string {
    const file = this.path();
    writeFileSync(file, bytes);
    return file;
  }

  seal(plaintext: Uint8Array): { job: SealJob; body: string } {
    const body = this.path();
    const source = { kind: 'file' as const, fd: this.fd(this.file(plaintext), 'r'), size: plaintext.length };
    return { job: { kind: 'seal', source, target: this.fd(body, 'wx'), header, fileKey: fileKey() }, body };
  }

  open(body: string): { job: OpenJob; plain: string } {
    const plain = this.path();
    const target = this.fd(plain, 'wx');
    const source = { fd: this.fd(body, 'r'), length: readFileSync(body).length };
    return { job: { kind: 'open', body: source, target, header, fileKey: fileKey() }, plain };
  }

  /** Sealing a terabyte of holes into nowhere: it does not end by itself, and takes no room. */
  endless(): SealJob {
    const size = 2 ** 40;
    const file = this.file(new Uint8Array());
    truncateSync(file, size);
    const source = { kind: 'file' as const, fd: this.fd(file, 'r'), size };
    return { kind: 'seal', source, target: this.fd(devNull, 'w'), header, fileKey: fileKey() };
  }

  [Symbol.dispose](): void {
    for (const fd of this.#open) closeSync(fd);
    rmSync(this.folder, { recursive: true });
  }
}

/** Starts the pool's real threads and notes what they are given. */
export class Watch {
  readonly workers: Worker[] = [];
  readonly tasks: Task[] = [];
  /** Which of `workers` each of `tasks` went to. */
  readonly takers: Worker[] = [];
  /** Tasks that came back. */
  outcomes = 0;

  start = (options: ThreadOptions): Worker => {
    const worker = startWorker(options);
    const postMessage = worker.postMessage.bind(worker);
    worker.postMessage = (task: Task) => {
      this.tasks.push(task);
      this.takers.push(worker);
      postMessage(task);
    };
    worker.on('message', () => this.outcomes++);
    this.workers.push(worker);
    return worker;
  };

  /** The key bytes as the workers have them. */
  keys(): Uint8Array[] {
    return this.tasks.map(({ fileKey }) => new Uint8Array(fileKey));
  }
}
