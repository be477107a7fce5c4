import { describe, expect, it } from 'vitest';
import type { Batch, JobsChange, Row } from '../../shared/desktop.ts';
import { sampleBatch, sampleRow } from '../double/sample-rows.ts';
import { Jobs } from './jobs.ts';

const change = (rows: Row[], batches: Batch[] = [], gone: string[] = []): JobsChange => ({
  rows,
  batches,
  gone,
});
const ids = (jobs: Jobs): string[] => jobs.lines.get().map((line) => line.id);

/** Two files in batch `b`, one in `a` which is older. */
function filled(): Jobs {
  const jobs = new Jobs();
  const one = sampleRow('a', 'a1', 'one');
  const two = [sampleRow('b', 'b1', 'first'), sampleRow('b', 'b2', 'second', { state: 'failed' })];
  jobs.apply([
    change([one], [sampleBatch('a', [one], { started: '2026-01-01T00:00:00.000Z' })]),
    change(two, [sampleBatch('b', two, { started: '2026-01-02T00:00:00.000Z' })]),
  ]);
  return jobs;
}

describe('Jobs', () => {
  it('lists the newest batch first, and gives a single file no batch line', () => {
    expect(ids(filled())).toEqual(['b', 'b1', 'b2', 'a1']);
  });

  it('gives a batch that failed as a whole, or left something out, its line', () => {
    const jobs = new Jobs();
    const error = { code: 'disk-full', message: '', details: {} } as const;
    jobs.apply([change([], [sampleBatch('a', [], { error })])]);
    expect(ids(jobs)).toEqual(['a']);
    const row = sampleRow('b', 'b1', 'x');
    jobs.apply([change([row], [sampleBatch('b', [row], { leftOut: 1 })], ['a'])]);
    expect(ids(jobs)).toEqual(['b', 'b1']);
  });

  it('keeps the list itself when only values change, and tells only the row that changed', () => {
    const jobs = filled();
    const before = jobs.lines.get();
    const told: string[] = [];
    for (const id of ['b1', 'b2']) jobs.rows.subscribe(id, () => told.push(id));
    jobs.apply([change([sampleRow('b', 'b1', 'first', { done: 5 })])]);
    expect(jobs.lines.get()).toBe(before);
    expect(told).toEqual(['b1']);
    expect(jobs.rows.get('b1')?.done).toBe(5);
  });

  it('shows only what failed, also when something fails later, and folds up', () => {
    const jobs = filled();
    jobs.show('b', 'failed');
    expect(ids(jobs)).toEqual(['b', 'b2', 'a1']);
    jobs.apply([change([sampleRow('b', 'b1', 'first', { state: 'failed' })])]);
    expect(ids(jobs)).toEqual(['b', 'b1', 'b2', 'a1']);
    jobs.show('b', 'none');
    expect(ids(jobs)).toEqual(['b', 'a1']);
  });

  it('forgets what is gone', () => {
    const jobs = filled();
    jobs.apply([change([], [], ['b', 'b1', 'b2'])]);
    expect(ids(jobs)).toEqual(['a1']);
    expect(jobs.rowsOf('b')).toEqual([]);
    jobs.apply([change([], [], ['a1'])]);
    // Its batch is still there, and now it is all that tells of it.
    expect(ids(jobs)).toEqual(['a']);
  });

  it('tells the end of a batch once, and not of history', () => {
    const jobs = new Jobs();
    const row = sampleRow('a', 'a1', 'x');
    jobs.apply([change([row], [sampleBatch('old', [])])]);
    expect(jobs.ended.get()).toBeUndefined();
    jobs.apply([change([row], [sampleBatch('a', [row], { state: 'running' })])]);
    expect(jobs.ended.get()).toBeUndefined();
    const over = sampleBatch('a', [row], { state: 'ended' });
    jobs.apply([change([], [over])]);
    expect(jobs.ended.get()).toBe(over);
  });

  it('lists rows that no batch tells of by when they were begun', () => {
    const jobs = filled();
    jobs.apply([change([sampleRow('old', 'o1', 'x', { started: '2025-01-01T00:00:00.000Z' })])]);
    expect(ids(jobs)).toEqual(['b', 'b1', 'b2', 'a1', 'o1']);
  });

  it('knows the first and the last line of those that belong together', () => {
    const ends = filled()
      .lines.get()
      .map(({ id, first, last }) => `${first ? '[' : ''}${id}${last ? ']' : ''}`);
    expect(ends).toEqual(['[b', 'b1', 'b2]', '[a1]']);
  });

  it('knows what can be tried again', () => {
    const jobs = filled();
    jobs.apply([change([], [sampleBatch('c', [], { past: true })])]);
    expect(['a', 'c', 'none'].map((batch) => jobs.isOfThisRun(batch))).toEqual([true, false, false]);
  });

  it('takes rows before their batch, as the newest', () => {
    const jobs = filled();
    jobs.apply([change([sampleRow('c', 'c1', 'x')])]);
    expect(ids(jobs)[0]).toBe('c1');
  });

  it('holds 10,000 rows and does not sort them again for a progress', () => {
    const jobs = new Jobs();
    const rows = Array.from({ length: 10_000 }, (_, n) => sampleRow('m', `m${n}`, `file ${n}`));
    jobs.apply([change(rows, [sampleBatch('m', rows)])]);
    expect(jobs.lines.get()).toHaveLength(10_001);
    const before = jobs.lines.get();
    jobs.apply(rows.map((row) => change([{ ...row, done: 1 }])));
    expect(jobs.lines.get()).toBe(before);
  });
});
