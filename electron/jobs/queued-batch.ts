/** @file One batch in the queue: its rows as they come, how far it is, and what cancels it. */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { type EnvelopeError, type ErrorRecord, isEnvelopeError } from '../../shared/errors.ts';
import type { Engine } from '../envelope/engine.ts';
import type { Opened } from '../envelope/open.ts';
import type { Sealed } from '../envelope/seal.ts';
import type { Verified } from '../envelope/verify.ts';
import type { Changes } from './changes.ts';
import type { Deed } from './deed.ts';
import type { History } from './history.ts';
import type { BatchEvent, BatchOptions, Item, Outcome } from './job.ts';
import { QueuedRow } from './queued-row.ts';
import type { Sessions } from './sessions.ts';
import { Tally } from './tally.ts';

/** Rows that the page gets of one batch, from its beginning. Of what comes after them it gets the failed ones. */
export const ROWS_SHOWN = 10_000;
/** How many of those. Counts are exact whatever is shown. */
const MORE_FAILED = 1_000;

type Value = Sealed | Opened | Verified;

export type BatchParts = {
  engine: Engine;
  changes: Changes;
  sessions: Sessions;
  /** Where rows of the page go when they are over, and the batch itself. */
  history: Pick<History, 'add' | 'addBatch'>;
};

export class QueuedBatch {
  readonly id = randomUUID();
  readonly rows = new Map<number, QueuedRow>();
  readonly tally: Tally;
  readonly #deed: Deed;
  readonly #parts: BatchParts;
  readonly #abort = new AbortController();
  /** How often sessions had been renewed when a file was last tried. */
  readonly #tried = new Map<number, number>();
  readonly #renewals: number;
  #moreFailed = 0;

  constructor(deed: Deed, parts: BatchParts) {
    this.#deed = deed;
    this.#parts = parts;
    this.#renewals = parts.sessions.renewals;
    this.tally = new Tally(this.id, deed.operation);
  }

  cancel(): void {
    this.#abort.abort();
  }

  /** Gives rows that failed or were cancelled to another batch. @returns how many files are left */
  give(rows: readonly QueuedRow[]): number {
    let left = Infinity;
    for (const { item, state } of rows) {
      this.rows.delete(item.index);
      left = this.tally.take(item, state === 'failed' ? 'failed' : 'cancelled');
    }
    if (this.tally.over && left > 0) this.#parts.history.addBatch(this.tally.show(0));
    this.#changed();
    return left;
  }

  /** Whether a question must be answered first. */
  wait(waits: boolean): void {
    const state = waits ? 'waiting' : 'running';
    if (this.tally.over || this.tally.state === state) return;
    this.tally.state = state;
    this.#changed();
  }

  /** Settles when everything of it is over. Rejects for a bug only. */
  async run(): Promise<void> {
    let error: ErrorRecord | undefined;
    this.#changed();
    try {
      await this.#deed.run(this.#parts.engine, this.#options());
    } catch (thrown) {
      error = { code: 'bug', message: 'the batch ended unexpectedly', details: {} };
      if (!isEnvelopeError(thrown)) throw thrown;
      error = thrown.code === 'cancelled' ? undefined : thrown.toRecord();
    } finally {
      this.#end(error);
    }
  }

  /** Tells the page again of what goes on: a speed falls also when nothing happens. */
  refresh(): void {
    for (const index of this.tally.running) this.#rowChanged(index);
    this.#changed();
  }

  #options(): BatchOptions<Value> {
    return {
      signal: this.#abort.signal,
      signalOf: (item) => this.#signalOf(item),
      again: async (error, item, tries) => await this.#again(error, item, tries),
      ahead: {
        limit: ROWS_SHOWN,
        onListed: (item) => {
          this.tally.list(item);
          if (item.index < ROWS_SHOWN) this.#add(item);
        },
        onEnd: () => {
          this.tally.listedAll();
          this.#changed();
        },
      },
      onEvent: (event) => {
        this.#on(event);
        this.#changed();
      },
    };
  }

  #signalOf({ index }: Item): AbortSignal {
    const row = this.rows.get(index);
    const { signal } = this.#abort;
    return row === undefined ? signal : AbortSignal.any([signal, row.abort.signal]);
  }

  async #again(error: EnvelopeError, item: Item, tries: number): Promise<boolean> {
    const { sessions } = this.#parts;
    const since = this.#tried.get(item.index) ?? this.#renewals;
    const again = await sessions.again(error, tries, since, this.#signalOf(item));
    if (again) this.#tried.set(item.index, sessions.renewals);
    return again;
  }

  #add(item: Item): QueuedRow {
    const row = new QueuedRow(item, {
      id: `${this.id}/${item.index}`,
      batch: this.id,
      operation: this.#deed.operation,
      name: path.basename(item.path),
      keys: this.#deed.keys,
    });
    this.rows.set(item.index, row);
    this.#parts.changes.row(row);
    return row;
  }

  #on(event: BatchEvent<Value>): void {
    switch (event.type) {
      case 'total':
        this.tally.expect(event.files, event.bytes);
        break;
      case 'left-out':
        this.tally.leaveOut(1);
        break;
      case 'started':
        this.tally.begin(event.item);
        this.rows.get(event.item.index)?.begin();
        this.#rowChanged(event.item.index);
        break;
      case 'progress':
        this.tally.progress(event.item, event.bytes);
        this.rows.get(event.item.index)?.progress(event.bytes);
        this.#rowChanged(event.item.index);
        break;
      case 'ended':
        this.#ended(event.item, event.outcome);
        break;
    }
  }

  #ended(item: Item, outcome: Outcome<Value>): void {
    const cancelled = outcome.state === 'failed' && outcome.error.code === 'cancelled';
    const size = outcome.state === 'done' ? outcome.value.size : item.size;
    this.tally.end(item, cancelled ? 'cancelled' : outcome.state, size);
    this.#tried.delete(item.index);
    const row = this.rows.get(item.index) ?? this.#addIfFailed(item, outcome);
    if (outcome.state === 'done') {
      const { leftOut, ...done } = this.#deed.done(outcome.value);
      this.tally.leaveOut(leftOut);
      row?.done(done);
    } else if (outcome.state === 'skipped') row?.skip();
    else row?.fail(outcome.error);
    if (row !== undefined) this.#over(row);
  }

  #addIfFailed(item: Item, outcome: Outcome<Value>): QueuedRow | undefined {
    if (outcome.state !== 'failed' || outcome.error.code === 'cancelled') return undefined;
    return this.#moreFailed++ < MORE_FAILED ? this.#add(item) : undefined;
  }

  #over(row: QueuedRow): void {
    this.#parts.changes.row(row);
    this.#parts.history.add(row.show(0));
  }

  #end(error: ErrorRecord | undefined): void {
    for (const row of this.rows.values()) {
      if (row.over) continue;
      row.fail({ code: 'cancelled', message: 'cancelled before it was begun', details: {} });
      this.#over(row);
    }
    this.tally.close(this.#abort.signal.aborted ? 'cancelled' : 'ended', error);
    this.#parts.history.addBatch(this.tally.show(0));
    this.#changed();
  }

  #rowChanged(index: number): void {
    const row = this.rows.get(index);
    if (row !== undefined) this.#parts.changes.row(row);
  }

  #changed(): void {
    this.#parts.changes.batch(this.tally);
  }
}
