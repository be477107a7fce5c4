import { createHash, randomBytes } from 'node:crypto';
import { chmod, copyFile, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
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
import { freshStore } from './copies.fixture.ts';
import { copyPlace } from './copy-file.ts';
import { copiesIn } from './shards.ts';

let engine: TestEngine;

beforeAll(async () => {
  engine = await makeTestEngine();
});
afterAll(async () => {
  await engine[Symbol.asyncDispose]();
});

const streamOf = async (envelope: string): Promise<Uint8Array> =>
  decodeBase64url((await readEnvelopeFile(envelope)).envelope.header.stream);

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
    const { store, own } = await freshStore(engine);
    await writeFile(own, 'a file where the folder would be');
    const file = path.join(await freshFolder(engine), 'a.txt');
    await writeFile(file, 'a');
    const sealed = await seal({ ...engine, copies: store }, sealRequest(engine, file, { binOriginal: true }));
    expect(sealed).toMatchObject({ binned: true });
    expect(sealed?.notes).toEqual([
      { path: sealed?.envelope, code: 'copy-not-kept', why: expect.any(String) },
    ]);
  });

  it('keep none where none is wanted', async () => {
    const { store, own } = await freshStore(engine, { keep: false });
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
    const { store, own } = await freshStore(engine);
    expect(await store.keep(pair.stream, pair.bytes)).toBeUndefined();
    expect((await store.find(pair.stream))?.bytes).toEqual(pair.bytes);
    await spoil(copyPlace(own, pair.stream).file);
    expect(await store.find(pair.stream)).toBeUndefined();
  });

  it('lies in the folder of the settings, or still in the program’s own', async () => {
    const chosen = await freshFolder(engine);
    const { store, own, copies } = await freshStore(engine);
    await store.keep(pair.stream, pair.bytes);
    Object.assign(copies, { folder: chosen });
    store.forget();
    expect((await store.find(pair.stream))?.file).toBe(copyPlace(own, pair.stream).file);
    await store.keep(pair.stream, pair.bytes);
    expect((await store.find(pair.stream))?.file).toBe(copyPlace(chosen, pair.stream).file);
  });

  it('a link that somebody put in its place is replaced, and not written through', async () => {
    const { store, own } = await freshStore(engine);
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
    expect(await store.keep(pair.stream, pair.bytes)).toBe('unwritable');
    expect(await readdir(path.dirname(victim))).toEqual(['victim']);
  });
});

describe('a folder that is not as it was', () => {
  it('of the user is not made anew: its disk may be away', async () => {
    const folder = path.join(await freshFolder(engine), 'usb', 'copies');
    const { store } = await freshStore(engine, { folder });
    expect(await store.keep(randomBytes(40), randomBytes(9))).toBe('folder-missing');
    await expect(stat(path.dirname(folder))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('that goes away while the program runs is made again if it is the program’s own', async () => {
    const { store, own } = await freshStore(engine);
    const stream = randomBytes(40);
    expect(await store.keep(stream, Buffer.from('{}'))).toBeUndefined();
    await rm(own, { recursive: true });
    expect(await store.keep(stream, Buffer.from('{}'))).toBeUndefined();
  });

  it('that may not be written to is said', async () => {
    if (process.getuid?.() === 0) {
      // Root may write anywhere; the code is what matters then.
      const { store, own } = await freshStore(engine);
      await mkdir(own);
      await writeFile(copyPlace(own, Buffer.alloc(40)).shard, '');
      expect(await store.keep(Buffer.alloc(40), Buffer.from('{}'))).toBe('unwritable');
      return;
    }
    const { store, own } = await freshStore(engine);
    await mkdir(own, { mode: 0o500 });
    expect(await store.keep(randomBytes(40), Buffer.from('{}'))).toBe('unwritable');
    await chmod(own, 0o700);
  });

  it('that hangs is waited for once, and believed again when it answers', async () => {
    const hanging = Promise.withResolvers<boolean>();
    const write = vi.fn<() => Promise<boolean>>(async () => await hanging.promise);
    const { store } = await freshStore(engine, {}, { patience: 50, write });
    expect(await store.keep(randomBytes(40), Buffer.from('{}'))).toBe('silent');
    const started = performance.now();
    expect(await store.keep(randomBytes(40), Buffer.from('{}'))).toBe('silent');
    expect(await store.find(randomBytes(40))).toBeUndefined();
    expect(performance.now() - started).toBeLessThan(40);
    expect(write).toHaveBeenCalledOnce();
    hanging.resolve(true);
    await vi.waitFor(async () => {
      expect(await store.keep(randomBytes(40), Buffer.from('{}'))).toBeUndefined();
    });
  });
});
