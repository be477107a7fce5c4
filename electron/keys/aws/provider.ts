/** @file The provider `aws-kms` of FORMAT.md section 4. Nothing of the AWS SDK is loaded before a KMS key is used. */
import { EnvelopeError, isEnvelopeError } from '../../../shared/errors.ts';
import type { EncryptionContext, WrappedKey } from '../../../shared/envelope.ts';
import { DataKey } from '../data-key.ts';
import type { CallOptions, KeyDescription, KeyProvider, Unwrapping, Wrapping } from '../provider.ts';
import { firstToAnswer, patience, replicasOf, tryConnection, tryReplica } from './ask-around.ts';
import { decryptAt, encryptAt, generateAt, reEncryptAt, type Located } from './calls.ts';
import type { AwsConnection } from './connection.ts';
import { describeKey } from './describe.ts';
import type { EndpointAccounts } from './endpoint-accounts.ts';
import { dryDecrypt } from './dry-run.ts';
import { isMultiRegion, parseKeyArn, parseKeyName, regionOf, replicaArn } from './key-arn.ts';
import type { KeyArn } from './key-arn.ts';

export class AwsKmsProvider implements KeyProvider {
  readonly provider = 'aws-kms';
  readonly offline = false;
  readonly #connections: readonly AwsConnection[];
  readonly #connectionOf: (key: string) => string | undefined;
  readonly #endpoints: EndpointAccounts | undefined;

  /**
   * `connectionOf` says under which connection the user keeps a key. A key it does not know goes to every connection of its
   * partition in turn when opening, as far as `endpoints` lets it, and to the first of them otherwise.
   */
  constructor(
    connections: readonly AwsConnection[],
    connectionOf: (key: string) => string | undefined = () => undefined,
    endpoints?: EndpointAccounts,
  ) {
    this.#connections = connections;
    this.#connectionOf = connectionOf;
    this.#endpoints = endpoints;
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
    const made = await generateOrEncrypt(at, context, options);
    await this.#learn(at, made, () => {
      made.dataKey.wipe();
    });
    return made;
  }

  async wrap(
    key: string,
    dataKey: DataKey,
    context: EncryptionContext,
    options?: CallOptions,
  ): Promise<Wrapping> {
    const at = await this.#locate(key);
    const wrapping = await encryptAt(at, dataKey, context, options);
    await this.#learn(at, wrapping);
    return wrapping;
  }

  async unwrap(
    entry: WrappedKey,
    context: EncryptionContext,
    options?: CallOptions,
  ): Promise<Unwrapping | undefined> {
    const home = wrappingKey(entry);
    const connections = await this.opening(home);
    if (connections.length === 0) return undefined;
    return await firstToAnswer(connections, tryConnection, (connection) =>
      firstToAnswer(replicasOf(home, connection), tryReplica, (key, isLast) =>
        decryptAt(connection, key, entry.wrapped, context, patience(options, isLast)),
      ),
    );
  }

  /** A dry run of Decrypt: billed and logged like one (kms.md section 3). */
  async wouldUnwrap(entry: WrappedKey, context: EncryptionContext, options?: CallOptions): Promise<boolean> {
    const home = wrappingKey(entry);
    const connections = await this.opening(home);
    if (connections.length === 0) {
      throw new EnvelopeError('credentials-missing', 'no connection reaches this key', { key: home.arn });
    }
    return await firstToAnswer(connections, tryConnection, (connection) =>
      firstToAnswer(replicasOf(home, connection), tryReplica, (key) =>
        dryDecrypt(connection, key, entry.wrapped, context, options),
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
    if (!(await this.opening(home)).includes(to.connection)) return undefined;
    if (home.region !== to.region && !isMultiRegion(home)) return undefined;
    const from = home.region === to.region ? home : replicaArn(home, to.region);
    const wrapping = await reEncryptAt(to, from, entry.wrapped, context, options);
    await this.#learn(to, wrapping);
    return wrapping;
  }

  async describe(key: string, options?: CallOptions): Promise<KeyDescription> {
    const { connection, region } = await this.#locate(key);
    return await describeKey(connection, key, region, options);
  }

  /** The connections that a key which an envelope names may be asked of, in the order in which they are tried. */
  async opening(key: KeyArn): Promise<readonly AwsConnection[]> {
    const serving = this.#serving(key.arn, key.partition);
    return (await this.#endpoints?.allowed(serving, key)) ?? serving;
  }

  /** @param undo what is to happen if it cannot be kept */
  async #learn({ connection }: Located, { entry }: Wrapping, undo: () => void = () => {}): Promise<void> {
    try {
      await this.#endpoints?.learn(connection, wrappingKey(entry));
    } catch (error) {
      undo();
      throw error;
    }
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

async function generateOrEncrypt(
  at: Located,
  context: EncryptionContext,
  options?: CallOptions,
): Promise<Unwrapping & Wrapping> {
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

/** The codec has let only such entries through as known; another one here was damaged on the way. */
function wrappingKey(entry: WrappedKey): KeyArn {
  const key = parseKeyArn(entry.key);
  if (key === undefined) throw new EnvelopeError('key-damaged', 'not a key ARN', { key: entry.key });
  return key;
}
