/** @file Everything that is sealed, opened and verified for the window: batches, their rows, and what is left of them. */
import type { JobsChange, Operation, Row } from '../../shared/desktop.ts';
import { EnvelopeError } from '../../shared/errors.ts';
import type { Engine } from '../envelope/engine.ts';
import type { KeyRef } from '../keys/keyring.ts';
import { Changes } from './changes.ts';
import { deedOf, type NameOf, placedAgain, withPaths, withPlace, type WorkRequest } from './deed.ts';
import type { History } from './history.ts';
import { pastOf } from './history-batch.ts';
import type { Prompts } from './prompts.ts';
import { QueuedBatch } from './queued-batch.ts';
import type { QueuedRow } from './queued-row.ts';
import type { Sessions } from './sessions.ts';

/** Rows of batches that are over which the page keeps; older batches leave it as a whole. */
const ROWS_KEPT = 20_000;
/** Milliseconds after which speeds are told anew, though nothing may have happened. */
const REFRESH = 1_000;

export type QueueParts = {
  engine: Engine;
  prompts: Prompts;
  sessions: Sessions;
  history: History;
  onChange: (change: JobsChange) => void;
};

/** Where the result of a row is: an envelope, or with `open` what came out of one. */
export type RowResult = { operation: Operation; path: string };

type Entry = { batch: QueuedBatch; work: WorkRequest; run: Promise<void> };

export class Queue implements AsyncDisposable {
  readonly #parts: QueueParts;
  readonly #changes: Changes;
  readonly #entries = new Map<string, Entry>();
  readonly #refreshing: NodeJS.Timeout;

  constructor(parts: QueueParts) {
    this.#parts = parts;
    this.#changes = new Changes(parts.onChange);
    this.#refreshing = setInterval(() => {
      for (const { batch } of this.#running) batch.refresh();
    }, REFRESH);
    this.#refreshing.unref();
  }

  /** Whether a batch is worked on, or waits for an answer. */
  get busy(): boolean {
    return this.#running.length > 0;
  }

  get #running(): Entry[] {
    return [...this.#entries.values()].filter(({ batch }) => !batch.tally.over);
  }

  /** Begins a batch beside those that run; the pool is shared. `added` as in {@link deedOf}. @returns its id */
  start(work: WorkRequest, nameOf: NameOf, added: readonly KeyRef[] = []): string {
    const { engine, sessions, prompts, history } = this.#parts;
    prompts.forgive();
    const parts = { engine, sessions, history, changes: this.#changes };
    const batch = new QueuedBatch(deedOf(work, nameOf, added), parts);
    const run = prompts
      .inBatch(batch.id, async () => {
        await batch.run();
      })
      .finally(() => {
        this.#forgetOldest();
      });
    this.#entries.set(batch.id, { batch, work, run });
    return batch.id;
  }

  /** Nothing if it is over. @throws EnvelopeError `usage` for a batch of no such id */
  cancelBatch(id: string): void {
    const entry = this.#entries.get(id);
    if (entry === undefined) throw unknown('batch');
    entry.batch.cancel();
  }

  /** Nothing if it is over. @throws EnvelopeError `usage` for a row of no such id */
  cancelRow(id: string): void {
    const { row } = this.#find(id) ?? {};
    if (row !== undefined) row.abort.abort();
    else if (this.#parts.history.get(id) === undefined) throw unknown('row');
  }

  /**
   * The work of doing failed and cancelled rows again, each with its result going where it would have gone, or in the
   * same way below `to`. The rows leave their batch: none is done twice because somebody asked twice.
   * @throws EnvelopeError `usage` unless they are rows of one batch of this run, failed or cancelled
   */
  takeForRetry(ids: readonly string[], to?: string): WorkRequest {
    const found = [...new Set(ids)].map((id) => this.#find(id));
    const [first] = found;
    if (first === undefined) throw unknown('row');
    const { work, batch } = first.entry;
    const rows = found.map((one) => {
      if (one?.entry.batch === batch && ['failed', 'cancelled'].includes(one.row.state)) return one.row;
      throw new EnvelopeError('usage', 'not rows of one batch that failed or were cancelled');
    });
    const paths = rows.map(({ item }) => placedAgain(work, item, to));
    this.#parts.history.remove(ids);
    this.#changes.gone(ids);
    if (batch.give(rows) === 0 && batch.tally.over) this.#drop(batch);
    return withPaths(work, paths);
  }

  /**
   * The work of a batch that ended before there was any row of it, which leaves the list.
   * @throws EnvelopeError `usage` unless it is one of this run
   */
  takeBatchForRetry(id: string, to?: string): WorkRequest {
    const entry = this.#entries.get(id);
    if (entry === undefined) throw unknown('batch');
    const { batch, work } = entry;
    if (!batch.tally.over || batch.rows.size > 0) {
      throw new EnvelopeError('usage', 'not a batch that ended without rows');
    }
    this.#drop(batch);
    return withPlace(work, to);
  }

  /** @throws EnvelopeError `usage` unless there is such a row, and a result */
  resultOf(id: string): RowResult {
    const { entry, row } = this.#find(id) ?? {};
    const past = this.#parts.history.get(id);
    const operation = entry?.work.operation ?? past?.operation;
    const path = row?.place ?? past?.place;
    if (operation === undefined) throw unknown('row');
    if (path === undefined) throw new EnvelopeError('usage', 'this row has no result');
    return { operation, path };
  }

  /** The file that a row of this run is about. @throws EnvelopeError `usage` unless there is such a row */
  fileOf(id: string): string {
    const found = this.#find(id);
    if (found === undefined) throw unknown('row');
    return found.row.item.path;
  }

  /** Everything there is now: batches of this run, their rows, and rows of earlier ones. */
  jobs(): JobsChange {
    const now = performance.now();
    const entries = [...this.#entries.values()];
    const rows = entries.flatMap(({ batch }) => [...batch.rows.values()].map((row) => row.show(now)));
    const { history } = this.#parts;
    const past = pastOf(
      history.rows.filter(({ batch }) => !this.#entries.has(batch)),
      new Map([...history.batches].filter(([id]) => !this.#entries.has(id))),
    );
    const batches = entries.map(({ batch }) => batch.tally.show(now));
    return { rows: [...past.rows, ...rows], batches: [...past.batches, ...batches], gone: [] };
  }

  /** Adds a row of something that happened outside of any batch. */
  note(row: Row): void {
    this.#parts.history.add(row);
    this.#changes.row({ id: row.id, show: () => row });
  }

  /** Keys were added to the envelope that was sealed at `before`, or none are to be. `keys`: unless they are the same. */
  keysChanged(
    before: string,
    now: { place: string; keys?: readonly string[]; waiting: readonly string[] },
  ): void {
    const { history } = this.#parts;
    const isOf = ({ operation, place, waiting = [] }: Row): boolean =>
      operation === 'seal' && place === before && waiting.length > 0;
    const change = (row: Row) => ({ place: now.place, keys: now.keys ?? row.keys, waiting: now.waiting });
    for (const row of [...this.#entries.values()].flatMap(({ batch }) => [...batch.rows.values()])) {
      const shown = row.show(0);
      if (!isOf(shown)) continue;
      row.rekey(change(shown));
      this.#changes.row(row);
    }
    for (const row of history.rows.filter(isOf)) this.note({ ...row, ...change(row) });
  }

  /** Takes everything that is over out of the list, and out of the history. */
  async clear(): Promise<void> {
    const { history } = this.#parts;
    const past = pastOf(history.rows, history.batches);
    this.#changes.gone(
      [...past.rows, ...past.batches].map(({ id }) => id).filter((id) => !this.#entries.has(id)),
    );
    for (const { batch } of this.#entries.values()) {
      if (batch.tally.over) this.#forget(batch);
      else this.#forgetOver(batch);
    }
    await history.clear();
  }

  /** Called when another question is open, or another work waits for one. */
  questionsChanged(): void {
    const { waiting } = this.#parts.prompts;
    for (const { batch } of this.#running) batch.wait(waiting.has(batch.id));
  }

  /** Cancels everything and waits until nothing is under way. */
  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#refreshing);
    for (const { batch } of this.#running) batch.cancel();
    await Promise.allSettled([...this.#entries.values()].map(async ({ run }) => await run));
    this.#changes.flush();
    this.#changes[Symbol.dispose]();
    await this.#parts.history.flush();
  }

  #find(id: string): { entry: Entry; row: QueuedRow } | undefined {
    const [batch = '', index] = id.split('/');
    const entry = this.#entries.get(batch);
    const row = entry?.batch.rows.get(Number(index));
    return entry === undefined || row === undefined ? undefined : { entry, row };
  }

  /** Nothing is left of it, here or in the history. */
  #drop(batch: QueuedBatch): void {
    this.#parts.history.remove([batch.id]);
    this.#forget(batch);
  }

  #forget(batch: QueuedBatch): void {
    this.#entries.delete(batch.id);
    this.#changes.gone([batch.id, ...[...batch.rows.values()].map(({ id }) => id)]);
  }

  #forgetOver(batch: QueuedBatch): void {
    const over = [...batch.rows.values()].filter((row) => row.over);
    for (const row of over) batch.rows.delete(row.item.index);
    this.#changes.gone(over.map(({ id }) => id));
  }

  #forgetOldest(): void {
    const over = [...this.#entries.values()].filter(({ batch }) => batch.tally.over);
    let rows = over.reduce((sum, { batch }) => sum + batch.rows.size, 0);
    for (const { batch } of over.slice(0, -1)) {
      if (rows <= ROWS_KEPT) return;
      rows -= batch.rows.size;
      this.#forget(batch);
    }
  }
}

const unknown = (what: 'batch' | 'row'): EnvelopeError => new EnvelopeError('usage', `no such ${what}`);
