/** @file What changed in the queue, told at most ten times a second whatever goes on in it, and never too much at once. */
import type { Batch, JobsChange, Row } from '../../shared/desktop.ts';

const INTERVAL = 100;
/**
 * Rows told at once. The page takes each of them in value by value and draws nothing meanwhile: with ten thousand it would
 * stand still for most of a second, with these for a third of a frame. 2,500 a second are more than are sealed in one.
 */
export const ROWS_AT_ONCE = 250;

/** A row or batch that looks at its own speed when it is told. */
export type Shown<T extends Row | Batch> = { readonly id: string; show(now: number): T };

export class Changes implements Disposable {
  readonly #send: (change: JobsChange) => void;
  /** By id, those that have waited longest first: new rows keep their order. */
  readonly #rows = new Map<string, Shown<Row>>();
  readonly #batches = new Map<string, Shown<Batch>>();
  #gone: string[] = [];
  #timer: NodeJS.Timeout | undefined;
  #sentAt = -INTERVAL;

  constructor(send: (change: JobsChange) => void) {
    this.#send = send;
  }

  row(row: Shown<Row>): void {
    this.#rows.set(row.id, row);
    this.#plan();
  }

  batch(batch: Shown<Batch>): void {
    this.#batches.set(batch.id, batch);
    this.#plan();
  }

  /** Ids of rows and batches that are no more. What waited to be told of them is told no more, either. */
  gone(ids: Iterable<string>): void {
    for (const id of ids) {
      this.#rows.delete(id);
      this.#batches.delete(id);
      this.#gone.push(id);
    }
    this.#plan();
  }

  /** Tells all that is left to tell, at once. */
  flush(): void {
    this.#tell(Infinity);
  }

  #tell(limit: number): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const now = performance.now();
    this.#sentAt = now;
    const rows = this.#takeRows(limit, now);
    const change: JobsChange = { rows, batches: this.#takeBatches(now), gone: this.#gone };
    this.#gone = [];
    if (change.rows.length + change.batches.length + change.gone.length > 0) this.#send(change);
    if (this.#rows.size > 0) this.#plan();
  }

  #takeRows(limit: number, now: number): Row[] {
    const taken: Row[] = [];
    for (const [id, row] of this.#rows) {
      if (taken.length >= limit) break;
      this.#rows.delete(id);
      taken.push(row.show(now));
    }
    return taken;
  }

  /** A batch is not over before its rows are: while rows wait, so do batches that ended. */
  #takeBatches(now: number): Batch[] {
    const taken: Batch[] = [];
    for (const [id, shown] of this.#batches) {
      const batch = shown.show(now);
      if (batch.ended !== undefined && this.#rows.size > 0) continue;
      this.#batches.delete(id);
      taken.push(batch);
    }
    return taken;
  }

  #plan(): void {
    this.#timer ??= setTimeout(
      () => {
        this.#tell(ROWS_AT_ONCE);
      },
      Math.max(0, this.#sentAt + INTERVAL - performance.now()),
    );
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
