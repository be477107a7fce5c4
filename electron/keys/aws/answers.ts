/** @file What the KMS answered is checked before it is believed (FORMAT.md section 4). */
import { EnvelopeError } from '../../../shared/errors.ts';
import type { WrappedKey } from '../../../shared/envelope.ts';
import { DATA_KEY_BYTES, DataKey } from '../data-key.ts';
import { answersTo, parseKeyArn, type KeyArn, type KeyName } from './key-arn.ts';

const MAX_WRAPPED_BYTES = 6144;

type Metadata = { $metadata: { requestId?: string | undefined } };

/** The request id, as the interfaces carry it. */
export function requestIdOf({ $metadata: { requestId } }: Metadata): { requestId?: string } {
  return requestId === undefined ? {} : { requestId };
}

/**
 * The ARN of the key that the KMS used.
 * @throws EnvelopeError `kms-answer-wrong` if it is not the key asked for as `name`, or not an ARN of section 4
 */
export function usedKey(keyId: string | undefined, name: KeyName, region: string, answer: Metadata): KeyArn {
  const used = keyId === undefined ? undefined : parseKeyArn(keyId);
  if (used === undefined || !answersTo(used, name, region)) {
    throw new EnvelopeError('kms-answer-wrong', 'the KMS used another key than the one asked for', {
      asked: 'arn' in name ? name.arn : name,
      answered: keyId,
      ...requestIdOf(answer),
    });
  }
  return used;
}

/**
 * The entry for an envelope.
 * @throws EnvelopeError `kms-answer-wrong` unless the ciphertext blob is 1 to 6144 bytes
 */
export function wrappedBy(key: KeyArn, blob: Uint8Array | undefined, answer: Metadata): WrappedKey {
  if (blob === undefined || blob.length === 0 || blob.length > MAX_WRAPPED_BYTES) {
    throw new EnvelopeError('kms-answer-wrong', 'a wrapped key is 1 to 6144 bytes', {
      length: blob?.length,
      ...requestIdOf(answer),
    });
  }
  return { provider: 'aws-kms', key: key.arn, wrapped: blob };
}

/**
 * Takes the plain data key out of an answer and zero-fills the SDK's copy. (The text it was parsed from is a JavaScript
 * string, which nobody can overwrite.)
 * @throws EnvelopeError `kms-answer-wrong` unless it is exactly 32 bytes
 */
export function takePlaintext(plaintext: Uint8Array | undefined, answer: Metadata): DataKey {
  if (plaintext?.length === DATA_KEY_BYTES) return DataKey.take(plaintext);
  plaintext?.fill(0);
  throw new EnvelopeError('kms-answer-wrong', 'a data key is 32 bytes', {
    length: plaintext?.length,
    ...requestIdOf(answer),
  });
}
