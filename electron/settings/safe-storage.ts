/** What is used of Electron's `safeStorage`: nothing that is synchronous, and nothing that makes it go on without a key. */
export type SafeStorage = {
  isAsyncEncryptionAvailable(): Promise<boolean>;
  encryptStringAsync(text: string): Promise<Buffer>;
  /** `shouldReEncrypt`: the system has a newer key. */
  decryptStringAsync(encrypted: Buffer): Promise<{ result: string; shouldReEncrypt: boolean }>;
  /** On Linux only, and only once Electron is ready. */
  getSelectedStorageBackend(): string;
};
