import { describe, expect, it } from 'vitest';
import { keyStoreState, OsKeyStore } from './key-store.ts';
import { FakeStorage } from './storage.fixture.ts';

describe('the key store', () => {
  it.each(['basic_text', 'unknown', 'something newer'])('is weak on Linux with %s', async (backend) => {
    const storage = new FakeStorage();
    storage.backend = backend;
    expect(await keyStoreState(storage, 'linux')).toEqual({ kind: 'weak' });
    // Not even asked: that alone may make the system unlock something.
    expect(storage.calls).toEqual([]);
  });

  it('is weak on Linux, whatever its name, where what it encrypts is under the fixed password', async () => {
    const storage = new FakeStorage();
    storage.mark = 'v10';
    expect(await keyStoreState(storage, 'linux')).toEqual({ kind: 'weak' });
    // Elsewhere the mark says nothing of the kind.
    expect(await keyStoreState(storage, 'darwin')).toEqual({ kind: 'real', name: 'Keychain' });
  });

  it.each([
    ['linux', 'GNOME Keyring'],
    ['darwin', 'Keychain'],
    ['win32', 'Windows Data Protection'],
  ])('is said by its name on %s', async (platform, name) => {
    const storage = new FakeStorage();
    expect(await keyStoreState(storage, platform)).toEqual({ kind: 'real', name });
    storage.available = false;
    expect(await keyStoreState(storage, platform)).toEqual({ kind: 'none' });
  });

  it('gives back the bytes it was given, and says when they are to be protected anew', async () => {
    const storage = new FakeStorage();
    let stale = 0;
    const keys = new OsKeyStore(storage, 'x', () => (stale += 1));
    const master = Uint8Array.from({ length: 32 }, (_, index) => 255 - index);
    const sealed = await keys.protect(master);
    expect(Buffer.from(sealed).includes(Buffer.from(master))).toBe(false);
    expect(Buffer.from(await keys.unprotect(sealed)).equals(master)).toBe(true);
    expect(stale).toBe(0);
    storage.shouldReEncrypt = true;
    await keys.unprotect(sealed);
    expect(stale).toBe(1);
  });
});
