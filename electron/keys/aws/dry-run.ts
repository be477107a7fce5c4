import { DATA_KEY_BYTES } from '../data-key.ts';
import { isEnvelopeError } from '../../../shared/errors.ts';
import type { EncryptionContext } from '../../../shared/envelope.ts';
import type { CallOptions } from '../provider.ts';
import type { AwsConnection, HttpOptions } from './connection.ts';
import type { KMS } from '@aws-sdk/client-kms';
import { type KeyArn, parseKeyName, regionOf } from './key-arn.ts';

export type DryRunAction = 'GenerateDataKey' | 'Encrypt' | 'Decrypt';

const calls: Record<
  DryRunAction,
  (
    kms: KMS,
    key: string,
    context: EncryptionContext,
    http: HttpOptions,
    wrapped: Uint8Array | undefined,
  ) => Promise<{ Plaintext?: Uint8Array | undefined; CiphertextBlob?: Uint8Array | undefined }>
> = {
  GenerateDataKey: (kms, KeyId, EncryptionContext, http) =>
    kms.generateDataKey({ KeyId, KeySpec: 'AES_256', EncryptionContext, DryRun: true }, http),
  Encrypt: async (kms, KeyId, EncryptionContext, http) => {
    await kms.encrypt(
      { KeyId, Plaintext: new Uint8Array(DATA_KEY_BYTES), EncryptionContext, DryRun: true },
      http,
    );
    return {};
  },
  Decrypt: (kms, KeyId, EncryptionContext, http, wrapped) =>
    kms.decrypt(
      wrapped === undefined
        ? // Permission alone, with no wrapped key at hand (kms.md section 3).
          { KeyId, EncryptionContext, DryRun: true, DryRunModifiers: ['IGNORE_CIPHERTEXT'] }
        : { KeyId, EncryptionContext, CiphertextBlob: wrapped, DryRun: true },
      http,
    ),
};

type DryRunOptions = CallOptions & { wrapped?: Uint8Array | undefined };

/** Returns if the KMS would do it. An emulator without dry runs just does it: what it wrapped is given back. */
async function attempt(
  connection: AwsConnection,
  action: DryRunAction,
  key: string,
  context: EncryptionContext,
  { wrapped, ...options }: DryRunOptions,
): Promise<Uint8Array | undefined> {
  const region = regionOf(parseKeyName(key)) ?? (await connection.region());
  try {
    return await connection.call(
      { action, key, region },
      async (kms, http) => {
        const { Plaintext, CiphertextBlob } = await calls[action](kms, key, context, http, wrapped);
        Plaintext?.fill(0);
        return CiphertextBlob;
      },
      options,
    );
  } catch (error) {
    if (isEnvelopeError(error) && error.details.name === 'DryRunOperationException') return undefined;
    throw error;
  }
}

/**
 * Whether `action` would be allowed, asked without doing it: true, or the KMS's own refusal. Billed and logged like the
 * call itself (kms.md section 3). With `wrapped` a Decrypt is asked about that wrapped key, and about permission alone without.
 * @throws EnvelopeError by the table of errors.ts
 */
export async function dryRun(
  connection: AwsConnection,
  action: DryRunAction,
  key: string,
  context: EncryptionContext,
  options: DryRunOptions = {},
): Promise<true> {
  try {
    await attempt(connection, action, key, context, options);
  } catch (error) {
    const missesBlob = action === 'Decrypt' && options.wrapped === undefined;
    if (!missesBlob || !isEnvelopeError(error, 'kms-ciphertext-invalid')) throw error;
    // AWS finds no fault with a blob that was not sent; an emulator without dry runs does, and wraps one when asked to.
    const wrapped = await attempt(connection, 'GenerateDataKey', key, context, options);
    if (wrapped === undefined) throw error;
    await attempt(connection, action, key, context, { ...options, wrapped });
  }
  return true;
}

/** The KMS's answers to a key that is not the one that wrapped, or not for this context. */
const others = ['kms-key-incorrect', 'kms-ciphertext-invalid'] as const;

/**
 * Whether `key` would decrypt `wrapped`, asked without doing it.
 * @throws EnvelopeError by the table of errors.ts, if the KMS does not say
 */
export async function dryDecrypt(
  connection: AwsConnection,
  key: KeyArn,
  wrapped: Uint8Array,
  context: EncryptionContext,
  options?: CallOptions,
): Promise<boolean> {
  try {
    await connection.call(
      { action: 'Decrypt', key: key.arn, region: key.region },
      async (kms, http) => {
        const input = { KeyId: key.arn, CiphertextBlob: wrapped, EncryptionContext: context, DryRun: true };
        // An emulator without dry runs just does it.
        (await kms.decrypt(input, http)).Plaintext?.fill(0);
      },
      options,
    );
    return true;
  } catch (error) {
    if (isEnvelopeError(error) && error.details.name === 'DryRunOperationException') return true;
    if (isEnvelopeError(error, ...others)) return false;
    throw error;
  }
}
