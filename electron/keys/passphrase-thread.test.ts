import { describe, expect, it } from 'vitest';
import { openWithPassphrase } from './passphrase.ts';
import { threadedPassphrases } from './passphrase-thread.ts';

describe('a passphrase on a thread of its own', () => {
  it('seals and opens as on this one, which goes on meanwhile', async () => {
    const bytes = Uint8Array.from({ length: 32 }, (_, index) => index);
    let beats = 0;
    const heart = setInterval(() => (beats += 1), 1);
    const sealed = await threadedPassphrases.seal(bytes, 'open sesame', 15);
    expect([...(await threadedPassphrases.open(sealed, 'open sesame'))]).toEqual([...bytes]);
    clearInterval(heart);
    expect(beats).toBeGreaterThan(5);
    expect([...(await openWithPassphrase(sealed, 'open sesame'))]).toEqual([...bytes]);
  });

  it('fails with the same codes', async () => {
    const sealed = await threadedPassphrases.seal(new Uint8Array(32), 'x', 4);
    await expect(threadedPassphrases.open(sealed, 'y')).rejects.toMatchObject({ code: 'passphrase-wrong' });
    await expect(threadedPassphrases.open('nothing', 'x')).rejects.toMatchObject({ code: 'key-damaged' });
    await expect(threadedPassphrases.seal(new Uint8Array(32), '')).rejects.toMatchObject({ code: 'usage' });
  });
});
