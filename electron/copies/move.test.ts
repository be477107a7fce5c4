import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultSettings, type Settings } from '../../shared/settings.ts';
import { freshFolder, makeTestEngine, type TestEngine } from '../envelope/engine.fixture.ts';
import { Copies } from './copies.ts';
import { copyPlace } from './copy-file.ts';
import { moveCopies, type MoveOptions } from './move.ts';
import { clearCopies, copiesState, pruneCopies } from './store.ts';

let engine: TestEngine;

beforeAll(async () => {
  engine = await makeTestEngine();
});
afterAll(async () => {
  await engine[Symbol.asyncDispose]();
});

/** A store with `many` copies of known times, and settings that can be changed. */
async function filled(many: number, megabytes = 256) {
  const places = { envelopesFolder: path.join(await freshFolder(engine), 'envelopes') };
  let now: Settings = { ...defaultSettings, copies: { keep: true, megabytes } };
  const settings = {
    load: async () => await Promise.resolve(now),
    update: async (change: (settings: Settings) => Settings) => await Promise.resolve((now = change(now))),
  };
  const copies = new Copies(settings, places);
  const kept: { stream: Buffer; bytes: Buffer }[] = [];
  for (let n = 0; n < many; n += 1) {
    const one = { stream: randomBytes(40), bytes: Buffer.from(`{"n":${n}}`) };
    await copies.keep(one.stream, one.bytes);
    await utimes(copyPlace(places.envelopesFolder, one.stream).file, 1_000_000 + n, 1_000_000 + n);
    kept.push(one);
  }
  const move = async (to: string | undefined, options: MoveOptions = {}) =>
    await moveCopies({ settings, places, copies }, to, { settle: 0, ...options });
  return { places, settings, copies, kept, move, now: () => now };
}

/** Every copy in `folder`, with the second it was kept. */
async function timesIn(folder: string, kept: readonly { stream: Buffer; bytes: Buffer }[]) {
  return await Promise.all(
    kept.map(async ({ stream, bytes }) => {
      const { file } = copyPlace(folder, stream);
      expect(await readFile(file)).toEqual(bytes);
      return (await stat(file)).mtimeMs / 1000;
    }),
  );
}

const files = async (folder: string): Promise<string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((one) => one.isFile())
    .map(({ name }) => name);

describe('moving the store', () => {
  it('takes every copy along with its time, and leaves nothing behind', async () => {
    const { places, kept, move, now } = await filled(40);
    const to = path.join(await freshFolder(engine), 'new');
    const told: number[] = [];
    expect(await move(to, { onProgress: ({ copies }) => told.push(copies) })).toEqual({
      place: to,
      copies: 40,
    });
    expect(await timesIn(to, kept)).toEqual(kept.map((_, n) => 1_000_000 + n));
    expect(await readdir(places.envelopesFolder)).toEqual([]);
    expect(now().copies).toEqual({ keep: true, megabytes: 256, folder: to });
    expect(told[0]).toBe(0);
    expect(told.at(-1)).toBe(40);
    expect((await stat(to)).mode & 0o777).toBe(0o700);
    expect(await move(undefined)).toMatchObject({ place: places.envelopesFolder, copies: 40 });
    expect(await timesIn(places.envelopesFolder, kept)).toHaveLength(40);
    expect(now().copies).toEqual({ keep: true, megabytes: 256 });
  });

  it('makes a folder of its own among other things', async () => {
    const { kept, move } = await filled(2);
    const to = await freshFolder(engine);
    await writeFile(path.join(to, 'letter.txt'), 'mine');
    const { place } = await move(to);
    expect(place).toBe(path.join(to, 'Envelope copies'));
    expect(await timesIn(place, kept)).toHaveLength(2);
    await move(undefined);
    expect(await readdir(to)).toEqual(['letter.txt']);
  });

  it('a cancel half way leaves everything where it was', async () => {
    const { places, kept, move, now } = await filled(40);
    const to = await freshFolder(engine);
    const abort = new AbortController();
    const moving = move(to, {
      signal: abort.signal,
      onProgress: ({ copies }) => copies > 0 && abort.abort(),
    });
    await expect(moving).rejects.toMatchObject({ code: 'cancelled' });
    expect(await files(to)).toEqual([]);
    expect(await timesIn(places.envelopesFolder, kept)).toHaveLength(40);
    expect(now().copies).not.toHaveProperty('folder');
  });

  it('a folder that cannot be written to leaves everything where it was', async () => {
    const { places, kept, move, now } = await filled(3);
    const file = path.join(await freshFolder(engine), 'file');
    await writeFile(file, '');
    await expect(move(path.join(file, 'x'))).rejects.toMatchObject({ code: 'target-missing' });
    expect(await timesIn(places.envelopesFolder, kept)).toHaveLength(3);
    expect(now().copies).not.toHaveProperty('folder');
  });

  it('after a kill half way, goes on with what is left', async () => {
    const { kept, places, move } = await filled(4);
    const to = await freshFolder(engine);
    const { shard, file } = copyPlace(to, kept[0]!.stream);
    await mkdir(shard);
    await writeFile(file, kept[0]!.bytes.subarray(0, 2));
    await utimes(file, 1, 1);
    await move(to);
    expect(await timesIn(to, kept)).toHaveLength(4);
    expect(await files(places.envelopesFolder)).toEqual([]);
  });

  it('never lets an older copy take the place of a newer one', async () => {
    const { kept, move } = await filled(1);
    const to = await freshFolder(engine);
    const { stream } = kept[0]!;
    const { shard, file } = copyPlace(to, stream);
    await mkdir(shard);
    await writeFile(file, 'rewrapped');
    await move(to);
    expect(await readFile(file, 'utf8')).toBe('rewrapped');
  });

  it('takes along what another process still writes to the old place', async () => {
    const { places, kept, move } = await filled(2);
    const to = await freshFolder(engine);
    const late = { stream: randomBytes(40), bytes: Buffer.from('{}') };
    const moving = move(to, { settle: 200 });
    await new Promise((resolve) => setTimeout(resolve, 100));
    const { shard, file } = copyPlace(places.envelopesFolder, late.stream);
    await mkdir(shard, { recursive: true });
    await writeFile(file, late.bytes);
    await moving;
    expect(await timesIn(to, [...kept, late])).toHaveLength(3);
    expect(await files(places.envelopesFolder)).toEqual([]);
  });
});

describe('the store', () => {
  it('says how full it is', async () => {
    const { settings, places } = await filled(3);
    expect(await copiesState(await settings.load(), places)).toEqual({
      keep: true,
      megabytes: 256,
      place: places.envelopesFolder,
      isOwn: true,
      isThere: true,
      count: 3,
      bytes: 21,
      oldest: '1970-01-12T13:46:40.000Z',
      newest: '1970-01-12T13:46:42.000Z',
    });
    await rm(places.envelopesFolder, { recursive: true });
    expect(await copiesState(await settings.load(), places)).toMatchObject({ isThere: false, count: 0 });
  });

  it('is made smaller by the oldest first, or emptied', async () => {
    const { settings, places, copies } = await filled(0);
    const stream = randomBytes(40);
    await copies.keep(stream, Buffer.alloc(600_000));
    const small = { ...(await settings.load()), copies: { keep: true, megabytes: 16 } };
    expect(await pruneCopies(await settings.load(), places)).toEqual({ count: 0, bytes: 0 });
    expect(await pruneCopies(small, places)).toEqual({ count: 1, bytes: 600_000 });
    await copies.keep(stream, Buffer.alloc(10));
    expect(await clearCopies(small, places)).toEqual({ count: 1, bytes: 10 });
    expect(await files(places.envelopesFolder)).toEqual([]);
  });
});
