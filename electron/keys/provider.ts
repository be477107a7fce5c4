/** @file The one interface of everything that can wrap a data key (FORMAT.md section 4). */
import type { EncryptionContext, Provider, WrappedKey } from '../../shared/envelope.ts';
import type { DataKey } from './data-key.ts';

export type CallOptions = {
  signal?: AbortSignal | undefined;
  /** There is another way: a service that does not answer soon, or did not a moment ago, counts as unreachable. */
  impatient?: boolean;
};

/** A wrapped key as it goes into an envelope, with the service's request id where there is one. */
export type Wrapping = { entry: WrappedKey; requestId?: string };

export type Unwrapping = { dataKey: DataKey; requestId?: string };

/** What is known of a key, for people. */
export type KeyDescription = {
  provider: Provider;
  /** As in an envelope's `key`: ARN, `local:…`, `age1…`. */
  key: string;
  /** The name this computer knows it under: alias, local name. */
  name?: string;
  /** Local keys, said truthfully: how the master is kept. */
  protection?: 'os' | 'passphrase' | 'file';
  /** Local keys: other users of this computer may read the file with the master. */
  readableByOthers?: boolean;
  canSeal: boolean;
  canOpen: boolean;
  /** KMS keys: Enabled, Disabled, PendingDeletion …  */
  state?: string;
  region?: string;
  account?: string;
  multiRegion?: boolean;
  rotation?: boolean;
  /** ISO time at which the KMS will delete the key. */
  deletion?: string;
  /** ISO time at which key material that was imported ends: from then on the key opens nothing until it is imported again. */
  expires?: string;
};

/**
 * `key` is always the provider's own form as it stands in an envelope, except that `generate`, `wrap` and `describe` of
 * aws-kms also take an alias or a key id; the entry then carries the ARN the KMS answered.
 */
export interface KeyProvider {
  readonly provider: Provider;
  /** Needs no network: tried first on opening. */
  readonly offline: boolean;
  /** A new data key, already wrapped under `key`. The caller disposes it. */
  generate(key: string, context: EncryptionContext, options?: CallOptions): Promise<Unwrapping & Wrapping>;
  /** Wraps an existing data key under `key`. */
  wrap(key: string, dataKey: DataKey, context: EncryptionContext, options?: CallOptions): Promise<Wrapping>;
  /**
   * @returns undefined if the entry names a key this provider does not have ("not mine")
   * @throws EnvelopeError with its own code if it is mine and does not open; never a wrong key silently, but the
   *   caller still checks the commitment (section 3)
   */
  unwrap(
    entry: WrappedKey,
    context: EncryptionContext,
    options?: CallOptions,
  ): Promise<Unwrapping | undefined>;
  /** Replaces `entry` by one for `key` with the data key never leaving the service, or undefined if it cannot. */
  rewrap(
    entry: WrappedKey,
    context: EncryptionContext,
    key: string,
    options?: CallOptions,
  ): Promise<Wrapping | undefined>;
  describe(key: string, options?: CallOptions): Promise<KeyDescription>;
  /**
   * Whether the key that `entry` names opens what is wrapped in it, with no data key coming out. Only where that is a
   * question to a service; elsewhere {@link unwrap} tells.
   * @throws EnvelopeError if the service does not say
   */
  wouldUnwrap?(entry: WrappedKey, context: EncryptionContext, options?: CallOptions): Promise<boolean>;
}
