import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import type { EncryptionContext, WrappedKey } from '../../shared/envelope.ts';
import { EnvelopeError } from '../../shared/errors.ts';
import { jcs } from '../envelope/json.ts';
import { DATA_KEY_BYTES, DataKey } from './data-key.ts';
import { generateHere } from './generate-here.ts';
import type { CallOptions, KeyDescription, KeyProvider, Unwrapping, Wrapping } from './provider.ts';

export const MASTER_BYTES = 32;

const ID_BYTES = 16;
const SALT_BYTES = 32;
const TAG_BYTES = 16;
const WRAPPED_BYTES = SALT_BYTES + DATA_KEY_BYTES + TAG_BYTES;
/** Every wrap has its own key from its own salt, so one nonce is enough. */
const NONCE = new Uint8Array(12);
const NO_SALT = new Uint8Array(0);

/** Where the masters of local keys are kept. */
export interface Masters {
  /**
   * The master of `key`, 32 bytes, lent: not to be changed, kept or used after the next wait.
   * @returns undefined if this computer has no such key
   * @throws EnvelopeError `key-locked`, `passphrase-wrong`, `key-damaged`, `cancelled`
   */
  open(key: string, options?: CallOptions): Promise<Uint8Array | undefined>;
  /** What is known of `key`, or undefined if this computer has no such key. */
  describe(key: string): Promise<KeyDescription | undefined>;
}

/** The name of a local key, from its master (FORMAT.md section 4, `local`). */
export function localKeyId(master: Uint8Array): string {
  const id = hkdfSync('sha512', master, NO_SALT, 'envelope/1 local id', ID_BYTES);
  return `local:${Buffer.from(id).toString('base64url')}`;
}

/** See [Note: keys as key objects] in envelope/derive.ts. */
function withWrapKey<T>(master: Uint8Array, salt: Uint8Array, use: (wrapKey: KeyObject) => T): T {
  const from = createSecretKey(master);
  const wrapKey = new Uint8Array(hkdfSync('sha512', from, salt, 'envelope/1 local wrap', 32));
  try {
    return use(createSecretKey(wrapKey));
  } finally {
    wrapKey.fill(0);
  }
}

const aadOf = (context: EncryptionContext): Uint8Array => Buffer.from(jcs({ ...context }));

/** Wraps `dataKey` under `master` with a fresh salt: 80 bytes. */
function wrapUnder(master: Uint8Array, dataKey: DataKey, context: EncryptionContext): Uint8Array {
  const salt = randomBytes(SALT_BYTES);
  return withWrapKey(master, salt, (wrapKey) => {
    const cipher = createCipheriv('aes-256-gcm', wrapKey, NONCE).setAAD(aadOf(context));
    return Buffer.concat([salt, cipher.update(dataKey.bytes), cipher.final(), cipher.getAuthTag()]);
  });
}

/** @throws EnvelopeError `key-damaged`: cut, altered, or wrapped in another context or under another master */
function unwrapUnder(master: Uint8Array, wrapped: Uint8Array, context: EncryptionContext): DataKey {
  if (wrapped.length !== WRAPPED_BYTES) {
    throw new EnvelopeError('key-damaged', 'a locally wrapped key is 80 bytes', { length: wrapped.length });
  }
  const salt = wrapped.subarray(0, SALT_BYTES);
  return withWrapKey(master, salt, (wrapKey) => {
    const decipher = createDecipheriv('aes-256-gcm', wrapKey, NONCE, { authTagLength: TAG_BYTES });
    decipher.setAAD(aadOf(context)).setAuthTag(wrapped.subarray(-TAG_BYTES));
    const plain = decipher.update(wrapped.subarray(SALT_BYTES, -TAG_BYTES));
    try {
      decipher.final();
    } catch (error) {
      plain.fill(0);
      throw new EnvelopeError('key-damaged', 'the local key does not open this wrapped key', {}, error);
    }
    return DataKey.take(plain);
  });
}

/** Data keys wrapped under a master that is kept on this computer. */
export class LocalKeys implements KeyProvider {
  readonly provider = 'local';
  readonly offline = true;
  readonly #masters: Masters;

  constructor(masters: Masters) {
    this.#masters = masters;
  }

  async generate(
    key: string,
    context: EncryptionContext,
    options?: CallOptions,
  ): Promise<Unwrapping & Wrapping> {
    return await generateHere(this, key, context, options);
  }

  /** @throws EnvelopeError `key-not-found`, and what {@link Masters.open} throws */
  async wrap(
    key: string,
    dataKey: DataKey,
    context: EncryptionContext,
    options?: CallOptions,
  ): Promise<Wrapping> {
    const master = await this.#masters.open(key, options);
    if (master === undefined) throw notFound(key);
    return { entry: { provider: 'local', key, wrapped: wrapUnder(master, dataKey, context) } };
  }

  /**
   * Only the master that the entry names is tried.
   * @throws EnvelopeError `key-damaged`, and what {@link Masters.open} throws
   */
  async unwrap(
    entry: WrappedKey,
    context: EncryptionContext,
    options?: CallOptions,
  ): Promise<Unwrapping | undefined> {
    const master = await this.#masters.open(entry.key, options);
    if (master === undefined) return undefined;
    return { dataKey: unwrapUnder(master, entry.wrapped, context) };
  }

  /** There is no service that could do it without the data key. */
  rewrap(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  /** @throws EnvelopeError `key-not-found` */
  async describe(key: string): Promise<KeyDescription> {
    const description = await this.#masters.describe(key);
    if (description === undefined) throw notFound(key);
    return description;
  }
}

const notFound = (key: string): EnvelopeError =>
  new EnvelopeError('key-not-found', 'this computer has no such local key', { key });
