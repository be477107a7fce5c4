/**
 * @file `safeStorage`, the asynchronous half; the other is deprecated. `STANDIN_KEY_STORE` says which store the system has:
 * `real` (a random key, kept in a file), `basic_text` (a fixed password, as Chromium has where it knows no desktop),
 * `unanswered` (a desktop that Chromium knows, whose store does not answer: the fixed password too), `none`.
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { app } from './app.ts';
import { refuseOthers } from './refuse.ts';

const KEY_STORES = ['real', 'basic_text', 'unanswered', 'none'] as const;
type KeyStore = (typeof KEY_STORES)[number];

const CIPHER = 'aes-256-gcm';
/** Chromium marks what it encrypts with a key of the store, and what with the fixed password. */
const PREFIX = { real: 'v11', basic_text: 'v10', unanswered: 'v10', none: '' } as const;
const PREFIX_BYTES = 3;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

function keyStore(): KeyStore {
  const name = process.env.STANDIN_KEY_STORE ?? 'real';
  const known = KEY_STORES.find((store) => store === name);
  if (known !== undefined) return known;
  throw new Error(`stand-in: STANDIN_KEY_STORE=${name}: one of ${KEY_STORES.join(', ')}`);
}

function keyOf(prefix: string): Buffer {
  if (prefix === PREFIX.basic_text) return createHash('sha256').update('peanuts').digest();
  const file = path.join(app.getPath('userData'), 'stand-in-os-key');
  mkdirSync(path.dirname(file), { recursive: true });
  if (!existsSync(file)) writeFileSync(file, randomBytes(32), { mode: 0o600 });
  return readFileSync(file);
}

function mustBeAvailable(): void {
  if (!app.isLaunched) throw new Error('safeStorage cannot be used before app is ready');
  if (keyStore() === 'none') throw new Error('Encryption is not available.');
}

export const safeStorage = refuseOthers('safeStorage', {
  isAsyncEncryptionAvailable: async (): Promise<boolean> => {
    await app.whenReady();
    return keyStore() !== 'none';
  },
  getSelectedStorageBackend: (): ReturnType<Electron.SafeStorage['getSelectedStorageBackend']> => {
    if (!app.isLaunched) return 'unknown';
    return ['real', 'unanswered'].includes(keyStore()) ? 'gnome_libsecret' : 'basic_text';
  },
  encryptStringAsync: async (text: string): Promise<Buffer> => {
    mustBeAvailable();
    const prefix = PREFIX[keyStore()];
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, keyOf(prefix), nonce);
    const sealed = [cipher.update(text, 'utf8'), cipher.final()];
    return Buffer.concat([Buffer.from(prefix), nonce, ...sealed, cipher.getAuthTag()]);
  },
  decryptStringAsync: async (bytes: Buffer): Promise<Electron.DecryptStringAsyncReturnValue> => {
    mustBeAvailable();
    const prefix = bytes.subarray(0, PREFIX_BYTES).toString();
    const start = PREFIX_BYTES + NONCE_BYTES;
    try {
      const cipher = createDecipheriv(CIPHER, keyOf(prefix), bytes.subarray(PREFIX_BYTES, start));
      cipher.setAuthTag(bytes.subarray(-TAG_BYTES));
      const text = [cipher.update(bytes.subarray(start, -TAG_BYTES)), cipher.final()];
      // What the fixed password had to protect should be encrypted again once there is a real store.
      return { result: Buffer.concat(text).toString(), shouldReEncrypt: prefix !== PREFIX[keyStore()] };
    } catch (cause) {
      throw new Error('Error while decrypting the ciphertext provided to safeStorage.decryptStringAsync.', {
        cause,
      });
    }
  },
});
