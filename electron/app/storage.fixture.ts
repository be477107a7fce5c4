/** @file A key store for tests. */
import type { SafeStorage } from '../settings/safe-storage.ts';

const turned = (bytes: Buffer): Buffer => Buffer.from([...bytes].toReversed());

/** A key store that turns bytes around: enough to see that what lies on disk is not the text. */
export class FakeStorage implements SafeStorage {
  backend = 'gnome_libsecret';
  available = true;
  shouldReEncrypt = false;
  broken = false;
  /** As Chromium marks what it encrypts: `v10` is by the password that stands in its source. */
  mark = 'v11';
  readonly calls: string[] = [];

  async isAsyncEncryptionAvailable(): Promise<boolean> {
    this.calls.push('available');
    return await Promise.resolve(this.available);
  }

  async encryptStringAsync(text: string): Promise<Buffer> {
    this.calls.push('encrypt');
    return await Promise.resolve(
      Buffer.from(`${this.mark}sealed:${turned(Buffer.from(text)).toString('hex')}`),
    );
  }

  async decryptStringAsync(encrypted: Buffer): Promise<{ result: string; shouldReEncrypt: boolean }> {
    this.calls.push('decrypt');
    const text = encrypted.toString().slice(this.mark.length);
    if (this.broken || !text.startsWith('sealed:')) return await Promise.reject(new Error('no such key'));
    const result = turned(Buffer.from(text.slice('sealed:'.length), 'hex')).toString();
    return await Promise.resolve({ result, shouldReEncrypt: this.shouldReEncrypt });
  }

  getSelectedStorageBackend(): string {
    return this.backend;
  }
}
