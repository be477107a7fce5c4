import { randomBytes } from 'node:crypto';
import { readdir, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { makeTestEngine, type TestEngine } from '../envelope/engine.fixture.ts';
import { findPlaces } from '../settings/places.ts';
import { freshStore, storeAt, streamBeside } from './copies.fixture.ts';
import { configOf } from './copies.ts';
import { copyPlace } from './copy-file.ts';
import { allCopies, copiesIn, dropOldest } from './shards.ts';

let engine: TestEngine;

beforeAll(async () => {
  engine = await makeTestEngine();
});
afterAll(async () => {
  await engine[Symbol.asyncDispose]();
});

describe('the limit', () => {
  it('lets the oldest go first, and spares the one just written', async () => {
    // 16 MB in 256 shards are 62,500 bytes each.
    const { store, own } = await freshStore(engine, { megabytes: 16 });
    const first = randomBytes(40);
    const streams = [first, ...Array.from({ length: 9 }, () => streamBeside(first))];
    for (const [index, stream] of streams.entries()) {
      expect(await store.keep(stream, Buffer.alloc(10_000, String(index)))).toBeUndefined();
      const { file } = copyPlace(own, stream);
      await utimes(file, 1_000_000 + index, 1_000_000 + index);
    }
    const left = await copiesIn(copyPlace(own, first).shard);
    const names = left.map(({ file }) => file).sort();
    const newest = streams.slice(-6).map((stream) => copyPlace(own, stream).file);
    expect(names).toEqual(newest.sort());
  });

  it('keeps nothing that would drive out everything', async () => {
    const { store } = await freshStore(engine, { megabytes: 16 });
    expect(await store.keep(randomBytes(40), Buffer.alloc(62_501))).toBe('too-large');
  });

  it('counts what another process wrote', async () => {
    const { store, own, copies } = await freshStore(engine, { megabytes: 16 });
    const other = storeAt(own, copies);
    const first = randomBytes(40);
    await store.keep(first, Buffer.alloc(30_000));
    await other.keep(streamBeside(first), Buffer.alloc(30_000));
    vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 120_000);
    await store.keep(streamBeside(first), Buffer.alloc(30_000));
    vi.restoreAllMocks();
    const bytes = (await copiesIn(copyPlace(own, first).shard)).reduce((sum, one) => sum + one.bytes, 0);
    expect(bytes).toBe(60_000);
  });

  it('drops nothing that fits', async () => {
    const copies = [1, 2, 3].map((n) => ({ file: `/none/${n}`, bytes: 10, kept: new Date(n) }));
    expect(await dropOldest(copies, 30)).toEqual(copies);
    expect(await dropOldest(copies, 10)).toEqual(copies.slice(2));
  });
});

describe('the store as a whole', () => {
  it('lists copies and nothing else, and clears away what a killed run left', async () => {
    const { store, own } = await freshStore(engine);
    const stream = randomBytes(40);
    await store.keep(stream, Buffer.from('{}'));
    const { shard, file } = copyPlace(own, stream);
    await writeFile(path.join(own, 'note.txt'), 'x');
    await writeFile(path.join(shard, 'note.txt'), 'x');
    const [old, fresh] = ['0', '1'].map((digit) => path.join(shard, `.${digit.repeat(36)}.partial`));
    await writeFile(old!, 'x');
    await utimes(old!, 1, 1);
    await writeFile(fresh!, 'x');
    const all = [];
    for await (const some of allCopies(own)) all.push(...some);
    expect(all.map((copy) => copy.file)).toEqual([file]);
    expect((await readdir(shard)).sort()).toEqual(
      [path.basename(fresh!), path.basename(file), 'note.txt'].sort(),
    );
    await expect(allCopies(own, AbortSignal.abort()).next()).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('is among the program’s data unless the settings say otherwise', () => {
    const places = findPlaces({ ENVELOPE_HOME: '/h' });
    expect(configOf({}, places)).toEqual({
      keep: true,
      folder: places.envelopesFolder,
      own: places.envelopesFolder,
      bytes: 256_000_000,
    });
  });
});
