import type { Row } from '../../shared/desktop.ts';
import type { ErrorRecord } from '../../shared/errors.ts';
import type { Shown } from './changes.ts';
import type { Item } from './job.ts';
import { Speed } from './speed.ts';

/** What came of a row. */
export type Done = Pick<Row, 'size' | 'place' | 'requestIds' | 'keys' | 'binned' | 'notes' | 'waiting'> &
  Partial<Pick<Row, 'name' | 'from'>>;

/** One file of a batch in the queue. */
export class QueuedRow implements Shown<Row> {
  readonly item: Item;
  readonly abort = new AbortController();
  readonly #row: Row;
  readonly #speed = new Speed();

  constructor(item: Item, about: Pick<Row, 'id' | 'batch' | 'operation' | 'name' | 'keys'>) {
    this.item = item;
    this.#row = {
      ...about,
      state: 'waiting',
      size: item.size,
      done: 0,
      speed: 0,
      requestIds: [],
      binned: false,
      notes: [],
    };
  }

  get id(): string {
    return this.#row.id;
  }

  get state(): Row['state'] {
    return this.#row.state;
  }

  get place(): string | undefined {
    return this.#row.place;
  }

  get over(): boolean {
    return this.#row.state !== 'waiting' && this.#row.state !== 'running';
  }

  begin(): void {
    this.#row.state = 'running';
    this.#row.started = new Date().toISOString();
    this.#speed.add(0, performance.now());
  }

  /** `bytes` done so far. A body is a little longer than what is in it, so it may end below `size`. */
  progress(bytes: number): void {
    this.#row.done = Math.min(bytes, this.#row.size);
    this.#speed.add(bytes, performance.now());
  }

  done(outcome: Done): void {
    Object.assign(this.#row, outcome, { done: outcome.size });
    this.#end('done');
  }

  /** Its envelope has other keys now, and may be elsewhere. */
  rekey(now: Pick<Row, 'place' | 'keys' | 'waiting'>): void {
    Object.assign(this.#row, now);
  }

  skip(): void {
    this.#end('skipped');
  }

  /** A cancel is no failure. */
  fail(error: ErrorRecord): void {
    if (error.code === 'cancelled') {
      this.#end('cancelled');
      return;
    }
    this.#row.error = error;
    this.#end('failed');
  }

  #end(state: Row['state']): void {
    this.#row.state = state;
    this.#row.ended = new Date().toISOString();
  }

  /** As the page sees it. */
  show(now: number): Row {
    const speed = this.#row.state === 'running' ? this.#speed.at(now) : 0;
    return { ...this.#row, speed };
  }
}
