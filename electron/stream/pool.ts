/** @file The pool: jobs come in, worker threads work them off. Only counts and errors come back. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { EnvelopeError } from '../../shared/errors.ts';
import type { RunOptions, StreamJob, StreamResult, StreamRunner } from './job.ts';
import { StreamRun } from './stream-run.ts';
import type { Outcome, ThreadOptions } from './task.ts';
import { secluded } from '../files/secluded.ts';

const MAX_WORKERS = 16;

export type StreamPoolOptions = {
  /** At most this many threads, 1 to 16; as many as the machine runs at once if not given. */
  workers?: number;
  /** Whether its threads let everything else of this program go first (give-way.ts): where there is a window to answer. */
  givesWay?: boolean;
  /** So many threads are started at once, before there is a job: where one is sure to come, and a thread takes its time. */
  early?: number;
  /** How a thread is started; a parameter so that tests can watch it and end it. */
  startWorker?: typeof startWorker;
};

/** A pool whose threads are started when a job needs them, unless `early` says more, and keep no process alive while idle. */
export function createStreamPool(options: StreamPoolOptions = {}): StreamRunner {
  return new StreamPool(options);
}

/** Starts a thread of the pool: as source beside this file, or bundled in the same folder. */
export function startWorker(options: ThreadOptions): Worker {
  const file = import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js';
  return new Worker(new URL(file, import.meta.url), {
    workerData: options,
    ...secluded,
    // Of a worker's own memory only the plan of an archive grows with the job.
    resourceLimits: { maxOldGenerationSizeMb: 1024, maxYoungGenerationSizeMb: 16 },
  });
}

class StreamPool implements StreamRunner {
  readonly #maxWorkers: number;
  readonly #startWorker: typeof startWorker;
  readonly #givesWay: boolean;
  /** Every living thread, and the run it helps. */
  readonly #threads = new Map<Worker, StreamRun | undefined>();
  /** Runs that no thread has joined yet, first come first served. */
  readonly #queue: StreamRun[] = [];
  readonly #running = new Set<StreamRun>();
  #disposed = false;

  constructor(options: StreamPoolOptions) {
    const wanted = options.workers ?? availableParallelism();
    this.#maxWorkers = Math.min(MAX_WORKERS, Math.max(1, Math.floor(wanted)));
    this.#startWorker = options.startWorker ?? startWorker;
    this.#givesWay = options.givesWay ?? false;
    const early = Math.min(this.#maxWorkers, options.early ?? 0);
    while (this.#threads.size < early) this.#start();
  }

  async run(job: StreamJob, options: RunOptions = {}): Promise<StreamResult> {
    if (this.#disposed) throw new Error('the stream pool was disposed of');
    if (options.signal?.aborted) throw new EnvelopeError('cancelled', 'the job was cancelled');
    const run = new StreamRun(job, options);
    const cancel = () => this.#cancel(run);
    options.signal?.addEventListener('abort', cancel);
    this.#queue.push(run);
    this.#schedule();
    try {
      return await run.settled;
    } finally {
      options.signal?.removeEventListener('abort', cancel);
      this.#running.delete(run);
    }
  }

  /** Cancels what is left and ends the threads. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed = true;
    const runs = [...this.#queue, ...this.#running];
    for (const run of runs) this.#cancel(run);
    await Promise.allSettled(runs.map(async (run) => await run.settled));
    await Promise.all([...this.#threads.keys()].map(async (worker) => await worker.terminate()));
  }

  #cancel(run: StreamRun): void {
    const position = this.#queue.indexOf(run);
    if (position !== -1) this.#queue.splice(position, 1);
    run.cancel();
  }

  /** Waiting runs come first, each with one thread; then free threads help where most is left. */
  #schedule(): void {
    for (let run = this.#queue[0]; run !== undefined; run = this.#queue[0]) {
      const worker = this.#freeWorker();
      if (worker === undefined) {
        this.#askToLeave(this.#queue.length);
        return;
      }
      this.#queue.shift();
      this.#running.add(run);
      this.#assign(worker, run);
    }
    for (let run = this.#neediest(); run !== undefined; run = this.#neediest()) {
      const worker = this.#freeWorker();
      if (worker === undefined) return;
      this.#assign(worker, run);
    }
  }

  #freeWorker(): Worker | undefined {
    for (const [worker, run] of this.#threads) if (run === undefined) return worker;
    return this.#threads.size < this.#maxWorkers ? this.#start() : undefined;
  }

  #neediest(): StreamRun | undefined {
    return [...this.#running].filter((run) => run.wantsHelp).sort((a, b) => leftEach(b) - leftEach(a))[0];
  }

  /** Frees up to `wanted` threads from runs that several are helping. */
  #askToLeave(wanted: number): void {
    const leaving = [...this.#running].reduce((sum, run) => sum + run.leaving, 0);
    for (let missing = wanted - leaving; missing > 0; missing--) {
      const richest = [...this.#running].sort((a, b) => b.spare - a.spare)[0];
      if (richest === undefined || richest.spare === 0) return;
      richest.askToLeave();
    }
  }

  #start(): Worker {
    const worker = this.#startWorker({ givesWay: this.#givesWay });
    let cause: unknown;
    worker.on('message', (outcome: Outcome) => {
      worker.unref();
      const run = this.#threads.get(worker);
      this.#threads.set(worker, undefined);
      run?.leave(outcome);
      this.#schedule();
    });
    worker.on('error', (error) => {
      cause = error;
    });
    // Only now is it certain that the thread touches nothing any more.
    worker.on('exit', () => {
      const run = this.#threads.get(worker);
      this.#threads.delete(worker);
      run?.lose(cause);
      this.#schedule();
    });
    worker.unref();
    this.#threads.set(worker, undefined);
    return worker;
  }

  #assign(worker: Worker, run: StreamRun): void {
    this.#threads.set(worker, run);
    worker.ref();
    worker.postMessage(run.join());
  }
}

function leftEach(run: StreamRun): number {
  return run.unclaimed / run.helpers;
}
