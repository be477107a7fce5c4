/** @file A local key or an age identity, which is asked about every envelope: that costs no call. */
import { EnvelopeError, isEnvelopeError } from '../../shared/errors.ts';
import { decodeBase64url } from '../envelope/base64url.ts';
import { encryptionContext } from '../envelope/context.ts';
import { checkCommitment } from '../envelope/derive.ts';
import type { Keyring } from '../keys/keyring.ts';
import type { LocalStore } from '../keys/local-store.ts';
import type { CallOptions } from '../keys/provider.ts';
import {
  type Asking,
  answerOf,
  type EntryAnswer,
  type KeyAsker,
  type KnownEntry,
  OPENS,
} from './entry-answer.ts';

export type OfflineParts = {
  keyring: Pick<Keyring, 'provider'>;
  local: Pick<LocalStore, 'isOpen' | 'describe'>;
  /** Whether somebody may be asked for the passphrase of a local key. */
  unlock: boolean;
  /** Does work that may come to ask a person about a local key. */
  needLocal?: (<T>(key: string, work: () => Promise<T>) => Promise<T>) | undefined;
};

/**
 * Envelopes that an age identity is tried on. Unwrapping takes it some 3 ms, so a hundred thousand would take minutes:
 * the others count as answered like them.
 */
const AGE_TRIES = 200;

const ABSENT: EntryAnswer = { answer: 'absent' };

export class OfflineKey implements KeyAsker {
  readonly #parts: OfflineParts;
  readonly #options: CallOptions;
  /** Why it opens nothing, found out once. */
  #shut: Promise<EntryAnswer | undefined> | undefined;
  #tries = 0;

  constructor(parts: OfflineParts, options: CallOptions) {
    this.#parts = parts;
    this.#options = options;
  }

  /** By unwrapping, the commitment included. */
  async answer(entry: KnownEntry, asking: Asking): Promise<EntryAnswer> {
    this.#shut ??= caught(async () => await this.#whyShut(entry));
    const shut = await this.#shut;
    if (shut !== undefined) return shut;
    if (entry.provider === 'age' && this.#tries++ >= AGE_TRIES) return { ...OPENS, assumed: true };
    return (await caught(async () => await this.#open(entry, asking))) ?? OPENS;
  }

  async #whyShut({ provider, key }: KnownEntry): Promise<EntryAnswer | undefined> {
    const { keyring, local, unlock } = this.#parts;
    if (provider === 'age') {
      const { canOpen } = await (await keyring.provider('age')).describe(key);
      return canOpen ? undefined : ABSENT;
    }
    if (local.isOpen(key)) return undefined;
    const found = await local.describe(key).catch((error: unknown) => {
      // A damaged file among the keys may be this one; it is not the envelope's entry that is damaged.
      if (isEnvelopeError(error, 'key-damaged')) return error;
      throw error;
    });
    if (found instanceof EnvelopeError) return { ...ABSENT, error: found.toRecord() };
    if (found === undefined) return ABSENT;
    if (found.protection !== 'passphrase' || unlock) return undefined;
    const details = { key, name: found.name };
    throw new EnvelopeError('key-locked', 'its passphrase is needed', details);
  }

  async #open({ provider, key, wrapped }: KnownEntry, { envelope, onDataKey }: Asking) {
    const { header } = envelope;
    const keys = await this.#parts.keyring.provider(provider);
    const entry = { provider, key, wrapped };
    const unwrap = async () => await keys.unwrap(entry, encryptionContext(header), this.#options);
    const { local, needLocal } = this.#parts;
    const asks = provider === 'local' && needLocal !== undefined && !local.isOpen(key);
    const unwrapped = await (asks ? needLocal(key, unwrap) : unwrap());
    if (unwrapped === undefined) return ABSENT;
    using dataKey = unwrapped.dataKey;
    checkCommitment(dataKey, header.id, decodeBase64url(header.stream));
    onDataKey(dataKey);
    return undefined;
  }
}

/** An error of a key is its answer. @throws EnvelopeError `cancelled` */
async function caught(work: () => Promise<EntryAnswer | undefined>): Promise<EntryAnswer | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!isEnvelopeError(error) || error.code === 'cancelled') throw error;
    return answerOf(error.toRecord());
  }
}
