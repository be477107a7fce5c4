import { EnvelopeError, isEnvelopeError } from '../../shared/errors.ts';

/** The masters that are open in memory, and those about to be: nobody is asked about the same key twice. */
export class OpenMasters {
  /** Refusals stay in here, so that a batch of files asks once; other failures do not. */
  #opening = new Map<string, Promise<Uint8Array>>();
  readonly #refused = new Set<string>();
  readonly #masters = new Map<string, Uint8Array>();

  /** The master of `key` if it is open: lent, zero-filled by {@link lock}. */
  get(key: string): Uint8Array | undefined {
    return this.#masters.get(key);
  }

  /** Takes `master` over. */
  put(key: string, master: Uint8Array): void {
    this.#masters.set(key, master);
  }

  /** The master of `key`, from `unprotect` unless somebody opened it or is about to. */
  async open(key: string, unprotect: () => Promise<Uint8Array>): Promise<Uint8Array> {
    const known = this.#masters.get(key);
    if (known !== undefined) return known;
    let opening = this.#opening.get(key);
    if (opening === undefined) {
      opening = this.#begin(key, unprotect);
      this.#opening.set(key, opening);
    }
    return await opening;
  }

  async #begin(key: string, unprotect: () => Promise<Uint8Array>): Promise<Uint8Array> {
    const generation = this.#opening;
    let master: Uint8Array;
    try {
      master = await unprotect();
    } catch (error) {
      if (isEnvelopeError(error, 'key-locked', 'passphrase-wrong')) this.#refused.add(key);
      else generation.delete(key);
      throw error;
    }
    generation.delete(key);
    if (generation !== this.#opening) {
      master.fill(0);
      throw new EnvelopeError('key-locked', 'the keys were locked while this one was being opened', { key });
    }
    this.put(key, master);
    return master;
  }

  /** Whoever needs a key that was refused is asked again. */
  forgetRefusals(): void {
    for (const key of this.#refused) this.#opening.delete(key);
    this.#refused.clear();
  }

  /** Zero-fills all masters and forgets refusals. What is being opened now will be refused. */
  lock(): void {
    for (const master of this.#masters.values()) master.fill(0);
    this.#masters.clear();
    this.#opening = new Map();
    this.#refused.clear();
  }
}
