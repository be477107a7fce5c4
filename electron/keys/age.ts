import type { Decrypter } from 'age-encryption';
import type { EncryptionContext, WrappedKey } from '../../shared/envelope.ts';
import { EnvelopeError } from '../../shared/errors.ts';
import type { AgeIdentity } from './age-identity.ts';
import { DATA_KEY_BYTES, DataKey } from './data-key.ts';
import { generateHere } from './generate-here.ts';
import type { CallOptions, KeyDescription, KeyProvider, Unwrapping, Wrapping } from './provider.ts';

const MAX_WRAPPED_BYTES = 1024;

/** `age1` and 58 characters of bech32 (FORMAT.md section 4). The checksum is for {@link isRecipient} to check. */
const RECIPIENT = /^age1[02-9ac-hj-np-z]{58}$/;

/** Whether `text` is an X25519 recipient: of the right form, and it decodes. */
export async function isRecipient(text: string): Promise<boolean> {
  if (!RECIPIENT.test(text)) return false;
  const { Encrypter } = await import('age-encryption');
  try {
    new Encrypter().addRecipient(text);
    return true;
  } catch {
    return false;
  }
}

/** The plaintext of an age file as a data key. Reading stops at the 33rd byte; every byte read is zero-filled. */
async function readDataKey(plain: AsyncIterable<Uint8Array>): Promise<DataKey> {
  const bytes = new Uint8Array(DATA_KEY_BYTES + 1);
  let length = 0;
  try {
    for await (const chunk of plain) {
      const wanted = chunk.subarray(0, bytes.length - length);
      bytes.set(wanted, length);
      length += wanted.length;
      chunk.fill(0);
      if (length === bytes.length) break;
    }
    return DataKey.take(bytes.subarray(0, length));
  } finally {
    bytes.fill(0);
  }
}

/** Data keys as age files: wrapped to any X25519 recipient, unwrapped with the identities the user gave. */
export class AgeKeys implements KeyProvider {
  readonly provider = 'age';
  readonly offline = true;
  /** By recipient. The library gets the identities when the first of them is needed. */
  readonly #identities: Map<string, string>;

  constructor(identities: readonly AgeIdentity[] = []) {
    this.#identities = new Map(identities.map(({ recipient, identity }) => [recipient, identity]));
  }

  /** Recipients whose identities are here. */
  get lent(): string[] {
    return [...this.#identities.keys()];
  }

  /** Opens with `identity` too, until {@link takeBack} or the end of the program. */
  lend({ recipient, identity }: AgeIdentity): void {
    this.#identities.set(recipient, identity);
  }

  /** Forgets every identity. */
  takeBack(): void {
    this.#identities.clear();
  }

  async generate(
    key: string,
    context: EncryptionContext,
    options?: CallOptions,
  ): Promise<Unwrapping & Wrapping> {
    return await generateHere(this, key, context, options);
  }

  /**
   * age has no place for the context: commitment and MAC tie the wrap to its file.
   * @throws EnvelopeError `key-not-found` if `key` is not an X25519 recipient
   */
  async wrap(key: string, dataKey: DataKey): Promise<Wrapping> {
    if (!(await isRecipient(key))) throw notARecipient(key);
    const { Encrypter } = await import('age-encryption');
    const encrypter = new Encrypter();
    encrypter.addRecipient(key);
    const wrapped = await encrypter.encrypt(dataKey.bytes);
    return { entry: { provider: 'age', key, wrapped } };
  }

  /** @throws EnvelopeError `key-damaged`: not an age file, one for somebody else, or not 32 bytes in it */
  async unwrap(entry: WrappedKey): Promise<Unwrapping | undefined> {
    const identity = this.#identities.get(entry.key);
    if (identity === undefined) return undefined;
    if (entry.wrapped.length > MAX_WRAPPED_BYTES) {
      throw new EnvelopeError('key-damaged', 'longer than a key wrapped with age can be', {
        length: entry.wrapped.length,
      });
    }
    const { Decrypter } = await import('age-encryption');
    const decrypter = new Decrypter();
    decrypter.addIdentity(identity);
    return { dataKey: await decryptDataKey(decrypter, entry.wrapped) };
  }

  /** There is no service that could do it without the data key. */
  rewrap(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  /** @throws EnvelopeError `key-not-found` if `key` is not an X25519 recipient */
  async describe(key: string): Promise<KeyDescription> {
    if (!(await isRecipient(key))) throw notARecipient(key);
    return { provider: 'age', key, canSeal: true, canOpen: this.#identities.has(key) };
  }
}

async function decryptDataKey(decrypter: Decrypter, wrapped: Uint8Array): Promise<DataKey> {
  try {
    const file = new Blob([Uint8Array.from(wrapped)]).stream();
    return await readDataKey(await decrypter.decrypt(file));
  } catch (error) {
    if (error instanceof EnvelopeError) throw error;
    throw new EnvelopeError('key-damaged', 'the identity does not open this wrapped key', {}, error);
  }
}

const notARecipient = (key: string): EnvelopeError =>
  new EnvelopeError('key-not-found', 'not an X25519 recipient of age', { key });
