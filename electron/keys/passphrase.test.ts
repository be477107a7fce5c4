import { armor, Encrypter } from 'age-encryption';
import { describe, expect, it } from 'vitest';
import { newIdentity } from './age-identity.ts';
import { openWithPassphrase, sealWithPassphrase } from './passphrase.ts';

const bytes = Buffer.from('what is to be kept');

describe('sealWithPassphrase and openWithPassphrase', () => {
  it('tell a wrong passphrase from a file that no passphrase opens', async () => {
    const sealed = await sealWithPassphrase(bytes, 'correct horse', 2);
    await expect(openWithPassphrase(sealed, 'correct Horse')).rejects.toMatchObject({
      code: 'passphrase-wrong',
    });
    await expect(openWithPassphrase(sealed, '')).rejects.toMatchObject({ code: 'passphrase-wrong' });

    const encrypter = new Encrypter();
    encrypter.addRecipient((await newIdentity()).recipient);
    const forARecipient = armor.encode(await encrypter.encrypt(bytes));
    await expect(openWithPassphrase(forARecipient, 'x')).rejects.toMatchObject({ code: 'key-damaged' });
    await expect(openWithPassphrase('', 'x')).rejects.toMatchObject({ code: 'key-damaged' });
  });

  it('refuse every altered byte', async () => {
    const file = armor.decode(await sealWithPassphrase(bytes, 'correct horse', 2));
    for (let at = 0; at < file.length; at++) {
      const altered = Uint8Array.from(file);
      altered[at]! ^= 0x01;
      await expect(openWithPassphrase(armor.encode(altered), 'correct horse')).rejects.toMatchObject({
        name: 'EnvelopeError',
      });
    }
  });

  it('need a passphrase', async () => {
    await expect(sealWithPassphrase(bytes, '', 2)).rejects.toMatchObject({ code: 'usage' });
  });

  it('are inverse, whatever the passphrase is made of', async () => {
    for (const passphrase of ['x', ' ', 'Grüße, 世界 \u{1f511}', 'x'.repeat(1000)]) {
      const sealed = await sealWithPassphrase(bytes, passphrase, 2);
      expect(Buffer.from(await openWithPassphrase(sealed, passphrase))).toEqual(bytes);
    }
  });

  it('spend 2^18 rounds of scrypt unless told otherwise', async () => {
    const file = armor.decode(await sealWithPassphrase(bytes, 'correct horse'));
    expect(Buffer.from(file).toString('latin1')).toMatch(
      /^age-encryption\.org\/v1\n-> scrypt [\w+/]{22} 18\n/,
    );
  });
});
