/** @file Where AWS KMS is asked: by whom, how often, and what it takes to ask. Knows no SDK; that is loaded when it asks. */
import type { EncryptionContext } from '../../shared/envelope.ts';
import { EnvelopeError, isEnvelopeError } from '../../shared/errors.ts';
import type { AwsConnection } from '../keys/aws/connection.ts';
import type { AskedAt } from '../keys/aws/inquiry.ts';
import { type KeyArn, parseKeyArn } from '../keys/aws/key-arn.ts';
import { orCancelled } from '../keys/or-cancelled.ts';
import type { KeyDescription } from '../keys/provider.ts';

/** Whether to ask once more after `error`, such as when somebody has signed in again. */
export type AskAgain = (error: EnvelopeError, tries: number) => Promise<boolean>;

export type KmsParts = {
  /** SECURITY: those that a key which an envelope names may be asked of. An envelope chooses no endpoint. */
  opening: (key: KeyArn) => Promise<readonly AwsConnection[]>;
  /** SECURITY: @throws EnvelopeError `account-unknown` unless the account of the key may be called, for a dry run too */
  checkAccount: (arn: string) => Promise<void>;
  /** Called before each try. Without it nothing is asked twice. */
  again?: (() => AskAgain) | undefined;
  /** Does work that may come to ask a person about the key. */
  need?: (<T>(arn: string, work: () => Promise<T>) => Promise<T>) | undefined;
};

/** What DescribeKey said. */
export type Described = { at: AskedAt; description: KeyDescription };

export class KmsDesk {
  readonly #parts: KmsParts;
  readonly #signal: AbortSignal | undefined;
  /** How often each action was called. */
  readonly calls: Record<string, number> = {};
  /** By region: that nobody was there. One silence is waited for, not one for each key. */
  readonly #silent = new Map<string, EnvelopeError>();
  /** By region: the first call, which the others wait for. It tells whether anybody is there. */
  readonly #first = new Map<string, Promise<unknown>>();

  constructor(parts: KmsParts, signal: AbortSignal | undefined) {
    this.#parts = parts;
    this.#signal = signal;
  }

  /** @throws EnvelopeError `account-unknown`, those of the KMS, `cancelled` */
  async describe(arn: string): Promise<Described> {
    await orCancelled(async () => {
      await this.#parts.checkAccount(arn);
    }, this.#signal);
    const { describeSomewhere } = await import('../keys/aws/inquiry.ts');
    return await this.#ask(arn, async (all) => await describeSomewhere(arn, all, this.#options));
  }

  /** Whether it opens `wrapped`, or without that whether the user may open with it. Errors as {@link describe}. */
  async mayDecrypt(
    arn: string,
    question: { context: EncryptionContext; wrapped?: Uint8Array; first?: AskedAt | undefined },
  ): Promise<void> {
    const { mayDecrypt } = await import('../keys/aws/inquiry.ts');
    await this.#ask(arn, async (all) => await mayDecrypt(arn, all, question, this.#options));
  }

  /** The alias of a key, if it has one and that may be known. @throws EnvelopeError `cancelled` */
  async aliasOf(arn: string, { connection, key }: AskedAt): Promise<string | undefined> {
    const { aliasOf } = await import('../keys/aws/admin.ts');
    this.count('ListAliases');
    return await aliasOf(connection, arn, key.region, { signal: this.#signal }).catch((error: unknown) => {
      if (!isEnvelopeError(error) || error.code === 'cancelled') throw error;
      return undefined;
    });
  }

  count(action: string, calls = 1): void {
    if (calls > 0) this.calls[action] = (this.calls[action] ?? 0) + calls;
  }

  get #options() {
    return {
      signal: this.#signal,
      onCall: (action: string) => {
        this.count(action);
      },
    };
  }

  async #ask<T>(arn: string, work: (all: readonly AwsConnection[]) => Promise<T>): Promise<T> {
    const { need = async (_, ask) => await ask() } = this.#parts;
    return await this.patiently(async () => await need(arn, async () => await this.#askOnce(arn, work)));
  }

  /** Does it again when somebody has signed in meanwhile. Errors as `work`. */
  async patiently<T>(work: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      const onceMore = this.#parts.again?.();
      try {
        return await work();
      } catch (error) {
        if (!isEnvelopeError(error) || (await onceMore?.(error, tries)) !== true) throw error;
      }
    }
  }

  async #askOnce<T>(arn: string, work: (all: readonly AwsConnection[]) => Promise<T>): Promise<T> {
    const key = parseKeyArn(arn);
    if (key === undefined) throw new EnvelopeError('key-damaged', 'not a key ARN', { key: arn });
    const { region } = key;
    const first = this.#first.get(region);
    await first?.catch(() => undefined);
    const silent = this.#silent.get(region);
    if (silent !== undefined) throw silent;
    const asking = this.#call(key, work);
    if (first === undefined) this.#first.set(region, asking);
    return await asking;
  }

  async #call<T>(key: KeyArn, work: (all: readonly AwsConnection[]) => Promise<T>): Promise<T> {
    try {
      return await work(await this.#parts.opening(key));
    } catch (error) {
      if (isEnvelopeError(error, 'kms-offline')) this.#silent.set(key.region, error);
      throw error;
    }
  }
}
