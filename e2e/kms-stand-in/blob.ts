/** @file The stand-in's ciphertext blob: `id length(1) ‖ key id ‖ material(8) ‖ nonce(12) ‖ AES-256-GCM ‖ tag(16)`. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { ServiceError } from './service-error.ts';
import type { Key, Material } from './keys.ts';

export type Context = Readonly<Record<string, string>>;

const MATERIAL = 8;
const NONCE = 12;
const TAG = 16;

/** The context in an order that does not depend on who wrote it down. */
function aad(context: Context): Buffer {
  return Buffer.from(JSON.stringify(Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1))));
}

function current(key: Key): Material {
  const material = key.materials.at(-1);
  if (material === undefined) throw new Error('a key without material');
  return material;
}

export function sealBlob(key: Key, plaintext: Uint8Array, context: Context): Buffer {
  const id = Buffer.from(key.id);
  const nonce = randomBytes(NONCE);
  const material = current(key);
  const cipher = createCipheriv('aes-256-gcm', material.secret, nonce).setAAD(aad(context));
  const body = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([Buffer.of(id.length), id, material.id, nonce, body, cipher.getAuthTag()]);
}

/** The id of the key that made `blob`, or undefined if it is no blob. */
export function keyIdOf(blob: Buffer): string | undefined {
  const length = blob[0] ?? 0;
  if (length === 0 || blob.length < 1 + length + MATERIAL + NONCE + TAG) return undefined;
  return blob.subarray(1, 1 + length).toString('latin1');
}

/** @throws ServiceError InvalidCiphertextException: damaged, or another context; the KMS does not say which */
export function openBlob(key: Key, blob: Buffer, context: Context): Buffer {
  const start = 1 + key.id.length;
  const materialId = blob.subarray(start, start + MATERIAL);
  const nonce = blob.subarray(start + MATERIAL, start + MATERIAL + NONCE);
  const material = key.materials.find(({ id }) => id.equals(materialId));
  if (material === undefined) throw new ServiceError('InvalidCiphertextException', '');
  try {
    const decipher = createDecipheriv('aes-256-gcm', material.secret, nonce)
      .setAAD(aad(context))
      .setAuthTag(blob.subarray(-TAG));
    const body = blob.subarray(start + MATERIAL + NONCE, -TAG);
    return Buffer.concat([decipher.update(body), decipher.final()]);
  } catch {
    throw new ServiceError('InvalidCiphertextException', '');
  }
}
