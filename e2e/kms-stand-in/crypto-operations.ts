/** @file GenerateDataKey, Encrypt, Decrypt and ReEncrypt as AWS does them (kms.md sections 1 and 3). */
import { randomBytes } from 'node:crypto';
import { keyIdOf, openBlob, sealBlob } from './blob.ts';
import { invalid } from './input.ts';
import type { Key } from './keys.ts';
import type { Operation, Request } from './operations.ts';
import { ServiceError } from './service-error.ts';

const MAX_PLAINTEXT = 4096;
const MAX_BLOB = 6144;

function usable(key: Key): Key {
  if (key.state === 'Disabled') throw new ServiceError('DisabledException', `${key.arn} is disabled.`);
  if (key.state === 'PendingDeletion') {
    throw new ServiceError('KMSInvalidStateException', `${key.arn} is pending deletion.`);
  }
  if (key.usage !== 'ENCRYPT_DECRYPT' || key.spec !== 'SYMMETRIC_DEFAULT') {
    throw new ServiceError('InvalidKeyUsageException', `${key.arn} key usage is ${key.usage}`);
  }
  return key;
}

/** A dry run that would have succeeded is an exception too. */
function endDryRun({ input }: Request): void {
  if (!input.flag('DryRun')) return;
  throw new ServiceError(
    'DryRunOperationException',
    'The request would have succeeded, but DryRun is set.',
    412,
  );
}

function generateDataKey(request: Request): object {
  const { input, keys, place } = request;
  const key = usable(keys.find(place, input.text('KeyId')));
  if (key.origin !== 'AWS_KMS') throw new ServiceError('UnsupportedOperationException', 'custom key store');
  if (input.has('KeySpec') === input.has('NumberOfBytes')) throw invalid('either KeySpec or NumberOfBytes');
  const length = input.has('KeySpec')
    ? { AES_256: 32, AES_128: 16 }[input.text('KeySpec')]
    : input.number('NumberOfBytes', 0, 1, 1024);
  if (length === undefined) throw invalid('KeySpec');
  endDryRun(request);
  const plaintext = randomBytes(length);
  const blob = sealBlob(key, plaintext, input.context('EncryptionContext'));
  return { KeyId: key.arn, Plaintext: plaintext.toString('base64'), CiphertextBlob: blob.toString('base64') };
}

function encrypt(request: Request): object {
  const { input, keys, place } = request;
  const plaintext = input.bytes('Plaintext', MAX_PLAINTEXT);
  const key = usable(keys.find(place, input.text('KeyId')));
  endDryRun(request);
  const blob = sealBlob(key, plaintext, input.context('EncryptionContext'));
  return {
    KeyId: key.arn,
    CiphertextBlob: blob.toString('base64'),
    EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
  };
}

/** The key that opens `blob`, or the refusal AWS gives. */
function openingKey({ keys, place }: Request, blob: Buffer, name: string | undefined): Key {
  const id = keyIdOf(blob);
  if (name !== undefined) {
    const key = usable(keys.find(place, name));
    if (id === undefined) throw new ServiceError('InvalidCiphertextException', '');
    if (id === key.id) return key;
    if (keys.findById(place.region, id) === undefined)
      throw new ServiceError('InvalidCiphertextException', '');
    throw new ServiceError(
      'IncorrectKeyException',
      'The key ID in the request does not identify the wrapping key.',
    );
  }
  const key = id === undefined ? undefined : keys.findById(place.region, id);
  if (id === undefined) throw new ServiceError('InvalidCiphertextException', '');
  if (key === undefined) {
    throw new ServiceError(
      'AccessDeniedException',
      'The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.',
    );
  }
  return usable(key);
}

/** A dry run with this modifier needs a key and no blob (kms.md section 3). */
function ignoresCiphertext({ input }: Request): boolean {
  return input.flag('DryRun') && input.list('DryRunModifiers').includes('IGNORE_CIPHERTEXT');
}

function decrypt(request: Request): object {
  const { input, keys, place } = request;
  if (ignoresCiphertext(request)) {
    usable(keys.find(place, input.text('KeyId')));
    endDryRun(request);
  }
  const blob = input.bytes('CiphertextBlob', MAX_BLOB);
  const key = openingKey(request, blob, input.optional('KeyId'));
  const plaintext = openBlob(key, blob, input.context('EncryptionContext'));
  endDryRun(request);
  return {
    KeyId: key.arn,
    Plaintext: plaintext.toString('base64'),
    EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
  };
}

function reEncrypt(request: Request): object {
  const { input, keys, place } = request;
  const blob = input.bytes('CiphertextBlob', MAX_BLOB);
  const destination = usable(keys.find(place, input.text('DestinationKeyId')));
  const source = openingKey(request, blob, input.optional('SourceKeyId'));
  const plaintext = openBlob(source, blob, input.context('SourceEncryptionContext'));
  endDryRun(request);
  const rewrapped = sealBlob(destination, plaintext, input.context('DestinationEncryptionContext'));
  return { SourceKeyId: source.arn, KeyId: destination.arn, CiphertextBlob: rewrapped.toString('base64') };
}

export const cryptoOperations: readonly [action: string, operation: Operation][] = [
  ['GenerateDataKey', generateDataKey],
  ['Encrypt', encrypt],
  ['Decrypt', decrypt],
  ['ReEncrypt', reEncrypt],
];
