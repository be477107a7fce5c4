import { appendFile, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Batch, Row } from '../../shared/desktop.ts';
import { pastOf } from './history-batch.ts';
import { History, ROWS_KEPT } from './history.ts';

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'envelope-history-'));
  file = path.join(folder, 'data', 'history.jsonl');
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const row = (id: string, more: Partial<Row> = {}): Row => ({
  id,
  batch: 'b',
  operation: 'seal',
  name: 'report.pdf',
  state: 'done',
  size: 1,
  done: 1,
  speed: 0,
  ended: '2026-11-23T10:00:00.000Z',
  place: '/docs/report.pdf.envelope',
  requestIds: ['4f1c'],
  keys: ['This computer'],
  binned: false,
  notes: [],
  ...more,
});

const batch = (id: string, more: Partial<Batch> = {}): Batch => ({
  id,
  operation: 'seal',
  state: 'ended',
  files: 0,
  bytes: 0,
  doneFiles: 0,
  failedFiles: 0,
  skippedFiles: 0,
  doneBytes: 0,
  speed: 0,
  started: '2026-11-23T09:00:00.000Z',
  leftOut: 0,
  ...more,
});

const idsIn = (history: History): string[] => history.rows.map(({ id }) => id);

describe('history', () => {
  it('survives a restart, request ids and errors included', async () => {
    const failed = row('2', {
      state: 'failed',
      error: { code: 'disk-full', message: 'full', details: { needed: 3 } },
    });
    const first = await History.open(file);
    first.add(row('1'));
    first.add(failed);
    await first.flush();
    expect((await History.open(file)).rows).toEqual([row('1'), failed]);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('has batches too, exact though not every row of them is kept, and none of whose rows nothing is left', async () => {
    const first = await History.open(file);
    first.add(row('b/1'));
    first.addBatch(batch('b', { files: 5_000, doneFiles: 5_000 }));
    first.addBatch(batch('empty'));
    first.addBatch(
      batch('failed', { error: { code: 'disk-full', message: 'full', details: { needed: 3 } } }),
    );
    await first.flush();
    const { rows, batches } = await History.open(file);
    const past = pastOf(rows, batches);
    expect(past.batches.map(({ id, files, past }) => [id, files, past])).toEqual([
      ['b', 5_000, true],
      ['failed', 0, true],
    ]);
    expect(past.batches[1]?.error).toEqual({ code: 'disk-full', message: 'full', details: { needed: 3 } });
  });

  it('reads what was written before batches and coded notes were', async () => {
    const old = { ...row('b/10', { size: 3 }), notes: ['its time could not be restored'], batch: 'b' };
    const failed = { ...row('b/9', { state: 'failed', ended: '2026-11-23T10:00:01.000Z' }), batch: 'b' };
    const coded = row('c/0', { batch: 'c', notes: [{ code: 'name-changed', path: 'a/b', name: 'a:b' }] });
    const foreign = {
      ...row('d/0'),
      batch: 'd',
      notes: [{ code: 'of-a-later-version' }, { code: 'run-kept', more: 1 }],
    };
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, [old, failed, coded, foreign].map((line) => JSON.stringify(line)).join('\n'));
    const { rows, batches } = await History.open(file);
    expect(rows.map(({ notes }) => notes)).toEqual([
      [{ code: 'as-written', text: 'its time could not be restored' }],
      [],
      [{ code: 'name-changed', path: 'a/b', name: 'a:b' }],
      [{ code: 'run-kept' }],
    ]);
    const past = pastOf(rows, batches);
    // In the order of the files, not in that of their ends.
    expect(past.rows.map(({ id }) => id).slice(0, 2)).toEqual(['b/9', 'b/10']);
    expect(past.batches.find(({ id }) => id === 'b')).toMatchObject({
      state: 'ended',
      files: 2,
      doneFiles: 1,
      failedFiles: 1,
      doneBytes: 3,
      ended: '2026-11-23T10:00:01.000Z',
      past: true,
    });
  });

  it('passes over what a crash has torn and what is none of its rows', async () => {
    const first = await History.open(file);
    first.add(row('1'));
    await first.flush();
    await appendFile(file, '{"id":"2","bat');
    const second = await History.open(file);
    second.add(row('3'));
    await second.flush();
    await appendFile(file, '{"id":"4"}\nnull\n[]\n{"gone":"1"}\n');
    expect(idsIn(await History.open(file))).toEqual(['1', '3']);
  });

  it('forgets what was taken out', async () => {
    const first = await History.open(file);
    first.add(row('1'));
    first.add(row('2'));
    first.addBatch(batch('b'));
    first.remove(['1', 'b', 'never']);
    await first.flush();
    const again = await History.open(file);
    expect(idsIn(again)).toEqual(['2']);
    expect(again.batches.size).toBe(0);
  });

  it('is bounded, in memory and on disk', async () => {
    const history = await History.open(file);
    for (let index = 0; index < 5 * ROWS_KEPT; index += 1) {
      history.add(row(String(index)));
      if (index % 500 === 0) await history.flush();
    }
    await history.flush();
    expect(history.rows).toHaveLength(ROWS_KEPT);
    const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
    expect(lines.length).toBeLessThanOrEqual(2 * ROWS_KEPT);
    const again = await History.open(file);
    expect(again.rows).toHaveLength(ROWS_KEPT);
    expect(again.rows.at(-1)?.id).toBe(String(5 * ROWS_KEPT - 1));
  });

  it('can be cleared', async () => {
    const history = await History.open(file);
    history.add(row('1'));
    history.addBatch(batch('b'));
    await history.clear();
    expect(history.rows).toEqual([]);
    expect(history.batches.size).toBe(0);
    await expect(stat(file)).rejects.toMatchObject({ code: 'ENOENT' });
    history.add(row('2'));
    await history.flush();
    expect(idsIn(await History.open(file))).toEqual(['2']);
  });

  it('harms no work where it cannot be kept', async () => {
    await writeFile(path.join(folder, 'data'), 'a file where the folder belongs');
    const history = await History.open(file);
    history.add(row('1'));
    await history.flush();
    expect(idsIn(history)).toEqual(['1']);
  });
});
