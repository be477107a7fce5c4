import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HealthFile, HealthSummary } from '../../shared/health.ts';
import { exportHealth } from './export.ts';
import { groupOf, groupsOf } from './groups.ts';
import { Spool } from './spool.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'envelope-spool-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

const file = (n: number): HealthFile => ({
  path: `/docs/${n} – “ü”.envelope`,
  problem: 'body-missing',
  keys: [],
});

describe('the spool', () => {
  it('finds files again by group and number, and leaves nothing on the disk', async () => {
    const own = path.join(folder, 'own');
    using spool = await Spool.open(own);
    if (process.platform !== 'win32') expect(await readdir(own)).toEqual([]);
    for (let n = 0; n < 5_000; n += 1) spool.add(file(n), n % 2 === 0 ? ['even', 'all'] : ['all']);
    expect(spool.groups).toEqual([
      { id: 'even', files: 2_500, listed: 2_500 },
      { id: 'all', files: 5_000, listed: 5_000 },
    ]);
    expect(await spool.files('even', 100, 2)).toEqual([file(200), file(202)]);
    expect(await spool.files('all', 4_999, 10)).toEqual([file(4_999)]);
    expect(await spool.files('none', 0, 10)).toEqual([]);
    // What is added later is found too.
    spool.add(file(7), ['late']);
    expect(await spool.files('late', 0, 1)).toEqual([file(7)]);
    let count = 0;
    for await (const _ of spool.all()) count += 1;
    expect(count).toBe(5_001);
  });

  it('lists as many as there is room for, and counts all', async () => {
    using spool = await Spool.open(path.join(folder, 'small'), { mostListed: 3 });
    for (let n = 0; n < 10; n += 1) spool.add(file(n), ['all']);
    expect(spool.groups).toEqual([{ id: 'all', files: 10, listed: 3 }]);
    expect(await spool.files('all', 2, 10)).toEqual([file(2)]);
  });

  it('keeps nothing of files in no group, and answers nothing once it is closed', async () => {
    const spool = await Spool.open(path.join(folder, 'closed'));
    spool.add(file(0), []);
    spool.add(file(1), ['all']);
    for await (const kept of spool.all()) expect(kept).toEqual(file(1));
    spool[Symbol.dispose]();
    spool[Symbol.dispose]();
    spool.add(file(2), ['all']);
    expect(await spool.files('all', 0, 10)).toEqual([]);
  });
});

describe('groups', () => {
  it('are of the problem, of each key that does not open, and of the key that is left', () => {
    const keys = [
      { key: 0, answer: 'denied' as const },
      { key: 3, answer: 'gone' as const },
    ];
    const groups = groupsOf({ path: '/a', problem: 'closed', keys, alone: 0 });
    expect(groups).toEqual(['closed', 'closed 0', 'closed 3', 'alone 0']);
    expect(groupOf({ id: 'closed 3', files: 2, listed: 1 })).toEqual({
      id: 'closed 3',
      kind: 'closed',
      key: 3,
      files: 2,
      listed: 1,
    });
    expect(groupOf({ id: 'body-missing', files: 2, listed: 2 })).not.toHaveProperty('key');
    expect(groupsOf({ path: '/a', keys })).toEqual([]);
  });

  it('are of each key that will open nothing soon, where another one opens the file now', () => {
    const ends = { answer: 'deleting' as const, ends: true as const };
    const keys = [
      { key: 1, ...ends },
      { key: 2, answer: 'opens' as const },
    ];
    expect(groupsOf({ path: '/a', keys })).toEqual(['ending 1']);
    expect(groupsOf({ path: '/a', keys, alone: 1 })).toEqual(['alone 1']);
    expect(groupsOf({ path: '/a', problem: 'body-missing', keys })).toEqual(['body-missing']);
    expect(groupOf({ id: 'ending 1', files: 2, listed: 2 })).toMatchObject({ kind: 'ending', key: 1 });
  });
});

describe('an exported result', () => {
  const summary = {
    keys: [{ index: 0, provider: 'local', key: 'local:x' }],
    opens: 1,
  } as unknown as HealthSummary;
  async function* files(): AsyncGenerator<HealthFile> {
    yield { path: '=cmd|"x"', problem: 'closed', keys: [{ key: 0, answer: 'locked' }], alone: 0 };
    await Promise.resolve();
  }

  it('is lines of JSON with the keys by name, the whole last', async () => {
    const to = path.join(folder, 'health.json');
    await writeFile(to, 'what was there is replaced, as the dialog said');
    await exportHealth(to, 'json', { summary, files: files() });
    const lines = (await readFile(to, 'utf8'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    expect(lines).toMatchObject([
      { state: 'closed', path: '=cmd|"x"', keys: [{ key: 'local:x', answer: 'locked' }], alone: 'local:x' },
      { state: 'summary', opens: 1 },
    ]);
  });

  it('is a table that no spreadsheet computes', async () => {
    const to = path.join(folder, 'health.csv');
    await exportHealth(to, 'csv', { summary, files: files() });
    expect(await readFile(to, 'utf8')).toBe(
      '"path","state","body","error","hangs on","keys"\r\n"\'=cmd|""x""","closed","","","local:x","local:x locked"\r\n',
    );
  });

  it('leaves nothing behind when it fails, and what was there as it was', async () => {
    const own = await mkdtemp(path.join(folder, 'failing-'));
    const to = path.join(own, 'health.json');
    await writeFile(to, 'before');
    async function* broken(): AsyncGenerator<HealthFile> {
      yield* files();
      throw new Error('the spool is gone');
    }
    await expect(exportHealth(to, 'json', { summary, files: broken() })).rejects.toThrow('the spool is gone');
    expect(await readdir(own)).toEqual(['health.json']);
    expect(await readFile(to, 'utf8')).toBe('before');
  });
});
