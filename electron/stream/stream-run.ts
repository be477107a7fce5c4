/** @file One job in the pool, from `run` until it settles. */
import { EnvelopeError } from '../../shared/errors.ts';
import { Claims } from './claims.ts';
import { HEADER_BYTES, readStreamHeader } from './header.ts';
import type { ResealJob, RunOptions, StreamJob, StreamResult } from './job.ts';
import { plaintextLength, S, segmentCount, TAG_BYTES } from './sizes.ts';
import type { Failure, Outcome, Task } from './task.ts';

/** Below this many segments for each, another helper costs more than it brings. */
const SEGMENTS_PER_HELPER = 8;
/** Every helper holds the whole plan of an archive, so a long one gets few helpers. */
const PLANNED_ENTRIES = 200_000;
const PROGRESS_MS = 100;
const KEY_BYTES = 32;

export class StreamRun {
  readonly #job: Task['job'];
  readonly #fileKey = new Uint8Array(new SharedArrayBuffer(KEY_BYTES));
  /** Only of a job that seals again. */
  readonly #oldKey: Uint8Array<SharedArrayBuffer> | undefined;
  readonly #plaintextLength: number;
  readonly #claims: Claims;
  readonly #settled = Promise.withResolvers<StreamResult>();
  readonly #onProgress: ((bytes: number) => void) | undefined;
  readonly #maxHelpers: number;
  readonly #notes: StreamResult['notes'][number][] = [];
  #helpers = 0;
  #leaving = 0;
  #reported = 0;
  #timer: NodeJS.Timeout | undefined;
  #failure: Failure | undefined;
  /** Set by a cancel or a lost worker; outranks what the helpers say, who only see that they shall stop. */
  #stopped: EnvelopeError | undefined;

  /** @throws EnvelopeError `body-cut-short` for an impossible F, `source-too-large` */
  constructor(job: StreamJob, { onProgress }: RunOptions = {}) {
    const { fileKey, ...rest } = job;
    if (readStreamHeader(job.header) === undefined) throw new Error('not a stream header');
    this.#plaintextLength = plaintextLengthOf(job);
    this.#claims = new Claims(segmentCount(this.#plaintextLength));
    this.#maxHelpers = maxHelpers(job, this.#claims.segments);
    this.#onProgress = onProgress;
    // A view would take its whole underlying buffer along to the worker.
    this.#job = withoutKey({ ...rest, header: Uint8Array.from(job.header) });
    copyKey(fileKey, this.#fileKey);
    if (job.kind === 'reseal') {
      this.#oldKey = new Uint8Array(new SharedArrayBuffer(KEY_BYTES));
      copyKey(job.oldKey, this.#oldKey);
    }
  }

  get settled(): Promise<StreamResult> {
    return this.#settled.promise;
  }

  /** Segments nobody has claimed yet; a stopped run has none. */
  get unclaimed(): number {
    return this.#stopped === undefined ? this.#claims.unclaimed : 0;
  }

  get helpers(): number {
    return this.#helpers;
  }

  /** Helpers that were asked to leave and have not yet. */
  get leaving(): number {
    return this.#leaving;
  }

  /** Helpers that could go elsewhere and have not been asked yet. One always stays. */
  get spare(): number {
    return this.unclaimed === 0 ? 0 : Math.max(0, this.#helpers - this.#leaving - 1);
  }

  /** Whether one more helper would be of use. */
  get wantsHelp(): boolean {
    return this.#helpers < this.#maxHelpers && this.unclaimed > 0 && this.#leaving === 0;
  }

  /** A worker joins, with the returned task. */
  join(): Task {
    this.#helpers++;
    if (this.#onProgress) this.#timer ??= setInterval(() => this.#report(), PROGRESS_MS);
    return {
      job: this.#job,
      fileKey: this.#fileKey.buffer,
      ...(this.#oldKey === undefined ? {} : { oldKey: this.#oldKey.buffer }),
      plaintextLength: this.#plaintextLength,
      claims: this.#claims.memory,
    };
  }

  /** Asks one helper to leave the job to the others. */
  askToLeave(): void {
    this.#leaving++;
    this.#claims.askToLeave();
  }

  /** A worker let go. */
  leave({ notes, failure }: Outcome): void {
    this.#helpers--;
    this.#leaving = Math.max(0, this.#leaving - 1);
    this.#notes.push(...notes);
    // The first bad segment is reported, whichever worker was faster.
    if (failure && failure.segment < (this.#failure?.segment ?? Infinity)) this.#failure = failure;
    if (this.#helpers === 0) this.#settle();
  }

  /** A worker is gone; no other may finish what it left half done. */
  lose(cause: unknown): void {
    this.#helpers--;
    this.#stop(lossBy(cause));
  }

  /** Settles as `cancelled` as soon as every helper has let go. */
  cancel(): void {
    this.#stop(new EnvelopeError('cancelled', 'the job was cancelled'));
  }

  #stop(error: EnvelopeError): void {
    this.#stopped ??= error;
    this.#claims.cancel();
    if (this.#helpers === 0) this.#settle();
  }

  #settle(): void {
    clearInterval(this.#timer);
    this.#fileKey.fill(0);
    this.#oldKey?.fill(0);
    const error = this.#error();
    if (error !== undefined) {
      this.#settled.reject(error);
      return;
    }
    this.#onProgress?.(this.#plaintextLength);
    this.#settled.resolve({ bytes: this.#plaintextLength, notes: this.#notes });
  }

  #error(): Error | undefined {
    if (this.#stopped !== undefined) return this.#stopped;
    if (this.#failure !== undefined) return errorOf(this.#failure);
    if (this.#claims.finished === this.#claims.segments) return undefined;
    return new Error(`${this.#claims.finished} of ${this.#claims.segments} segments were finished`);
  }

  /** Counts as if the first segments had been finished and all were full: right but for less than a segment. */
  #report(): void {
    const { finished, segments } = this.#claims;
    const bytes = finished * (S - TAG_BYTES) - HEADER_BYTES;
    if (finished === segments || bytes <= this.#reported) return;
    this.#reported = bytes;
    this.#onProgress?.(bytes);
  }
}

function copyKey(from: Uint8Array, to: Uint8Array): void {
  if (from.length !== KEY_BYTES) throw new Error('a file key is 32 bytes');
  to.set(from);
}

/** What goes to a worker by message: its keys are in shared memory, which is zero-filled. */
function withoutKey(job: Task['job'] | Omit<ResealJob, 'fileKey'>): Task['job'] {
  if (job.kind !== 'reseal' || !('oldKey' in job)) return job;
  const { oldKey: _, ...rest } = job;
  return { ...rest, oldHeader: Uint8Array.from(rest.oldHeader) };
}

function plaintextLengthOf(job: StreamJob): number {
  if (job.kind === 'seal') {
    return job.source.kind === 'file' ? job.source.size : job.source.plan.size;
  }
  const length = plaintextLength(job.body.length);
  if (length === undefined) {
    throw new EnvelopeError('body-cut-short', 'no body has this length', { length: job.body.length });
  }
  return length;
}

function maxHelpers(job: StreamJob, segments: number): number {
  if (job.kind === 'extract') return 1;
  const useful = Math.ceil(segments / SEGMENTS_PER_HELPER);
  if (job.kind !== 'seal' || job.source.kind === 'file') return useful;
  return Math.min(useful, Math.max(1, Math.floor(PLANNED_ENTRIES / job.source.plan.entries.length)));
}

/** A bug in a worker fails the job with the worker's own stack. */
function errorOf({ why }: Failure): Error {
  if (why.kind === 'error') return EnvelopeError.fromRecord(why.record);
  const error = new Error(why.message);
  if (why.stack !== undefined) error.stack = why.stack;
  return error;
}

/** A thread needs files of its own to start, and Node says in several ways that it did not get them. */
const NO_HANDLES = /\bE[MN]FILE\b|too many open files/i;

function lossBy(cause: unknown): EnvelopeError {
  const code = cause instanceof Error && NO_HANDLES.test(cause.message) ? 'too-many-open' : 'worker-lost';
  return new EnvelopeError(code, 'a worker thread ended unexpectedly', {}, cause);
}
