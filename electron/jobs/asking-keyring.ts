import type { EncryptionContext, Envelope } from '../../shared/envelope.ts';
import { Keyring, type KeyRef, type KeyringParts } from '../keys/keyring.ts';
import type { MadeKey, MakeOptions } from '../keys/make-key.ts';
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
}
