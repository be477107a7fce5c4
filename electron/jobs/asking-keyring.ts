import type { EncryptionContext, Envelope, WrappedKey } from '../../shared/envelope.ts';
import type { DataKey } from '../keys/data-key.ts';
import { Keyring, type KeyRef, type KeyringParts } from '../keys/keyring.ts';
import type { MadeKey, MakeOptions } from '../keys/make-key.ts';
import type { CallOptions, Wrapping } from '../keys/provider.ts';
import type { OpenedKey, UnwrapOptions } from '../keys/unwrap-any.ts';
import type { Prompts } from './prompts.ts';

/** A keyring that lets it be known whose work wants which keys: while a question is open, that is who waits for it. */
export class AskingKeyring extends Keyring {
  readonly #prompts: Prompts;

  constructor(parts: KeyringParts, prompts: Prompts) {
    super(parts);
    this.#prompts = prompts;
  }

  override async makeKey(
    keys: readonly KeyRef[],
    context: EncryptionContext,
    options?: MakeOptions,
  ): Promise<MadeKey> {
    return await this.#prompts.need({ keys }, async () => await super.makeKey(keys, context, options));
  }

  override async unwrap(
    envelope: Pick<Envelope, 'header' | 'keys'>,
    options: UnwrapOptions,
  ): Promise<OpenedKey> {
    const keys = envelope.keys.filter((entry) => entry.state === 'known');
    return await this.#prompts.need({ keys }, async () => await super.unwrap(envelope, options));
  }

  override async wrap(
    key: KeyRef,
    dataKey: DataKey,
    context: EncryptionContext,
    options?: CallOptions,
  ): Promise<Wrapping> {
    return await this.#prompts.need(
      { keys: [key] },
      async () => await super.wrap(key, dataKey, context, options),
    );
  }

  override async reEncrypt(
    from: WrappedKey,
    to: KeyRef,
    context: EncryptionContext,
    options?: Parameters<Keyring['reEncrypt']>[3],
  ): Promise<Wrapping | undefined> {
    return await this.#prompts.need(
      { keys: [from, to] },
      async () => await super.reEncrypt(from, to, context, options),
    );
  }
}
