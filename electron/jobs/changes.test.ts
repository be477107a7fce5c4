import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Batch, JobsChange, Row } from '../../shared/desktop.ts';
import { Changes, ROWS_AT_ONCE, type Shown } from './changes.ts';

const row = (id: string): Shown<Row> => ({ id, show: () => ({ id }) as Row });
const batch = (id: string, ended?: string): Shown<Batch> => ({
  id,
  show: () => ({ id, ...(ended === undefined ? {} : { ended }) }) as Batch,
});
const ids = (things: readonly { id: string }[]): string[] => things.map(({ id }) => id);

let sent: JobsChange[];
let changes: Changes;

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  changes = new Changes((change) => sent.push(change));
});
afterEach(() => {
  changes[Symbol.dispose]();
  vi.useRealTimers();
});

/** As the page knows them, each where it first was. */
const known = (): string[] => [...new Set(sent.flatMap(({ rows }) => ids(rows)))];

describe('changes of the queue', () => {
  it('are told together, ten times a second at most', () => {
    for (let ms = 0; ms < 1_000; ms += 1) {
      changes.row(row(`${ms % 7}`));
      vi.advanceTimersByTime(1);
    }
    expect(sent.length).toBeLessThanOrEqual(11);
    expect(sent.length).toBeGreaterThanOrEqual(9);
    expect(sent[3]?.rows).toHaveLength(7);
  });

  it('tell ten thousand rows in their order, some at a time', () => {
    const all = Array.from({ length: 10_000 }, (_, index) => `${index}`);
    for (const id of all) changes.row(row(id));
    changes.row(row('0'));
    vi.advanceTimersByTime(10_000);
    expect(Math.max(...sent.map(({ rows }) => rows.length))).toBe(ROWS_AT_ONCE);
    expect(sent).toHaveLength(10_000 / ROWS_AT_ONCE);
    expect(known()).toEqual(all);
  });

  it('tell of a batch that goes on at once, and of one that ended after its rows', () => {
    for (let index = 0; index <= ROWS_AT_ONCE; index += 1) changes.row(row(`${index}`));
    changes.batch(batch('running'));
    changes.batch(batch('over', '2026-11-24T10:00:00.000Z'));
    vi.advanceTimersByTime(1_000);
    expect(sent.map(({ rows, batches }) => [rows.length, ids(batches)])).toEqual([
      [ROWS_AT_ONCE, ['running']],
      [1, ['over']],
    ]);
  });

  it('do not bring back what is gone', () => {
    for (let index = 0; index <= ROWS_AT_ONCE; index += 1) changes.row(row(`${index}`));
    changes.batch(batch('b'));
    changes.gone([`${ROWS_AT_ONCE}`, 'b']);
    vi.advanceTimersByTime(1_000);
    expect(known()).toHaveLength(ROWS_AT_ONCE);
    expect(sent.flatMap(({ batches }) => batches)).toEqual([]);
    expect(sent.flatMap(({ gone }) => gone)).toEqual([`${ROWS_AT_ONCE}`, 'b']);
  });

  it('are all told when there is no time left', () => {
    for (let index = 0; index < 3 * ROWS_AT_ONCE; index += 1) changes.row(row(`${index}`));
    changes.flush();
    expect(sent.map(({ rows }) => rows.length)).toEqual([3 * ROWS_AT_ONCE]);
    vi.advanceTimersByTime(1_000);
    expect(sent).toHaveLength(1);
  });
});
