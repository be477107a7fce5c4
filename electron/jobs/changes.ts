/** @file What changed in the queue, told at most ten times a second whatever goes on in it. */
import type { Batch, JobsChange, Row } from '../../shared/desktop.ts';

const INTERVAL = 100;

/** A row or batch that looks at its own speed when it is told. */
export type Shown<T extends Row | Batch> = { show(now: number): T };

export class Changes implements Disposable {
  readonly #send: (change: JobsChange) => void;
  #rows = new Set<Shown<Row>>();
  #batches = new Set<Shown<Batch>>();
  #gone: string[] = [];
  #timer: NodeJS.Timeout | undefined;
  #sentAt = -INTERVAL;

  constructor(send: (change: JobsChange) => void) {
    this.#send = send;
  }

  row(row: Shown<Row>): void {
    this.#rows.add(row);
    this.#plan();
  }

  batch(batch: Shown<Batch>): void {
    this.#batches.add(batch);
    this.#plan();
  }

  /** Ids of rows and batches that are no more. */
  gone(ids: Iterable<string>): void {
    this.#gone.push(...ids);
    this.#plan();
  }

  /** Tells what is left to tell, at once. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const now = performance.now();
    this.#sentAt = now;
    const change: JobsChange = {
      rows: [...this.#rows].map((row) => row.show(now)),
      batches: [...this.#batches].map((batch) => batch.show(now)),
      gone: this.#gone,
    };
    this.#rows = new Set();
    this.#batches = new Set();
    this.#gone = [];
    if (change.rows.length + change.batches.length + change.gone.length > 0) this.#send(change);
  }

  #plan(): void {
    this.#timer ??= setTimeout(
      () => {
        this.flush();
      },
      Math.max(0, this.#sentAt + INTERVAL - performance.now()),
    );
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
