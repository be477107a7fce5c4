import {
  chmod,
  type FileHandle,
  lstat,
  mkdir,
  readdir,
  readFile,
  rename,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { replaceName } from '../files/atomic.ts';
import { freshFolder, prototypeOfHandles } from './engine.fixture.ts';
import {
  add,
  type FakeKms,
  first,
  forge,
  freshKmsPair,
  keysOf,
  type KmsEngine,
  makeKmsEngine,
  second,
  unknownEntry,
} from './rewrap.fixture.ts';
import { rewrap } from './rewrap.ts';

vi.mock('../files/atomic.ts', { spy: true });

let engine: KmsEngine;
let kms: FakeKms;

beforeEach(async () => {
  engine = await makeKmsEngine();
  ({ kms } = engine);
  // Else the settings are written too, among what is watched here.
  await engine.keyring.approve(second.key);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await engine[Symbol.asyncDispose]();
});

describe('writing a rewrapped envelope', () => {
  it('keeps owner and permissions', async () => {
    const sealed = await freshKmsPair(engine);
    await chmod(sealed.envelope, 0o664);
    const owner = vi.spyOn(await prototypeOfHandles(), 'chown');
    await rewrap(engine, sealed.envelope, add(second));
    const { mode, uid, gid } = await stat(sealed.envelope);
    expect(mode & 0o777).toBe(0o664);
    expect(owner.mock.calls).toEqual([[uid, gid]]);
  });

  it('a link to an envelope stays one: its target is rewritten', async () => {
    const sealed = await freshKmsPair(engine);
    const link = path.join(await freshFolder(engine), 'link.envelope');
    await symlink(sealed.envelope, link);
    const result = await rewrap(engine, link, add(second));
    expect(result.envelope).toBe(sealed.envelope);
    expect((await lstat(link)).isSymbolicLink()).toBe(true);
    expect(await keysOf(sealed.envelope)).toContain(second.key);
    expect(await readdir(path.dirname(link))).toEqual(['link.envelope']);
  });

  it('an envelope that changes meanwhile is read again', async () => {
    const sealed = await freshKmsPair(engine);
    kms.meanwhile = async () => {
      kms.meanwhile = async () => {};
      await forge(sealed.envelope, (keys) => [unknownEntry(), ...keys]);
    };
    await rewrap(engine, sealed.envelope, add(second));
    expect(await keysOf(sealed.envelope)).toEqual(['unknown', first.key, engine.local.key, second.key]);
  });

  it('an envelope that goes on changing is left to whoever changes it', async () => {
    const sealed = await freshKmsPair(engine);
    let written = '';
    kms.meanwhile = async () => {
      written = (await readFile(sealed.envelope, 'utf8')) + '\n';
      await writeFile(sealed.envelope, written);
    };
    await expect(rewrap(engine, sealed.envelope, add(second))).rejects.toMatchObject({
      code: 'envelope-changed',
    });
    expect(await readFile(sealed.envelope, 'utf8')).toBe(written);
    expect((await readdir(path.dirname(sealed.envelope))).length).toBe(2);
  });

  it('two at once both count', async () => {
    const sealed = await freshKmsPair(engine);
    await Promise.all(
      [second, engine.friend].map(async (key) => await rewrap(engine, sealed.envelope, add(key))),
    );
    expect((await keysOf(sealed.envelope)).toSorted()).toEqual(
      [first.key, engine.local.key, second.key, engine.friend.key].toSorted(),
    );
  });

  it('killed right before the rename, the old envelope stands and the journal knows the rest', async () => {
    const sealed = await freshKmsPair(engine);
    const before = await readFile(sealed.envelope);
    let seen: { partial: string; keys: string[] } | undefined;
    const note = vi.spyOn(engine.journal, 'note');
    vi.mocked(replaceName).mockImplementationOnce(async (partial) => {
      seen = { partial, keys: await keysOf(partial) };
      throw new Error('killed');
    });
    await expect(rewrap(engine, sealed.envelope, add(second))).rejects.toThrow('killed');
    expect((await readFile(sealed.envelope)).equals(before)).toBe(true);
    expect(seen?.keys).toContain(second.key);
    expect(note).toHaveBeenCalledWith({
      job: expect.any(String),
      kind: 'rewrap',
      partial: seen?.partial,
      envelope: sealed.envelope,
    });
    expect((await readdir(path.dirname(sealed.envelope))).length).toBe(2);
  });

  it('what the disk gives back otherwise does not replace anything', async () => {
    const sealed = await freshKmsPair(engine);
    const before = await readFile(sealed.envelope);
    const prototype = await prototypeOfHandles();
    const sync = vi.spyOn(prototype, 'sync').mockImplementationOnce(async function (this: FileHandle) {
      await this.write('X', 0);
    });
    await expect(rewrap(engine, sealed.envelope, add(second))).rejects.toMatchObject({ code: 'io-failed' });
    expect(sync).toHaveBeenCalled();
    expect((await readFile(sealed.envelope)).equals(before)).toBe(true);
  });

  it('is on disk before it is renamed, the folder after', async () => {
    const sealed = await freshKmsPair(engine);
    const order: string[] = [];
    vi.spyOn(await prototypeOfHandles(), 'sync').mockImplementation(async function (this: FileHandle) {
      order.push((await this.stat()).isDirectory() ? 'folder' : 'file');
    });
    vi.mocked(replaceName).mockImplementationOnce(async (partial, final) => {
      order.push('rename');
      await rename(partial, final);
    });
    await rewrap(engine, sealed.envelope, add(second));
    expect(order.slice(-3)).toEqual(['file', 'rename', 'folder']);
  });

  it('a cancel is obeyed until the rename', async () => {
    const sealed = await freshKmsPair(engine);
    const before = await readFile(sealed.envelope);
    const cancel = new AbortController();
    vi.spyOn(await prototypeOfHandles(), 'sync').mockImplementationOnce(async () => {
      cancel.abort();
      await Promise.resolve();
    });
    await expect(
      rewrap(engine, sealed.envelope, add(second), { signal: cancel.signal }),
    ).rejects.toMatchObject({ code: 'cancelled' });
    expect((await readFile(sealed.envelope)).equals(before)).toBe(true);
    expect((await readdir(path.dirname(sealed.envelope))).length).toBe(2);
  });

  it('an envelope that is not there, or not one, has its own code', async () => {
    const folder = await freshFolder(engine);
    const file = path.join(folder, 'x.envelope');
    await expect(rewrap(engine, file, add(second))).rejects.toMatchObject({ code: 'source-missing' });
    await mkdir(file);
    await expect(rewrap(engine, file, add(second))).rejects.toMatchObject({ code: 'source-special' });
  });
});
