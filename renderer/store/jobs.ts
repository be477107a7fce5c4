/** @file Batches and their rows: what is being done, and the history of what was. */
import type { Batch, JobsChange, Row } from '../../shared/desktop.ts';
import { client, orNotice } from '../client.ts';
import { createKeyed } from './keyed.ts';
import { createStore } from './store.ts';
import { throttle } from './throttle.ts';

/** Which rows of a batch are shown. */
export type Shown = 'all' | 'failed' | 'none';

/** A line of the list; `first` and `last` of those that belong together. */
export type Line = { kind: 'batch' | 'row'; id: string; first: boolean; last: boolean };

export const isOver = ({ state }: Batch): boolean => state === 'ended' || state === 'cancelled';

/** A batch of one file needs no line of its own beside that of the file. */
export function needsLine(batch: Batch | undefined, rows: number): boolean {
  return (
    batch !== undefined && (rows !== 1 || batch.files > 1 || batch.error !== undefined || batch.leftOut > 0)
  );
}

export class Jobs {
  readonly rows = createKeyed<Row>();
  readonly batches = createKeyed<Batch>();
  readonly shown = createKeyed<Shown>();
  /** The list, newest batch first. Another array only when a line comes, goes or moves. */
  readonly lines = createStore<readonly Line[]>([]);
  /** The batch that came to its end last, for whoever says so. Not one that was over when it came, as history. */
  readonly ended = createStore<Batch | undefined>(undefined);
  readonly #members = new Map<string, string[]>();

  /** Whether what failed of a batch can be tried again: of an earlier run only what became of it is known. */
  isOfThisRun(batch: string): boolean {
    const known = this.batches.get(batch);
    return known !== undefined && known.past !== true;
  }

  hasRows(batch: string): boolean {
    return this.#members.has(batch);
  }

  rowsOf(batch: string): Row[] {
    return (this.#members.get(batch) ?? []).flatMap((id) => this.rows.get(id) ?? []);
  }

  show(batch: string, shown: Shown): void {
    this.shown.set(batch, shown);
    this.#arrange();
  }

  apply(changes: readonly JobsChange[]): void {
    let moved = false;
    for (const change of changes) {
      const movedNow = [
        ...change.batches.map((batch) => this.#putBatch(batch)),
        ...change.rows.map((row) => this.#putRow(row)),
      ].includes(true);
      moved ||= movedNow || change.gone.length > 0;
      if (change.gone.length > 0) this.#forget(new Set(change.gone));
    }
    if (moved) this.#arrange();
  }

  /** @returns whether a line came, went or moved; the same for {@link #putRow} */
  #putBatch(batch: Batch): boolean {
    const before = this.batches.get(batch.id);
    const rows = this.#members.get(batch.id)?.length ?? 0;
    this.batches.set(batch.id, batch);
    if (before !== undefined && !isOver(before) && isOver(batch)) this.ended.set(batch);
    return before === undefined || needsLine(before, rows) !== needsLine(batch, rows);
  }

  #putRow(row: Row): boolean {
    const before = this.rows.get(row.id);
    this.rows.set(row.id, row);
    if (before !== undefined) return before.state !== row.state && this.shown.get(row.batch) === 'failed';
    const members = this.#members.get(row.batch);
    if (members === undefined) this.#members.set(row.batch, [row.id]);
    else members.push(row.id);
    return true;
  }

  #forget(gone: ReadonlySet<string>): void {
    for (const id of gone) {
      this.rows.delete(id);
      this.batches.delete(id);
      this.shown.delete(id);
    }
    for (const [batch, ids] of this.#members) {
      const left = gone.has(batch) ? [] : ids.filter((id) => !gone.has(id));
      if (left.length > 0) this.#members.set(batch, left);
      else this.#members.delete(batch);
    }
  }

  #arrange(): void {
    const known = [...this.batches.values()].map((batch) => batch.id);
    const startOf = (id: string): string => this.batches.get(id)?.started ?? this.#startOfRows(id);
    const order = [...new Set([...known, ...this.#members.keys()])].sort((a, b) =>
      startOf(a) === startOf(b) ? 0 : startOf(a) < startOf(b) ? 1 : -1,
    );
    this.lines.set(order.flatMap((batch) => this.#linesOf(batch)));
  }

  /** Rows may come before their batch: that is then the newest, unless they say when they were begun. */
  #startOfRows(batch: string): string {
    const [first] = this.rowsOf(batch);
    return first?.started ?? '\uffff';
  }

  #linesOf(batch: string): Line[] {
    const ids = this.#members.get(batch) ?? [];
    const shown = this.#shownOf(batch, ids);
    const headed = needsLine(this.batches.get(batch), ids.length);
    // Each line is made once: ten thousand of them come anew with every few hundred rows.
    const lines: Line[] = headed ? [{ kind: 'batch', id: batch, first: true, last: shown.length === 0 }] : [];
    for (const [index, id] of shown.entries()) {
      lines.push({ kind: 'row', id, first: !headed && index === 0, last: index === shown.length - 1 });
    }
    return lines;
  }

  #shownOf(batch: string, ids: readonly string[]): readonly string[] {
    const shown = this.shown.get(batch) ?? 'all';
    if (shown === 'all') return ids;
    return shown === 'none' ? [] : ids.filter((id) => this.rows.get(id)?.state === 'failed');
  }
}

export const jobs = new Jobs();

/** At most ten times a second, however often the work tells. */
export const takeChange = throttle<JobsChange>((changes) => {
  jobs.apply(changes);
}, 100);

export async function loadJobs(): Promise<void> {
  const change = await orNotice(client().jobs());
  if (change !== undefined) takeChange(change);
}
