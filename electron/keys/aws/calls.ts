/** @file The four calls that touch a data key. All name the key, all carry the context (FORMAT.md section 4). */
import type { EncryptionContext } from '../../../shared/envelope.ts';
import type { DataKey } from '../data-key.ts';
import type { CallOptions, Unwrapping, Wrapping } from '../provider.ts';
import { requestIdOf, takePlaintext, usedKey, wrappedBy } from './answers.ts';
import type { AwsConnection } from './connection.ts';
import type { KeyArn, KeyName } from './key-arn.ts';

/** A key as it was asked for, and who asks for it where. */
export type Located = { connection: AwsConnection; key: string; name: KeyName; region: string };

export async function generateAt(
  { connection, key, name, region }: Located,
  context: EncryptionContext,
  options?: CallOptions,
): Promise<Unwrapping & Wrapping> {
  return await connection.call(
    { action: 'GenerateDataKey', key, region },
    async (kms, http) => {
      const input = { KeyId: key, KeySpec: 'AES_256' as const, EncryptionContext: context };
      const answer = await kms.generateDataKey(input, http);
      const dataKey = takePlaintext(answer.Plaintext, answer);
      try {
        const used = usedKey(answer.KeyId, name, region, answer);
        return { dataKey, entry: wrappedBy(used, answer.CiphertextBlob, answer), ...requestIdOf(answer) };
      } catch (error) {
        dataKey.wipe();
        throw error;
      }
    },
    options,
  );
}

export async function encryptAt(
  { connection, key, name, region }: Located,
  dataKey: DataKey,
  context: EncryptionContext,
  options?: CallOptions,
): Promise<Wrapping> {
  return await connection.call(
    { action: 'Encrypt', key, region },
    async (kms, http) => {
      const input = { KeyId: key, Plaintext: dataKey.bytes, EncryptionContext: context };
      const answer = await kms.encrypt(input, http);
      const used = usedKey(answer.KeyId, name, region, answer);
      return { entry: wrappedBy(used, answer.CiphertextBlob, answer), ...requestIdOf(answer) };
    },
    options,
  );
}

export async function decryptAt(
  connection: AwsConnection,
  key: KeyArn,
  wrapped: Uint8Array,
  context: EncryptionContext,
  options?: CallOptions,
): Promise<Unwrapping> {
  return await connection.call(
    { action: 'Decrypt', key: key.arn, region: key.region },
    async (kms, http) => {
      const input = { KeyId: key.arn, CiphertextBlob: wrapped, EncryptionContext: context };
      const answer = await kms.decrypt(input, http);
      const dataKey = takePlaintext(answer.Plaintext, answer);
      try {
        usedKey(answer.KeyId, { form: 'arn', ...key }, key.region, answer);
        return { dataKey, ...requestIdOf(answer) };
      } catch (error) {
        dataKey.wipe();
        throw error;
      }
    },
    options,
  );
}

export async function reEncryptAt(
  { connection, key, name, region }: Located,
  source: KeyArn,
  wrapped: Uint8Array,
  context: EncryptionContext,
  options?: CallOptions,
): Promise<Wrapping> {
  return await connection.call(
    { action: 'ReEncrypt', key, region, source: source.arn },
    async (kms, http) => {
      const answer = await kms.reEncrypt(
        {
          CiphertextBlob: wrapped,
          SourceKeyId: source.arn,
          SourceEncryptionContext: context,
          DestinationKeyId: key,
          DestinationEncryptionContext: context,
        },
        http,
      );
      usedKey(answer.SourceKeyId, { form: 'arn', ...source }, region, answer);
      const used = usedKey(answer.KeyId, name, region, answer);
      return { entry: wrappedBy(used, answer.CiphertextBlob, answer), ...requestIdOf(answer) };
    },
    options,
  );
}
