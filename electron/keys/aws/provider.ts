/** @file The provider `aws-kms` of FORMAT.md section 4. Nothing of the AWS SDK is loaded before a KMS key is used. */
import { EnvelopeError, isEnvelopeError, type ErrorCode } from '../../../shared/errors.ts';
import type { EncryptionContext, WrappedKey } from '../../../shared/envelope.ts';
import { DataKey } from '../data-key.ts';
import type { CallOptions, KeyDescription, KeyProvider, Unwrapping, Wrapping } from '../provider.ts';
import { decryptAt, encryptAt, generateAt, reEncryptAt, type Located } from './calls.ts';
import type { AwsConnection } from './connection.ts';
import { describeKey } from './describe.ts';
import { isMultiRegion, parseKeyArn, parseKeyName, regionOf, replicaArn } from './key-arn.ts';
import type { KeyArn } from './key-arn.ts';

/** Another replica of a multi-Region key may answer where this region did not. */
const tryReplica: readonly ErrorCode[] = ['kms-offline', 'kms-unavailable', 'kms-key-not-found'];

/** These credentials do not open it; those of another connection might. */
const tryConnection: readonly ErrorCode[] = [
  'kms-access-denied',
  'kms-key-not-found',
  'credentials-missing',
  'credentials-invalid',
  'credentials-expired',
  'credentials-mfa',
];

export class AwsKmsProvider implements KeyProvider {
  readonly provider = 'aws-kms';
  readonly offline = false;
  readonly #connections: readonly AwsConnection[];
  readonly #connectionOf: (key: string) => string | undefined;

  /**
   * `connectionOf` says under which connection the user keeps a key. A key it does not know goes to every connection of its
   * partition in turn when opening, and to the first of them otherwise.
   */
  constructor(
    connections: readonly AwsConnection[],
    connectionOf: (key: string) => string | undefined = () => undefined,
  ) {
    this.#connections = connections;
    this.#connectionOf = connectionOf;
  }

  /**
   * GenerateDataKey, or Encrypt of a key made here for keys that do not support it (some custom key stores). Not on
   * AccessDenied: an account that forbids GenerateDataKey gets the refusal to read, not a silent detour past its policy.
   */
  async generate(
    key: string,
    context: EncryptionContext,
    options?: CallOptions,
  ): Promise<Unwrapping & Wrapping> {
    const at = await this.#locate(key);
    try {
      return await generateAt(at, context, options);
    } catch (error) {
      if (!isEnvelopeError(error) || error.details.name !== 'UnsupportedOperationException') throw error;
    }
    const dataKey = DataKey.generate();
    try {
      return { dataKey, ...(await encryptAt(at, dataKey, context, options)) };
    } catch (error) {
      dataKey.wipe();
      throw error;
    }
  }

  async wrap(
    key: string,
    dataKey: DataKey,
    context: EncryptionContext,
    options?: CallOptions,
  ): Promise<Wrapping> {
    return await encryptAt(await this.#locate(key), dataKey, context, options);
  }

  async unwrap(
    entry: WrappedKey,
    context: EncryptionContext,
    options?: CallOptions,
  ): Promise<Unwrapping | undefined> {
    const home = wrappingKey(entry);
    const connections = this.#serving(home.arn, home.partition);
    if (connections.length === 0) return undefined;
    return await firstToAnswer(connections, tryConnection, (connection) =>
      firstToAnswer(replicasOf(home, connection), tryReplica, (key) =>
        decryptAt(connection, key, entry.wrapped, context, options),
      ),
    );
  }

  /** ReEncrypt runs in one region: undefined if the two keys have none, or no connection, in common. */
  async rewrap(
    entry: WrappedKey,
    context: EncryptionContext,
    key: string,
    options?: CallOptions,
  ): Promise<Wrapping | undefined> {
    const home = wrappingKey(entry);
    const to = await this.#locate(key);
    if (!this.#serving(home.arn, home.partition).includes(to.connection)) return undefined;
    if (home.region === to.region) return await reEncryptAt(to, home, entry.wrapped, context, options);
    if (!isMultiRegion(home)) return undefined;
    return await reEncryptAt(to, replicaArn(home, to.region), entry.wrapped, context, options);
  }

  async describe(key: string, options?: CallOptions): Promise<KeyDescription> {
    const { connection, region } = await this.#locate(key);
    return await describeKey(connection, key, region, options);
  }

  async #locate(key: string): Promise<Located> {
    const name = parseKeyName(key);
    const partition = 'partition' in name ? name.partition : undefined;
    const [connection] = this.#serving(key, partition);
    if (connection === undefined) {
      throw new EnvelopeError('credentials-missing', 'no connection reaches this key', { key, partition });
    }
    return { connection, key, name, region: regionOf(name) ?? (await connection.region()) };
  }

  #serving(key: string, partition: string | undefined): readonly AwsConnection[] {
    const own = this.#connectionOf(key);
    return this.#connections.filter(
      (connection) =>
        (own === undefined || connection.name === own) &&
        (partition === undefined || connection.serves(partition)),
    );
  }
}

/** The codec has let only such entries through as known; another one here was damaged on the way. */
function wrappingKey(entry: WrappedKey): KeyArn {
  const key = parseKeyArn(entry.key);
  if (key === undefined) throw new EnvelopeError('key-damaged', 'not a key ARN', { key: entry.key });
  return key;
}

function replicasOf(home: KeyArn, { settings }: AwsConnection): readonly KeyArn[] {
  if (!isMultiRegion(home)) return [home];
  const regions = new Set([home.region, ...(settings.replicaRegions ?? [])]);
  return [...regions].map((region) => replicaArn(home, region));
}

/** Tries each in turn while it fails in one of the ways `passing`; if all do, the user hears what the first said. */
async function firstToAnswer<C, T>(
  candidates: readonly C[],
  passing: readonly ErrorCode[],
  ask: (candidate: C) => Promise<T>,
): Promise<T> {
  let first: EnvelopeError | undefined;
  for (const candidate of candidates) {
    try {
      return await ask(candidate);
    } catch (error) {
      if (!isEnvelopeError(error, ...passing)) throw error;
      first ??= error;
    }
  }
  throw first ?? new Error('nobody to ask');
}
