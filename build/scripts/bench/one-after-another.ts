/**
 * @file What a script of ten lines would do: for each file a data key of the KMS, asked for when the last file is written.
 *   one-after-another.ts ENDPOINT KEY FROM TO
 */
import { createCipheriv, randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { KMS } from '@aws-sdk/client-kms';

const [endpoint = '', KeyId = '', from = '', to = ''] = process.argv.slice(2);
const kms = new KMS({ endpoint });

for (const entry of readdirSync(from, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile()) continue;
  const file = path.join(entry.parentPath, entry.name);
  const { Plaintext, CiphertextBlob } = await kms.generateDataKey({ KeyId, KeySpec: 'AES_256' });
  if (Plaintext === undefined || CiphertextBlob === undefined) throw new Error('no data key');
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', Plaintext, nonce);
  const sealed = [nonce, cipher.update(readFileSync(file)), cipher.final(), cipher.getAuthTag()];
  const target = path.join(to, path.relative(from, file));
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(`${target}.enc`, Buffer.concat(sealed));
  writeFileSync(`${target}.key`, CiphertextBlob);
}
