import { appendFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Row } from '../../shared/desktop.ts';
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
    first.remove(['1', 'never']);
    await first.flush();
    expect(idsIn(await History.open(file))).toEqual(['2']);
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
    await history.clear();
    expect(history.rows).toEqual([]);
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
