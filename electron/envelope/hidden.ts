/** @file Hidden content (FORMAT.md section 2): nonce(12) ‖ AES-256-GCM(content key, nonce, P) ‖ tag(16). */
import { createCipheriv, createDecipheriv, type DecipherGCM, randomBytes } from 'node:crypto';
import type { FileContent, HiddenContent } from '../../shared/envelope.ts';
import type { DataKey } from '../keys/data-key.ts';
import { decodeBase64url, encodeBase64url } from './base64url.ts';
import { HIDDEN_PLAINTEXT_BYTES, readFileContent } from './content.ts';
import { contentKeyOf } from './derive.ts';
import { invalid } from './invalid.ts';
import { decodeUtf8, jcs, readJson } from './json.ts';

const GCM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const SPACE = 0x20;

/**
 * Hides `content`. `nonce`, 12 bytes, is given only where test vectors are made: one K hides one content.
 * @throws EnvelopeError `envelope-invalid`, `envelope-newer` for content that no reader would accept
 */
export function hideContent(
  dataKey: DataKey,
  id: string,
  content: FileContent,
  nonce: Uint8Array = randomBytes(NONCE_BYTES),
): HiddenContent {
  readFileContent(readJson(jcs(content)));
  const contentKey = contentKeyOf(dataKey, id);
  try {
    const cipher = createCipheriv(GCM, contentKey, nonce, { authTagLength: TAG_BYTES });
    const sealed = [cipher.update(padded(content)), cipher.final(), cipher.getAuthTag()];
    return { hidden: encodeBase64url(Buffer.concat([nonce, ...sealed])) };
  } finally {
    contentKey.fill(0);
  }
}

/** P: 1024 bytes. A name of 255 bytes still fits if every one of them is written as two (`\"`): see the test. */
function padded(content: FileContent): Uint8Array {
  const bytes = new Uint8Array(HIDDEN_PLAINTEXT_BYTES).fill(SPACE);
  bytes.set(Buffer.from(jcs(content)));
  return bytes;
}

/**
 * Reads hidden content of a header whose MAC was checked.
 * @throws EnvelopeError `envelope-newer` for an unknown `kind`; `envelope-invalid` if it does not decrypt, or is not the
 *   JCS of valid content followed by spaces
 */
export function revealContent(dataKey: DataKey, id: string, { hidden }: HiddenContent): FileContent {
  const plaintext = decrypt(dataKey, id, decodeBase64url(hidden));
  const content = readFileContent(readJson(decodeUtf8(plaintext)));
  if (Buffer.compare(padded(content), plaintext) !== 0) {
    throw invalid('its hidden content is not written as the format demands');
  }
  return content;
}

function decrypt(dataKey: DataKey, id: string, bytes: Uint8Array): Uint8Array {
  const contentKey = contentKeyOf(dataKey, id);
  try {
    const decipher = createDecipheriv(GCM, contentKey, bytes.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    });
    const plaintext = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    return finish(decipher, plaintext);
  } finally {
    contentKey.fill(0);
  }
}

/** GCM gives no bytes at the end; it only says whether the tag fits. */
function finish(decipher: DecipherGCM, plaintext: Uint8Array): Uint8Array {
  try {
    decipher.final();
    return plaintext;
  } catch {
    throw invalid('its hidden content does not decrypt');
  }
}
