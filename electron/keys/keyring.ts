import type { EncryptionContext, Envelope, Provider, WrappedKey } from '../../shared/envelope.ts';
import { isEnvelopeError } from '../../shared/errors.ts';
import { recoveryName } from '../../shared/recovery.ts';
import { Accounts, type AccountsParts, type ApproveAccount } from './accounts.ts';
import type { DataKey } from './data-key.ts';
import { findSpec, resolveSpec, type SpecSources } from './key-spec.ts';
import { type MadeKey, makeKey, type MakeOptions } from './make-key.ts';
import { orCancelled } from './or-cancelled.ts';
import type { CallOptions, KeyDescription, KeyProvider, Wrapping } from './provider.ts';
import { type OpenedKey, unwrapAny, type UnwrapOptions } from './unwrap-any.ts';

/** A key the user chose. */
export type KeyRef = { provider: Provider; key: string };

export type KeyringParts = AccountsParts &
  SpecSources & {
    local: KeyProvider;
    age: KeyProvider;
    /** Called when a KMS key is first needed, and again only if that failed. */
    aws: () => Promise<KeyProvider>;
  };

/** All keys this computer can use, and which of them for what. */
export class Keyring {
  readonly #parts: KeyringParts;
  readonly #accounts: Accounts;
  #aws: Promise<KeyProvider> | undefined;

  constructor(parts: KeyringParts) {
    this.#parts = parts;
    this.#accounts = new Accounts(parts);
  }

  /**
   * The key a person means by `local`, `recovery`, `local:…`, a name, `age1…`, a key ARN, `alias/…` or a KMS key id.
   * Whether a KMS has the key is not asked here.
   * @throws EnvelopeError `key-not-found`
   */
  async resolve(spec: string): Promise<KeyRef> {
    return await resolveSpec(spec, this.#parts, async () => await this.recovery());
  }

  /**
   * The same, of a key that need not be here any more: no key is made, and one that only stands in envelopes goes by
   * its own name.
   * @throws EnvelopeError `key-not-found`
   */
  async find(spec: string): Promise<KeyRef> {
    return await findSpec(spec, this.#parts, async () => await this.recovery());
  }

  /**
   * The keys that seal when none is chosen: those of the settings, else the key of this computer.
   * @throws EnvelopeError `key-not-found`, `settings-invalid`
   */
  async defaults(): Promise<KeyRef[]> {
    const { defaultKeys } = await this.#parts.settings.load();
    const keys: KeyRef[] = [];
    for (const spec of defaultKeys.length === 0 ? ['local'] : defaultKeys)
      keys.push(await this.resolve(spec));
    return keys;
  }

  /** What every new envelope is sealed for as well, if there is a recovery key. */
  async recovery(): Promise<KeyRef | undefined> {
    const { key } = (await this.#parts.settings.load()).recovery;
    return key && { provider: 'age', key: key.recipient };
  }

  /** Every key that a new envelope gets, chosen or not. @throws EnvelopeError `managed-invalid` */
  async added(): Promise<KeyRef[]> {
    const recovery = await this.recovery();
    return [...(await this.managedKeys()), ...(recovery === undefined ? [] : [recovery])];
  }

  /** What is known of a key, under the name this computer has for it. Errors of the provider. */
  async describe({ provider, key }: KeyRef, options?: CallOptions): Promise<KeyDescription> {
    const description = await (await this.provider(provider)).describe(key, options);
    const { keyNames, recovery } = await this.#parts.settings.load();
    const name = keyNames[description.key] ?? recoveryName(description.key, recovery) ?? description.name;
    return name === undefined ? description : { ...description, name };
  }

  async provider(provider: Provider): Promise<KeyProvider> {
    if (provider === 'local') return this.#parts.local;
    if (provider === 'age') return this.#parts.age;
    this.#aws ??= this.#parts.aws().catch((error: unknown) => {
      // What stood in the way, such as the settings, may be put right.
      this.#aws = undefined;
      throw error;
    });
    return await this.#aws;
  }

  /**
   * Lets the account of a KMS key be called in its region from now on: the user chose the key.
   * @throws EnvelopeError `account-forbidden`, `managed-invalid`
   */
  async approve(arn: string): Promise<void> {
    await this.#accounts.approve(arn);
  }

  /** Takes what `text` (of shared/trust.ts) trusts out of the settings. */
  async forgetAccount(text: string): Promise<void> {
    await this.#accounts.forget(text);
  }

  /** Connections or settings changed: what was trusted is looked up anew. */
  trustChanged(): void {
    this.#accounts.trustChanged();
  }

  /**
   * SECURITY: to be called before any call about a KMS key that an envelope names, dry runs included.
   * @throws EnvelopeError `account-unknown` unless its account and region are approved, or the user approves them now;
   *   `account-forbidden`, `managed-invalid`
   */
  async checkAccount(arn: string, ask?: ApproveAccount): Promise<void> {
    await this.#accounts.check(arn, ask);
  }

  /** The gate of every connection. @throws EnvelopeError `account-forbidden`, `managed-invalid` */
  async checkManaged(arn: string): Promise<void> {
    await this.#accounts.checkManaged(arn);
  }

  /** Keys that an administrator adds to every new envelope. @throws EnvelopeError `managed-invalid` */
  async managedKeys(): Promise<KeyRef[]> {
    const { keys = [] } = (await this.#parts.managed?.()) ?? {};
    return keys.map((key) => ({ provider: key.startsWith('arn:') ? 'aws-kms' : 'age', key }));
  }

  /**
   * A new data key K: from the first KMS key that is chosen, else from the operating system. Every key wraps it before
   * this returns, and so do the recovery key and every key that an administrator adds, chosen or not; if one refuses, K
   * is wiped and the job over (FORMAT.md section 4). Where `mayWait` agrees, a chosen KMS key that cannot be reached is
   * left out for now.
   * @throws EnvelopeError of the key that refused; `usage` for more than 32 keys, those included; `managed-invalid`;
   *   `cancelled`
   */
  async makeKey(
    refs: readonly KeyRef[],
    context: EncryptionContext,
    options: MakeOptions = {},
  ): Promise<MadeKey> {
    return await makeKey(this, { chosen: refs, added: await this.added() }, context, options);
  }

  /** Wraps K, which is known to be the right one, under one more key. Errors of the provider; `cancelled`. */
  async wrap(
    { provider, key }: KeyRef,
    dataKey: DataKey,
    context: EncryptionContext,
    options: CallOptions = {},
  ): Promise<Wrapping> {
    const keys = await this.provider(provider);
    return await orCancelled(async () => await keys.wrap(key, dataKey, context, options), options.signal);
  }

  /**
   * `from` replaced by an entry for the KMS key `to`, K never leaving the KMS: ReEncrypt. What the KMS vouches for is
   * the context, so nothing else is verified.
   * @returns undefined if these two keys cannot
   * @throws EnvelopeError of the provider; `account-unknown`, `cancelled`
   */
  async reEncrypt(
    from: WrappedKey,
    to: KeyRef,
    context: EncryptionContext,
    { signal, approveAccount }: CallOptions & { approveAccount?: ApproveAccount | undefined } = {},
  ): Promise<Wrapping | undefined> {
    const { provider, key, wrapped } = from;
    const made = await orCancelled(async () => {
      await this.checkAccount(key, approveAccount);
      const kms = await this.provider(provider);
      return await kms.rewrap({ provider, key, wrapped }, context, to.key, { signal });
    }, signal);
    if (made !== undefined) await this.approve(made.entry.key);
    return made;
  }

  /**
   * K from the first entry that gives it: those that need no network first, else in file order (FORMAT.md section 3,
   * step 3). Whatever goes wrong with one entry is noted and the next is tried.
   * @throws EnvelopeError `no-key-opens` with `details.attempts`, an `Attempt` for each entry; `cancelled`
   */
  async unwrap(envelope: Pick<Envelope, 'header' | 'keys'>, options: UnwrapOptions): Promise<OpenedKey> {
    return await unwrapAny(this, envelope, options);
  }

  /** What this computer calls a key, as far as that can be said without asking a KMS. */
  async nameOf({ provider, key }: { provider: string; key: string }): Promise<string | undefined> {
    try {
      const { keyNames, recovery } = await this.#parts.settings.load();
      const name = keyNames[key] ?? recoveryName(key, recovery);
      return name ?? (provider === 'local' ? (await this.#parts.local.describe(key)).name : undefined);
    } catch (error) {
      if (isEnvelopeError(error)) return undefined;
      throw error;
    }
  }
}
