/**
 * @file One file by the AWS Encryption SDK for JavaScript, as a stream, under a raw AES key: what it takes without any KMS.
 *   aws-encryption-sdk.ts encrypt|decrypt FROM TO      32 bytes of key, in hexadecimal, on standard input
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { text } from 'node:stream/consumers';
import { buildDecrypt } from '@aws-crypto/decrypt-node';
import { buildEncrypt } from '@aws-crypto/encrypt-node';
import { RawAesKeyringNode, RawAesWrappingSuiteIdentifier } from '@aws-crypto/raw-aes-keyring-node';
import { AlgorithmSuiteIdentifier, CommitmentPolicy } from '@aws-crypto/material-management-node';

const [operation, from = '', to = ''] = process.argv.slice(2);
const keyring = new RawAesKeyringNode({
  keyName: 'bench',
  keyNamespace: 'bench',
  // It wants a buffer of its own.
  unencryptedMasterKey: new Uint8Array(Buffer.from((await text(process.stdin)).trim(), 'hex')),
  wrappingSuite: RawAesWrappingSuiteIdentifier.AES256_GCM_IV12_TAG16_NO_PADDING,
});
const policy = CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT;
// Committing as ours, not signed, and frames as large as our segments.
const suiteId = AlgorithmSuiteIdentifier.ALG_AES256_GCM_IV12_TAG16_HKDF_SHA512_COMMIT_KEY;
const through =
  operation === 'encrypt'
    ? buildEncrypt(policy).encryptStream(keyring, { suiteId, frameLength: 2 ** 20 })
    : buildDecrypt(policy).decryptUnsignedMessageStream(keyring);
await pipeline(createReadStream(from, { highWaterMark: 2 ** 20 }), through, createWriteStream(to));
