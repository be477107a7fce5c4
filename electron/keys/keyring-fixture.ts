/** @file For tests: a keyring on a folder of its own, with providers that count what they are asked. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { EncryptionContext, Header, KeyEntry, Provider, WrappedKey } from '../../shared/envelope.ts';
import { EnvelopeError, type ErrorCode } from '../../shared/errors.ts';
import { SettingsStore } from '../settings/store.ts';
import { DataKey } from './data-key.ts';
import { Keyring } from './keyring.ts';
import { LocalKeys } from './local.ts';
import { LocalStore } from './local-store.ts';
import type { CallOptions, KeyDescription, KeyProvider, Unwrapping, Wrapping } from './provider.ts';

/** The ARN of a KMS key; `id` is up to 8 hexadecimal digits. */
export const arn = (id: string, account = '111122223333'): string =>
  `arn:aws:kms:eu-central-1:${account}:key/${id.padStart(8, '0')}-0000-4000-8000-000000000000`;

/** A provider that "wraps" by XOR with 0x55 and counts what it is asked. */
export class FakeKeys implements KeyProvider {
  readonly provider: Provider;
  readonly offline: boolean;
  readonly calls: string[] = [];
  /** The bytes of every data key it gave out or was given. */
  readonly seen: Uint8Array[] = [];
  /** By key: what refuses it. */
  readonly refusals = new Map<string, ErrorCode>();
  /** By alias: the ARN it answers with. */
  readonly aliases = new Map<string, string>();
  /** By key: how long its answer takes. */
  readonly delays = new Map<string, Promise<void>>();

  constructor(provider: Provider, offline: boolean) {
    this.provider = provider;
    this.offline = offline;
  }

  async #answer(call: string, key: string): Promise<string> {
    this.calls.push(`${call} ${key}`);
    await this.delays.get(key);
    const code = this.refusals.get(key);
    if (code !== undefined) throw new EnvelopeError(code, 'refused', { key });
    return this.aliases.get(key) ?? key;
  }

  #keep(dataKey: DataKey): DataKey {
    this.seen.push(dataKey.bytes);
    return dataKey;
  }

  async generate(key: string, context: EncryptionContext): Promise<Unwrapping & Wrapping> {
    await this.#answer('generate', key);
    const dataKey = this.#keep(DataKey.generate());
    return { dataKey, ...(await this.wrap(key, dataKey, context)) };
  }

  async wrap(key: string, dataKey: DataKey, _context?: EncryptionContext): Promise<Wrapping> {
    this.#keep(dataKey);
    const answered = await this.#answer('wrap', key);
    const wrapped = dataKey.bytes.map((byte) => byte ^ 0x55);
    return { entry: { provider: this.provider, key: answered, wrapped }, requestId: `wrap-${key}` };
  }

  async unwrap(entry: WrappedKey): Promise<Unwrapping | undefined> {
    await this.#answer('unwrap', entry.key);
    const dataKey = this.#keep(DataKey.take(Uint8Array.from(entry.wrapped, (byte) => byte ^ 0x55)));
    return { dataKey, requestId: `unwrap-${entry.key}` };
  }

  rewrap(
    _entry: WrappedKey,
    _context: EncryptionContext,
    _key: string,
    _options?: CallOptions,
  ): Promise<Wrapping | undefined> {
    return Promise.resolve(undefined);
  }

  describe(key: string, _options?: CallOptions): Promise<KeyDescription> {
    return Promise.resolve({ provider: this.provider, key, canSeal: true, canOpen: true });
  }

  everyKeyIsWiped(): boolean {
    return this.seen.length > 0 && this.seen.every((bytes) => bytes.every((byte) => byte === 0));
  }
}

export class KeyringFixture {
  readonly folder: string;
  readonly settings: SettingsStore;
  readonly localStore: LocalStore;
  readonly kms = new FakeKeys('aws-kms', false);
  readonly age = new FakeKeys('age', true);
  awsLoads = 0;
  /** How many loads of AWS will fail. */
  awsFailures = 0;
  readonly keyring: Keyring;

  private constructor(folder: string) {
    this.folder = folder;
    this.settings = new SettingsStore(path.join(folder, 'settings.json'));
    this.localStore = new LocalStore(path.join(folder, 'keys'));
    this.keyring = new Keyring({
      local: new LocalKeys(this.localStore),
      localStore: this.localStore,
      age: this.age,
      aws: () => {
        this.awsLoads += 1;
        if (this.awsLoads > this.awsFailures) return Promise.resolve(this.kms);
        return Promise.reject(new EnvelopeError('settings-invalid', 'no connection'));
      },
      settings: this.settings,
    });
  }

  static async create(): Promise<KeyringFixture> {
    return new KeyringFixture(await mkdtemp(path.join(tmpdir(), 'envelope-keyring-')));
  }

  async remove(): Promise<void> {
    this.localStore.lock();
    await rm(this.folder, { recursive: true });
  }
}

export const header: Header = {
  id: '0f6c2a7e-6f0e-4a53-9a55-0d1c5b0b6a11',
  created: '2026-11-23T16:20:00.000Z',
  cipher: 'AES256_GCM_HKDF_1MB',
  stream: '',
  content: { hidden: '' },
  context: {},
};

/** The only data key that {@link accept} takes. */
export const rightKey = Uint8Array.from({ length: 32 }, (_, index) => index);
export const wrongKey = new Uint8Array(32).fill(7);

/** As the commitment check does. */
export function accept(dataKey: DataKey): void {
  if (Buffer.compare(dataKey.bytes, rightKey) !== 0) throw new EnvelopeError('key-wrong', 'not the one');
}

/** An entry as a {@link FakeKeys} wraps. */
export const known = (provider: Provider, key: string, dataKey = rightKey): KeyEntry => ({
  state: 'known',
  provider,
  key,
  wrapped: dataKey.map((byte) => byte ^ 0x55),
  raw: '',
});

/** The coded error that `work` fails with. */
export async function failure(work: Promise<unknown>): Promise<EnvelopeError> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof EnvelopeError) return error;
  throw new Error('it should have failed with a code', { cause: error });
}
