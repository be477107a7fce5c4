/** @file What the pool and the workers of one job share: who takes which segment, and when to stop. */
import { EnvelopeError } from '../../shared/errors.ts';

// Words of the shared memory. Counters need 32 bits (2^31 segments), so they are read as unsigned.
const NEXT = 0;
const FINISHED = 1;
const LEAVING = 2;
const CANCELLED = 3;
const WORDS = 4;

/** Hands every segment number of one job out exactly once, across threads. */
export class Claims {
  readonly segments: number;
  readonly memory: SharedArrayBuffer;
  readonly #counters: Uint32Array<SharedArrayBuffer>;
  /** The same memory, as `Atomics.wait` wants it. */
  readonly #flags: Int32Array<SharedArrayBuffer>;
  /** The segment that this thread claimed last; -1 before the first. */
  current = -1;

  /** Of a new job; with `memory`, as another thread sees the same job. */
  constructor(segments: number, memory = new SharedArrayBuffer(WORDS * 4)) {
    this.segments = segments;
    this.memory = memory;
    this.#counters = new Uint32Array(memory);
    this.#flags = new Int32Array(memory);
  }

  /**
   * The next segment to work on; `undefined` if none is left or this worker is wanted elsewhere.
   * @throws EnvelopeError `cancelled`
   */
  claim(): number | undefined {
    this.throwIfCancelled();
    if (this.#leave()) return undefined;
    const index = Atomics.add(this.#counters, NEXT, 1);
    if (index >= this.segments) return undefined;
    this.current = index;
    return index;
  }

  /** The segment claimed last is done. */
  finish(): void {
    Atomics.add(this.#counters, FINISHED, 1);
  }

  get finished(): number {
    return Atomics.load(this.#counters, FINISHED);
  }

  get unclaimed(): number {
    return Math.max(0, this.segments - Atomics.load(this.#counters, NEXT));
  }

  /** Nothing more is handed out. Segments being worked on are finished, so the first bad one is always found. */
  close(): void {
    Atomics.store(this.#counters, NEXT, this.segments);
  }

  /** Asks one of several workers to leave the job to the others. */
  askToLeave(): void {
    Atomics.add(this.#counters, LEAVING, 1);
  }

  #leave(): boolean {
    for (;;) {
      const asked = Atomics.load(this.#counters, LEAVING);
      if (asked === 0) return false;
      if (Atomics.compareExchange(this.#counters, LEAVING, asked, asked - 1) === asked) return true;
    }
  }

  /** Every worker drops what it does, at the next system call. */
  cancel(): void {
    Atomics.store(this.#flags, CANCELLED, 1);
    Atomics.notify(this.#flags, CANCELLED);
  }

  /** @throws EnvelopeError `cancelled` */
  throwIfCancelled(): void {
    if (Atomics.load(this.#flags, CANCELLED) === 1)
      throw new EnvelopeError('cancelled', 'the job was cancelled');
  }

  /** Blocks this thread for `ms` milliseconds, or until {@link cancel}. */
  pause(ms: number): void {
    Atomics.wait(this.#flags, CANCELLED, 0, ms);
  }
}
