/** @file The system's key store, as Electron reaches it: only through `safeStorage`'s asynchronous half. */
import type { KeyStoreState } from '../../shared/desktop.ts';
import type { KeyStore } from '../keys/local-protection.ts';
import type { SafeStorage } from '../settings/safe-storage.ts';

const namesOnLinux: Readonly<Record<string, string>> = {
  gnome_libsecret: 'GNOME Keyring',
  kwallet: 'KWallet',
  kwallet5: 'KWallet',
  kwallet6: 'KWallet',
};

const names: Readonly<Record<string, string>> = { darwin: 'Keychain', win32: 'Windows Data Protection' };

/** What begins everything that Chromium on Linux has encrypted with the password that stands in its source. */
const FIXED_PASSWORD = 'v10';

/**
 * SECURITY: what the key store is worth. Where Linux has none that Chromium knows, `safeStorage` goes on with a password
 * that stands in its source (electron.md section 4): that is `weak`, and nothing is given to it.
 * To be asked after Electron is ready.
 */
export async function keyStoreState(storage: SafeStorage, platform: string): Promise<KeyStoreState> {
  const name = platform === 'linux' ? namesOnLinux[storage.getSelectedStorageBackend()] : names[platform];
  if (name === undefined) return { kind: 'weak' };
  if (!(await storage.isAsyncEncryptionAvailable())) return { kind: 'none' };
  if (platform === 'linux' && (await usesFixedPassword(storage))) return { kind: 'weak' };
  return { kind: 'real', name };
}

/**
 * On Linux the name of the store comes from that of the desktop, and encryption counts as available even where no such
 * store answers: then the fixed password takes its place. Only what it has encrypted tells.
 */
async function usesFixedPassword(storage: SafeStorage): Promise<boolean> {
  const probe = await storage.encryptStringAsync('which key?');
  return probe.subarray(0, FIXED_PASSWORD.length).toString('latin1') === FIXED_PASSWORD;
}

/** Masters of local keys in the system's key store. */
export class OsKeyStore implements KeyStore {
  readonly name: string;
  readonly #storage: SafeStorage;
  readonly #onStale: () => void;

  /** `onStale`: the system wants what it gave back to be protected anew. */
  constructor(storage: SafeStorage, name: string, onStale: () => void) {
    this.#storage = storage;
    this.name = name;
    this.#onStale = onStale;
  }

  /** As text, for that is what the system's key stores take. Nobody can overwrite a JavaScript string; it is gone soon. */
  async protect(bytes: Uint8Array): Promise<Uint8Array> {
    return await this.#storage.encryptStringAsync(Buffer.from(bytes).toString('base64'));
  }

  async unprotect(bytes: Uint8Array): Promise<Uint8Array> {
    const { result, shouldReEncrypt } = await this.#storage.decryptStringAsync(Buffer.from(bytes));
    if (shouldReEncrypt) this.#onStale();
    return Buffer.from(result, 'base64');
  }
}
