/** @file Batches that are over, as the history knows them: written down, or made of the rows that are left of them. */
import { z } from 'zod';
import type { Batch, Row } from '../../shared/desktop.ts';
import { error } from './history-row.ts';

const text = z.string();
const count = z.number().nonnegative();

/** A batch that is over, as the history's file has it. What another version added is dropped. */
export const batchSchema: z.ZodType<Batch> = z.object({
  id: text,
  operation: z.enum(['seal', 'open', 'verify']),
  state: z.enum(['ended', 'cancelled']),
  files: count,
  bytes: count,
  doneFiles: count,
  failedFiles: count,
  skippedFiles: count,
  doneBytes: count,
  speed: count,
  started: text,
  ended: text.exactOptional(),
  leftOut: count,
  error: error.exactOptional(),
});

const sum = (rows: readonly Row[]): number => rows.reduce((bytes, { size }) => bytes + size, 0);

/** What the rows of a batch say of it, where nothing else does: the run that did it was killed, or is older than that. */
function batchOf(rows: readonly [Row, ...Row[]]): Batch {
  const [{ batch: id, operation }] = rows;
  const counted = (state: Row['state']): number => rows.filter((row) => row.state === state).length;
  const times = rows.flatMap(({ started, ended }) => [started, ended].filter((time) => time !== undefined));
  const [started = '', ended = started] = [times.toSorted()[0], times.toSorted().at(-1)];
  return {
    id,
    operation,
    state: counted('cancelled') > 0 ? 'cancelled' : 'ended',
    files: rows.length,
    bytes: sum(rows),
    doneFiles: counted('done'),
    failedFiles: counted('failed'),
    skippedFiles: counted('skipped'),
    doneBytes: sum(rows.filter(({ state }) => state === 'done')),
    speed: 0,
    started,
    ended,
    leftOut: 0,
  };
}

const indexOf = ({ id }: Row): number => Number(id.split('/')[1] ?? 0);

/**
 * Rows and batches of earlier runs as the page lists them: each batch together, in the order of its files, whatever the
 * order in which they ended.
 */
export function pastOf(
  rows: readonly Row[],
  batches: ReadonlyMap<string, Batch>,
): { rows: Row[]; batches: Batch[] } {
  const byBatch = Map.groupBy(rows, ({ batch }) => batch);
  for (const of of byBatch.values()) of.sort((a, b) => indexOf(a) - indexOf(b));
  const known = [...batches.values()].filter(({ id, error }) => byBatch.has(id) || error !== undefined);
  const derived = [...byBatch.values()].flatMap(([first, ...others]) =>
    first === undefined || batches.has(first.batch) ? [] : [batchOf([first, ...others])],
  );
  return {
    rows: [...byBatch.values()].flat(),
    batches: [...known, ...derived].map((batch) => ({ ...batch, past: true })),
  };
}
