/**
 * @file The beginnings of very many files. Each turn through Node's thread pool costs more than the reading of a small
 * file, and a file takes two; so they are handed to threads of our own, many at a time.
 */
import { Worker } from 'node:worker_threads';
import { EnvelopeError } from '../../shared/errors.ts';
import { peek, type Peeked } from './peek.ts';
import type { PeekedBatch, PeekRequest } from './peek-task.ts';
import { secluded } from './secluded.ts';

/** As {@link peek}. */
export type Peek = (path: string, limit: number, options?: { follow?: boolean }) => Promise<Peeked>;

/** Files that are looked at one by one, before threads are worth their start. */
const FIRST_FILES = 500;
const THREADS = 2;
/** Files in one message. */
const BATCH = 64;

const FILE = import.meta.url.endsWith('.ts') ? './peek-worker.ts' : './peek-worker.js';

const startWorker = (): Worker => new Worker(new URL(FILE, import.meta.url), secluded);

type Waiting = PeekRequest & {
  resolve: (peeked: Peeked | Promise<Peeked>) => void;
  reject: (error: unknown) => void;
};

export class Peeker implements AsyncDisposable {
  readonly #firstFiles: number;
  readonly #start: () => Worker;
  #asked = 0;
  #waiting: Waiting[] = [];
  #isGathering = false;
  #free: Worker[] = [];
  readonly #busy = new Map<Worker, readonly Waiting[]>();
  #started = 0;
  #isOver = false;

  /** For tests: `firstFiles` and `start`. */
  constructor({ firstFiles = FIRST_FILES, start = startWorker } = {}) {
    this.#firstFiles = firstFiles;
    this.#start = start;
  }

  /** Errors as `peek`; and `cancelled` once this is disposed of. */
  readonly peek: Peek = async (path, limit, { follow = false } = {}) => {
    this.#asked += 1;
    if (this.#asked <= this.#firstFiles) return await peek(path, limit, { follow });
    return await new Promise<Peeked>((resolve, reject) => {
      this.#waiting.push({ path, limit, follow, resolve, reject });
      if (this.#isGathering) return;
      this.#isGathering = true;
      setImmediate(() => {
        this.#isGathering = false;
        this.#hand();
      });
    });
  };

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isOver = true;
    const left = [...this.#waiting, ...[...this.#busy.values()].flat()];
    this.#waiting = [];
    const threads = [...this.#free, ...this.#busy.keys()];
    this.#busy.clear();
    this.#free = [];
    for (const { reject } of left) reject(new EnvelopeError('cancelled', 'nobody waits for it any more'));
    await Promise.all(threads.map(async (thread) => await thread.terminate()));
  }

  /** Gives what waits to threads that are free, as much as goes. */
  #hand(): void {
    while (this.#waiting.length > 0) {
      const thread = this.#free.pop() ?? (this.#started < THREADS ? this.#begin() : undefined);
      if (thread === undefined) return;
      const batch = this.#waiting.splice(0, BATCH);
      this.#busy.set(thread, batch);
      thread.postMessage(batch.map(({ path, limit, follow }): PeekRequest => ({ path, limit, follow })));
    }
  }

  #begin(): Worker {
    this.#started += 1;
    const thread = this.#start();
    thread.on('message', (answer: PeekedBatch) => {
      const batch = this.#busy.get(thread) ?? [];
      this.#busy.delete(thread);
      this.#free.push(thread);
      settle(batch, answer);
      this.#hand();
    });
    thread.on('error', () => {
      this.#lost(thread);
    });
    thread.on('exit', () => {
      this.#lost(thread);
    });
    return thread;
  }

  /** What a lost thread had is looked at without it, and it has no successor; without any, nobody waits for one. */
  #lost(thread: Worker): void {
    const batch = this.#busy.get(thread) ?? [];
    this.#busy.delete(thread);
    this.#free = this.#free.filter((one) => one !== thread);
    if (this.#isOver) return;
    const left = this.#busy.size + this.#free.length > 0 ? batch : [...batch, ...this.#waiting.splice(0)];
    if (this.#busy.size + this.#free.length === 0) this.#asked = Number.NEGATIVE_INFINITY;
    for (const { path, limit, follow, resolve } of left) resolve(peek(path, limit, { follow }));
  }
}

function settle(batch: readonly Waiting[], { bytes, answers }: PeekedBatch): void {
  for (const [index, { resolve, reject }] of batch.entries()) {
    const answer = answers[index];
    if (answer === undefined) reject(new Error('a thread did not answer for every file'));
    else if ('error' in answer) reject(EnvelopeError.fromRecord(answer.error));
    // A copy: what is kept of one file must not keep the others of its batch in memory.
    else resolve({ bytes: bytes.slice(answer.at, answer.at + answer.length), size: answer.size });
  }
}
