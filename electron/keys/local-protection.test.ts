import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AskPassphrase } from './local-protection.ts';
import { asker, base64url, FakeKeyStore, textIn } from './local-store-fixture.ts';
import { LocalStore } from './local-store.ts';

let home: string;
let folder: string;

beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'envelope-keys-'));
  folder = path.join(home, 'keys');
});
afterEach(async () => {
  await rm(home, { recursive: true });
});

const withPassphrase = (ask?: AskPassphrase): LocalStore =>
  new LocalStore(folder, { askPassphrase: ask, scryptWork: 2 });

describe('passphrases', () => {
  it('says key-locked when nobody answers, and does not ask again', async () => {
    const key = await withPassphrase(asker('correct horse').ask).create('Work', 'passphrase');
    for (const answer of [undefined, '']) {
      const { ask, asked } = asker(answer, 'correct horse');
      const store = withPassphrase(ask);
      await expect(store.open(key)).rejects.toMatchObject({ code: 'key-locked', details: { name: 'Work' } });
      await expect(store.open(key)).rejects.toMatchObject({ code: 'key-locked' });
      expect(asked).toHaveLength(1);
      store.lock();
      expect(await store.open(key)).toHaveLength(32);
    }
    await expect(withPassphrase().open(key)).rejects.toMatchObject({ code: 'key-locked' });
  });

  it('says passphrase-wrong for a wrong one', async () => {
    const key = await withPassphrase(asker('correct horse').ask).create('Work', 'passphrase');
    const { ask, asked } = asker('battery staple', 'correct horse');
    const store = withPassphrase(ask);
    await expect(store.open(key)).rejects.toMatchObject({ code: 'passphrase-wrong' });
    await expect(store.open(key)).rejects.toMatchObject({ code: 'passphrase-wrong' });
    expect(asked).toHaveLength(1);
  });

  it('makes no key without one', async () => {
    await expect(withPassphrase(asker(undefined).ask).create('Work', 'passphrase')).rejects.toMatchObject({
      code: 'key-locked',
    });
    expect((await new LocalStore(folder).list()).keys).toEqual([]);
  });

  it('asks once for many files at once, and the disk does not have the master', async () => {
    const first = withPassphrase(asker('correct horse').ask);
    const key = await first.create('Work', 'passphrase');
    const master = base64url(await first.open(key));
    const { ask, asked } = asker('correct horse');
    const store = withPassphrase(ask);
    const opened = await Promise.all([store.open(key), store.open(key), store.open(key)]);
    expect(opened.map(base64url)).toEqual([master, master, master]);
    expect(asked).toEqual([{ kind: 'unlock', key, name: 'Work' }]);
    expect(await textIn(folder)).not.toContain(master);
    expect(await store.describe(key)).toMatchObject({ protection: 'passphrase' });
  });

  it('one file that is cancelled does not stop the others', async () => {
    const key = await withPassphrase(asker('correct horse').ask).create('Work', 'passphrase');
    const answer = Promise.withResolvers<string>();
    const begun = Promise.withResolvers<void>();
    const store = withPassphrase(() => {
      begun.resolve();
      return answer.promise;
    });
    const controller = new AbortController();
    const cancelled = store.open(key, { signal: controller.signal });
    const other = store.open(key);
    await begun.promise;
    controller.abort();
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
    answer.resolve('correct horse');
    expect(await other).toHaveLength(32);
  });

  it('changes from one protection to another and keeps the master', async () => {
    const { ask, asked } = asker('first', 'second', 'second');
    const protectors = { askPassphrase: ask, keyStore: new FakeKeyStore(), scryptWork: 2 };
    const key = await new LocalStore(folder, protectors).create('Work', 'file');
    const master = base64url(await new LocalStore(folder).open(key));
    for (const protection of ['passphrase', 'os', 'file'] as const) {
      const store = new LocalStore(folder, protectors);
      await store.changeProtection(key, protection);
      expect(await store.describe(key)).toMatchObject({ protection });
      expect((await textIn(folder)).includes(master)).toBe(protection === 'file');
      expect(base64url(await store.open(key))).toBe(master);
      if (protection === 'passphrase') await store.changeProtection(key, 'passphrase');
    }
    expect(asked.map(({ kind }) => kind)).toEqual(['protect', 'protect', 'unlock']);
    await expect(withPassphrase().changeProtection('local:x', 'file')).rejects.toMatchObject({
      code: 'key-not-found',
    });
  });
});

describe('masters in memory', () => {
  it('are zero-filled by lock and by dispose', async () => {
    const kept: Uint8Array[] = [];
    {
      using store = new LocalStore(folder);
      const key = await store.ensureDefault();
      kept.push((await store.open(key))!);
      store.lock();
      kept.push((await store.open(key))!);
      expect(kept[1]).not.toEqual(new Uint8Array(32));
    }
    expect(kept.map(base64url)).toEqual([base64url(new Uint8Array(32)), base64url(new Uint8Array(32))]);
  });

  it('do not come back when the keys are locked while one is being opened', async () => {
    const begun = Promise.withResolvers<void>();
    const opening = Promise.withResolvers<Uint8Array>();
    const keyStore = new FakeKeyStore();
    const key = await new LocalStore(folder, { keyStore }).ensureDefault();
    keyStore.unprotect = () => {
      begun.resolve();
      return opening.promise;
    };
    const store = new LocalStore(folder, { keyStore });
    const waiting = store.open(key);
    await begun.promise;
    store.lock();
    const sealed = JSON.parse(await textIn(folder)) as { sealed: string };
    const master = Buffer.from(sealed.sealed, 'base64url').map((byte) => byte ^ 0xaa);
    opening.resolve(master);
    await expect(waiting).rejects.toMatchObject({ code: 'key-locked' });
    expect(Uint8Array.from(master)).toEqual(new Uint8Array(32));
  });

  it('a key store that answers something else is no way to another master', async () => {
    const keyStore = new FakeKeyStore();
    const key = await new LocalStore(folder, { keyStore }).ensureDefault();
    keyStore.unprotect = () => Promise.resolve(new Uint8Array(32).fill(1));
    await expect(new LocalStore(folder, { keyStore }).open(key)).rejects.toMatchObject({
      code: 'key-damaged',
    });
    keyStore.unprotect = () => Promise.reject(new Error('the session is locked'));
    await expect(new LocalStore(folder, { keyStore }).open(key)).rejects.toMatchObject({
      code: 'key-locked',
      details: { keyStore: 'fake' },
    });
  });
});
