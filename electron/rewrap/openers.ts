/** @file Which keys this computer has, as far as that is known without asking a KMS or a person. */
import type { KeyEntry } from '../../shared/envelope.ts';
import { isEnvelopeError } from '../../shared/errors.ts';
import type { Keyring, KeyRef } from '../keys/keyring.ts';

/** `here`: opens without a network · `kms`: the KMS would have to be asked · `foreign`: not of this computer. */
export type Opener = 'here' | 'kms' | 'foreign';

export class Openers {
  readonly #keyring: Keyring;
  readonly #known = new Map<string, Promise<Opener>>();

  constructor(keyring: Keyring) {
    this.#keyring = keyring;
  }

  async of(ref: KeyRef): Promise<Opener> {
    if (ref.provider === 'aws-kms') return 'kms';
    const known = this.#known.get(ref.key) ?? this.#look(ref);
    this.#known.set(ref.key, known);
    return await known;
  }

  /** The openers of the entries that are known, in their order. */
  async ofAll(entries: readonly KeyEntry[]): Promise<Opener[]> {
    return await Promise.all(entries.flatMap((entry) => (entry.state === 'known' ? [this.of(entry)] : [])));
  }

  async #look(ref: KeyRef): Promise<Opener> {
    try {
      return (await this.#keyring.describe(ref)).canOpen ? 'here' : 'foreign';
    } catch (error) {
      if (isEnvelopeError(error)) return 'foreign';
      throw error;
    }
  }
}
