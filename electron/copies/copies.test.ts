import { createHash, randomBytes } from 'node:crypto';
import {
  chmod,
  copyFile,
  mkdir,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { defaultCopies } from '../../shared/copies.ts';
import { decodeBase64url } from '../envelope/base64url.ts';
import {
  freshFolder,
  freshPair,
  makeTestEngine,
  sealRequest,
  type TestEngine,
} from '../envelope/engine.fixture.ts';
import { readEnvelopeFile } from '../envelope/read.ts';
import { rewrap } from '../envelope/rewrap.ts';
import { seal } from '../envelope/seal.ts';
import { findPlaces } from '../settings/places.ts';
import { configOf, Copies } from './copies.ts';
import { copyPlace } from './copy-file.ts';
import { allCopies, copiesIn, dropOldest } from './shards.ts';

let engine: TestEngine;

beforeAll(async () => {
  engine = await makeTestEngine();
});
afterAll(async () => {
  await engine[Symbol.asyncDispose]();
});

/** A store with settings of its own. */
async function freshStore(more: Partial<typeof defaultCopies> = {}, options = {}) {
  const own = path.join(await freshFolder(engine), 'envelopes');
  const copies = { ...defaultCopies, ...more };
  const settings = { load: async () => await Promise.resolve({ copies } as never) };
  return { own, copies, store: new Copies(settings, { envelopesFolder: own }, options) };
}

const streamOf = async (envelope: string): Promise<Uint8Array> =>
  decodeBase64url((await readEnvelopeFile(envelope)).envelope.header.stream);

/** A stream of 40 bytes in the shard of `like`. */
function streamBeside(like: Uint8Array): Buffer {
  const shard = copyPlace('', like).shard;
  for (;;) {
    const stream = Buffer.concat([Buffer.from([0x28]), randomBytes(39)]);
    if (copyPlace('', stream).shard === shard) return stream;
  }
}

describe('sealing and rewrapping', () => {
  it('keep the envelope to the byte, for this user alone, under the hash of the first 40 bytes', async () => {
    const { envelope, body, notes } = await freshPair(engine);
    expect(notes).toEqual([]);
    const first = (await readFile(body)).subarray(0, 40);
    const hash = createHash('sha256').update(first).digest('hex');
    const file = path.join(engine.places.envelopesFolder, hash.slice(0, 2), `${hash}.envelope`);
    expect(await readFile(file)).toEqual(await readFile(envelope));
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(path.dirname(file))).mode & 0o777).toBe(0o700);
    expect((await stat(engine.places.envelopesFolder)).mode & 0o777).toBe(0o700);
    const copy = await engine.copies.find(first);
    expect(copy?.bytes).toEqual(await readFile(envelope));
    expect(copy?.envelope.header.content).toMatchObject({ name: 'report.pdf' });
  });

  it('a rewrap takes the place of the copy', async () => {
    const { envelope } = await freshPair(engine);
    const { key } = engine.local;
    const stream = await streamOf(envelope);
    const before = await engine.copies.find(stream);
    const rewrapped = await rewrap(engine, envelope, { add: [engine.local], remove: [] });
    expect(rewrapped).toMatchObject({ added: [key], notes: [] });
    const after = await engine.copies.find(stream);
    expect(after?.bytes).toEqual(await readFile(envelope));
    expect(after?.bytes).not.toEqual(before?.bytes);
    expect(await copiesIn(path.dirname(after?.file ?? ''))).toHaveLength(1);
  });

  it('go well where no copy can be kept, and say so', async () => {
    const { store, own } = await freshStore();
    await writeFile(own, 'a file where the folder would be');
    const file = path.join(await freshFolder(engine), 'a.txt');
    await writeFile(file, 'a');
    const sealed = await seal({ ...engine, copies: store }, sealRequest(engine, file, { binOriginal: true }));
    expect(sealed).toMatchObject({ binned: true });
    expect(sealed?.notes).toEqual([
      { path: sealed?.envelope, what: expect.stringMatching(/^no copy of the envelope was kept: /) },
    ]);
  });

  it('keep none where none is wanted', async () => {
    const { store, own } = await freshStore({ keep: false });
    expect(await store.keep(randomBytes(40), randomBytes(9))).toBeUndefined();
    await expect(readdir(own)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('what is found', () => {
  let pair: { envelope: string; bytes: Buffer; stream: Uint8Array };
  beforeEach(async () => {
    const { envelope } = await freshPair(engine);
    pair = { envelope, bytes: await readFile(envelope), stream: await streamOf(envelope) };
  });

  it.each<[what: string, spoil: (file: string) => Promise<void>]>([
    ['torn', async (file) => await writeFile(file, pair.bytes.subarray(0, 100))],
    ['empty', async (file) => await writeFile(file, '')],
    ['no envelope', async (file) => await writeFile(file, '{}')],
    ['too large', async (file) => await writeFile(file, Buffer.alloc(1_048_577, ' '))],
    ['of another body', async (file) => await copyFile((await freshPair(engine)).envelope, file)],
    [
      'behind a link',
      async (file) => {
        await rm(file);
        await symlink(pair.envelope, file);
      },
    ],
    [
      'a folder',
      async (file) => {
        await rm(file);
        await mkdir(file);
      },
    ],
  ])('is not a copy that is %s', async (_, spoil) => {
    const { store, own } = await freshStore();
    expect(await store.keep(pair.stream, pair.bytes)).toBeUndefined();
    expect((await store.find(pair.stream))?.bytes).toEqual(pair.bytes);
    await spoil(copyPlace(own, pair.stream).file);
    expect(await store.find(pair.stream)).toBeUndefined();
  });

  it('lies in the folder of the settings, or still in the program’s own', async () => {
    const chosen = await freshFolder(engine);
    const { store, own, copies } = await freshStore();
    await store.keep(pair.stream, pair.bytes);
    Object.assign(copies, { folder: chosen });
    store.forget();
    expect((await store.find(pair.stream))?.file).toBe(copyPlace(own, pair.stream).file);
    await store.keep(pair.stream, pair.bytes);
    expect((await store.find(pair.stream))?.file).toBe(copyPlace(chosen, pair.stream).file);
  });

  it('a link that somebody put in its place is replaced, and not written through', async () => {
    const { store, own } = await freshStore();
    const victim = path.join(await freshFolder(engine), 'victim');
    await writeFile(victim, 'mine');
    const { shard, file } = copyPlace(own, pair.stream);
    await mkdir(shard, { recursive: true });
    await symlink(victim, file);
    expect(await store.keep(pair.stream, pair.bytes)).toBeUndefined();
    expect(await readFile(victim, 'utf8')).toBe('mine');
    expect((await store.find(pair.stream))?.bytes).toEqual(pair.bytes);
    await rm(shard, { recursive: true });
    await symlink(path.dirname(victim), shard);
    store.forget();
    expect(await store.keep(pair.stream, pair.bytes)).toMatch(/no writing in the folder/);
    expect(await readdir(path.dirname(victim))).toEqual(['victim']);
  });
});

describe('a folder that is not as it was', () => {
  it('of the user is not made anew: its disk may be away', async () => {
    const folder = path.join(await freshFolder(engine), 'usb', 'copies');
    const { store } = await freshStore({ folder });
    expect(await store.keep(randomBytes(40), randomBytes(9))).toMatch(/is not there/);
    await expect(stat(path.dirname(folder))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('that goes away while the program runs is made again if it is the program’s own', async () => {
    const { store, own } = await freshStore();
    const stream = randomBytes(40);
    expect(await store.keep(stream, Buffer.from('{}'))).toBeUndefined();
    await rm(own, { recursive: true });
    expect(await store.keep(stream, Buffer.from('{}'))).toBeUndefined();
  });

  it('that may not be written to is said', async () => {
    if (process.getuid?.() === 0) {
      // Root may write anywhere; the code is what matters then.
      const { store, own } = await freshStore();
      await mkdir(own);
      await writeFile(copyPlace(own, Buffer.alloc(40)).shard, '');
      expect(await store.keep(Buffer.alloc(40), Buffer.from('{}'))).toMatch(/^no copy/);
      return;
    }
    const { store, own } = await freshStore();
    await mkdir(own, { mode: 0o500 });
    expect(await store.keep(randomBytes(40), Buffer.from('{}'))).toMatch(/no writing/);
    await chmod(own, 0o700);
  });

  it('that hangs is waited for once, and believed again when it answers', async () => {
    const hanging = Promise.withResolvers<boolean>();
    const write = vi.fn(async () => await hanging.promise);
    const { store } = await freshStore({}, { patience: 50, write });
    expect(await store.keep(randomBytes(40), Buffer.from('{}'))).toMatch(/does not answer/);
    const started = performance.now();
    expect(await store.keep(randomBytes(40), Buffer.from('{}'))).toMatch(/does not answer/);
    expect(await store.find(randomBytes(40))).toBeUndefined();
    expect(performance.now() - started).toBeLessThan(40);
    expect(write).toHaveBeenCalledOnce();
    hanging.resolve(true);
    await vi.waitFor(async () => {
      expect(await store.keep(randomBytes(40), Buffer.from('{}'))).toBeUndefined();
    });
  });
});

describe('the limit', () => {
  it('lets the oldest go first, and spares the one just written', async () => {
    // 16 MB in 256 shards are 62,500 bytes each.
    const { store, own } = await freshStore({ megabytes: 16 });
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
    const { store } = await freshStore({ megabytes: 16 });
    expect(await store.keep(randomBytes(40), Buffer.alloc(62_501))).toMatch(/too large/);
  });

  it('counts what another process wrote', async () => {
    const { store, own, copies } = await freshStore({ megabytes: 16 });
    const other = new Copies(
      { load: async () => await Promise.resolve({ copies } as never) },
      {
        envelopesFolder: own,
      },
    );
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
    const { store, own } = await freshStore();
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
