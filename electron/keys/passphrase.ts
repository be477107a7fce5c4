/** @file Bytes under a passphrase, as an armoured age file: `age -d` opens it without this program. */
import type { Identity } from 'age-encryption';
import { EnvelopeError } from '../../shared/errors.ts';

/** log2 of scrypt's N: what age itself uses; about one second. */
const SCRYPT_WORK = 18;

/**
 * @param work log2 of scrypt's N, 1 to 20; lower than the default only in tests
 * @throws EnvelopeError `usage` for an empty passphrase
 */
export async function sealWithPassphrase(
  bytes: Uint8Array,
  passphrase: string,
  work = SCRYPT_WORK,
): Promise<string> {
  if (passphrase === '') throw new EnvelopeError('usage', 'a passphrase cannot be empty');
  const { Encrypter, armor } = await import('age-encryption');
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase);
  encrypter.setScryptWorkFactor(work);
  return armor.encode(await encrypter.encrypt(bytes));
}

/** age asks its identities in order, so this one is reached only when the passphrase did not open the file. */
const passphraseWasWrong: Identity = {
  unwrapFileKey(stanzas) {
    if (!stanzas.some((stanza) => stanza.args[0] === 'scrypt')) return null;
    throw new EnvelopeError('passphrase-wrong', 'the passphrase does not open this key');
  },
};

/**
 * The bytes of {@link sealWithPassphrase}; the caller wipes them.
 * @throws EnvelopeError `passphrase-wrong`, `key-damaged`
 */
export async function openWithPassphrase(sealed: string, passphrase: string): Promise<Uint8Array> {
  const { Decrypter, armor } = await import('age-encryption');
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  decrypter.addIdentity(passphraseWasWrong);
  try {
    return await decrypter.decrypt(armor.decode(sealed));
  } catch (error) {
    if (error instanceof EnvelopeError) throw error;
    throw new EnvelopeError('key-damaged', 'this is not a file that a passphrase opens', {}, error);
  }
}

/** Who works with passphrases. */
export type Passphrases = {
  /** As {@link sealWithPassphrase}. */
  seal(bytes: Uint8Array, passphrase: string, work?: number): Promise<string>;
  /** As {@link openWithPassphrase}. */
  open(sealed: string, passphrase: string): Promise<Uint8Array>;
};

/** On this thread, which stands still meanwhile. */
export const ownPassphrases: Passphrases = { seal: sealWithPassphrase, open: openWithPassphrase };
