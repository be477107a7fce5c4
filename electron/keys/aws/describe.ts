import type { KeyMetadata } from '@aws-sdk/client-kms';
import { isEnvelopeError } from '../../../shared/errors.ts';
import type { CallOptions, KeyDescription } from '../provider.ts';
import { usedKey } from './answers.ts';
import type { AwsConnection } from './connection.ts';
import { parseKeyName } from './key-arn.ts';

/**
 * DescribeKey, and GetKeyRotationStatus where the policy allows it. `canSeal` and `canOpen` say what the key's state and
 * kind permit; what *this user* may do is a question for a dry run.
 * @throws EnvelopeError by the table of errors.ts
 */
export async function describeKey(
  connection: AwsConnection,
  key: string,
  region: string,
  options?: CallOptions,
): Promise<KeyDescription> {
  const description = await describeState(connection, key, region, options);
  const rotation = await rotationOf(connection, description.key, region, options);
  return rotation === undefined ? description : { ...description, rotation };
}

/** The same by one call, without the rotation. */
export async function describeState(
  connection: AwsConnection,
  key: string,
  region: string,
  options?: CallOptions,
): Promise<KeyDescription> {
  const answer = await connection.call(
    { action: 'DescribeKey', key, region },
    (kms, http) => kms.describeKey({ KeyId: key }, http),
    options,
  );
  const metadata: Partial<KeyMetadata> = answer.KeyMetadata ?? {};
  const { arn, account } = usedKey(metadata.Arn, parseKeyName(key), region, answer);
  // This spec has one usage, ENCRYPT_DECRYPT.
  const usable = metadata.KeyState === 'Enabled' && metadata.KeySpec === 'SYMMETRIC_DEFAULT';
  return {
    provider: 'aws-kms',
    key: arn,
    ...(key.startsWith('alias/') ? { name: key } : {}),
    canSeal: usable,
    canOpen: usable,
    region,
    account,
    multiRegion: metadata.MultiRegion === true,
    ...(metadata.KeyState === undefined ? {} : { state: metadata.KeyState }),
    ...(metadata.DeletionDate === undefined ? {} : { deletion: metadata.DeletionDate.toISOString() }),
    ...(metadata.ValidTo === undefined ? {} : { expires: metadata.ValidTo.toISOString() }),
  };
}

/** undefined where it may not be asked (other accounts), or does not apply (imported material, custom key stores). */
async function rotationOf(
  connection: AwsConnection,
  arn: string,
  region: string,
  options?: CallOptions,
): Promise<boolean | undefined> {
  try {
    const answer = await connection.call(
      { action: 'GetKeyRotationStatus', key: arn, region },
      (kms, http) => kms.getKeyRotationStatus({ KeyId: arn }, http),
      options,
    );
    return answer.KeyRotationEnabled;
  } catch (error) {
    const answered = [
      'kms-access-denied',
      'kms-request-invalid',
      'kms-key-state',
      'kms-key-disabled',
      'kms-key-usage',
    ] as const;
    if (isEnvelopeError(error, ...answered)) return undefined;
    throw error;
  }
}
