/**
 * @file The proof: the selection is gone through once more, and what is said is only what was found. An entry may be
 * named anything by whoever can write the envelope, so names are not enough: every entry that is left is tried with the
 * removed keys of this computer, and, where that is wanted, with a dry run of the KMS.
 */
import type { EncryptionContext, WrappedKey } from '../../shared/envelope.ts';
import { type EnvelopeError, isEnvelopeError } from '../../shared/errors.ts';
import type { AccessProof } from '../../shared/rewrap.ts';
import { encryptionContext } from '../envelope/context.ts';
import { isKnown } from '../envelope/entries.ts';
import { type EnvelopeFile, readEnvelopeFile } from '../envelope/read.ts';
import { isSameKey, parseKeyArn } from '../keys/aws/key-arn.ts';
import type { Keyring, KeyRef } from '../keys/keyring.ts';
import { orCancelled } from '../keys/or-cancelled.ts';
import { envelopesIn } from './envelopes.ts';
import { Openers } from './openers.ts';
import { otherEnvelopes, Siblings } from './siblings.ts';

const FIRST_TOLD = 100;

export type ProveOptions = {
  signal?: AbortSignal | undefined;
  /** Ask the KMS, by dry runs that are billed and logged, whether a removed key of its opens an entry that is left. */
  askKms?: boolean | undefined;
  onCount?: ((envelopes: number) => void) | undefined;
};

/** Envelopes found, the first of them by their paths. */
class Some {
  count = 0;
  readonly first: string[] = [];

  get told(): AccessProof['named'] {
    return { count: this.count, first: this.first };
  }

  add(path: string): void {
    this.count += 1;
    if (this.first.length < FIRST_TOLD) this.first.push(path);
  }
}

/** What one entry is by a key: opened by it, not opened, or not known. */
type Verdict = 'opens' | 'not' | 'untried';

class Prover {
  readonly keys: readonly KeyRef[];
  readonly #keyring: Keyring;
  readonly #openers: Openers;
  readonly #options: ProveOptions;
  readonly named = new Some();
  readonly opens = new Some();
  readonly copies = new Some();
  readonly unread = new Some();
  readonly tried = { here: 0, kms: 0 };
  envelopes = 0;
  untried = 0;
  unreadable = 0;

  constructor(keyring: Keyring, keys: readonly string[], options: ProveOptions) {
    this.#keyring = keyring;
    this.#openers = new Openers(keyring);
    this.#options = options;
    this.keys = keys.map(refOf);
  }

  async look({ path, envelope }: EnvelopeFile): Promise<void> {
    this.envelopes += 1;
    this.#options.onCount?.(this.envelopes);
    const known = envelope.keys.filter(isKnown);
    this.unreadable += envelope.keys.length - known.length;
    if (this.#names(known)) this.named.add(path);
    const context = encryptionContext(envelope.header);
    let opened = false;
    for (const key of this.keys) {
      for (const entry of known) {
        if (entry.provider !== key.provider) continue;
        const verdict = await this.#try({ ...key, wrapped: entry.wrapped }, context);
        if (verdict === 'untried') this.untried += 1;
        opened ||= verdict === 'opens';
      }
    }
    if (opened) this.opens.add(path);
  }

  /** An envelope beside the selection, of a body in it. */
  lookAtCopy({ path, envelope }: EnvelopeFile): void {
    if (this.#names(envelope.keys.filter(isKnown))) this.copies.add(path);
  }

  #names(entries: readonly { key: string }[]): boolean {
    return entries.some((entry) => this.keys.some(({ key }) => isSameKey(key, entry.key)));
  }

  /** `entry` names the removed key, whatever it stood under. */
  async #try(entry: WrappedKey, context: EncryptionContext): Promise<Verdict> {
    const opener = await this.#openers.of(entry);
    if (opener === 'foreign') return 'untried';
    if (opener === 'kms' && this.#options.askKms !== true) return 'untried';
    try {
      const opens = await this.#ask(entry, context);
      if (!opens) this.tried[opener] += 1;
      return opens ? 'opens' : 'not';
    } catch (error) {
      if (!isEnvelopeError(error) || error.code === 'cancelled') throw error;
      return 'untried';
    }
  }

  async #ask(entry: WrappedKey, context: EncryptionContext): Promise<boolean> {
    const { signal } = this.#options;
    const provider = await this.#keyring.provider(entry.provider);
    if (provider.wouldUnwrap !== undefined) {
      await this.#keyring.checkAccount(entry.key);
      return await provider.wouldUnwrap(entry, context, { signal });
    }
    try {
      const work = async () => await provider.unwrap(entry, context, { signal });
      const opened = await orCancelled(work, signal, (late) => late?.dataKey.wipe());
      opened?.dataKey.wipe();
      return opened !== undefined;
    } catch (error) {
      // The key is here, and this is not wrapped by it.
      if (isEnvelopeError(error, 'key-damaged')) return false;
      throw error;
    }
  }
}

function refOf(key: string): KeyRef {
  if (parseKeyArn(key) !== undefined) return { provider: 'aws-kms', key };
  return { provider: key.startsWith('age1') ? 'age' : 'local', key };
}

/**
 * Goes through a selection and says what of `keys`, as they stood in envelopes, is left in it.
 * @throws EnvelopeError `cancelled`
 */
export async function prove(
  keyring: Keyring,
  paths: readonly string[],
  keys: readonly string[],
  options: ProveOptions = {},
): Promise<AccessProof> {
  const prover = new Prover(keyring, keys, options);
  const siblings = new Siblings();
  for await (const { path, error, alone } of envelopesIn(paths, options.signal)) {
    try {
      if (error !== undefined) throw error;
      const file = await readEnvelopeFile(path);
      if (alone === true) siblings.add(file);
      await prover.look(file);
    } catch (thrown) {
      if (!isReadError(thrown)) throw thrown;
      if (thrown.code !== 'nothing-to-do') prover.unread.add(path);
    }
  }
  for await (const copy of otherEnvelopes(siblings, options.signal)) prover.lookAtCopy(copy);
  return {
    at: new Date().toISOString(),
    envelopes: prover.envelopes,
    keys: [...keys],
    named: prover.named.told,
    opens: prover.opens.told,
    copies: prover.copies.told,
    tried: prover.tried,
    untried: prover.untried,
    unreadable: prover.unreadable,
    unread: prover.unread.told,
  };
}

const isReadError = (error: unknown): error is EnvelopeError =>
  isEnvelopeError(error) && error.code !== 'cancelled';
