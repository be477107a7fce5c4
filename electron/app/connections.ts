/** @file The connections of the settings at work. They come and go with the settings while the program runs. */
import type { EncryptionContext, WrappedKey } from '../../shared/envelope.ts';
import { EnvelopeError, isEnvelopeError } from '../../shared/errors.ts';
import type { KmsConnection } from '../../shared/kms.ts';
import type { AwsConnection, MayCall, Prompts } from '../keys/aws/connection.ts';
import { EndpointAccounts } from '../keys/aws/endpoint-accounts.ts';
import { type KeyArn, parseKeyArn } from '../keys/aws/key-arn.ts';
import type { AwsKmsProvider } from '../keys/aws/provider.ts';
import type { DataKey } from '../keys/data-key.ts';
import type { CallOptions, KeyDescription, KeyProvider, Unwrapping, Wrapping } from '../keys/provider.ts';
import type { SettingsStore } from '../settings/store.ts';

/** The connection of a user who has set up none: what the SDK finds by itself. */
const searched: KmsConnection = { name: 'default', credentials: { kind: 'default' } };

/** Whom a connection asks, by its settings. */
export type PromptsOf = (connection: KmsConnection) => Prompts;

export class Connections implements KeyProvider, Disposable {
  readonly provider = 'aws-kms';
  readonly offline = false;
  readonly #settings: Pick<SettingsStore, 'load' | 'update'>;
  readonly #promptsOf: PromptsOf;
  readonly #mayCall: MayCall | undefined;
  readonly #endpoints: EndpointAccounts;
  /** As the settings were when they were last looked at. */
  #open = new Map<string, AwsConnection>();
  /** By key ARN: the connection that found it. */
  readonly #homes = new Map<string, string>();

  constructor(settings: Pick<SettingsStore, 'load' | 'update'>, promptsOf: PromptsOf, mayCall?: MayCall) {
    this.#settings = settings;
    this.#promptsOf = promptsOf;
    this.#mayCall = mayCall;
    this.#endpoints = new EndpointAccounts(settings);
  }

  /** All of them, the one for keys whose name does not say where they are first. One that did not change stays open. */
  async all(): Promise<AwsConnection[]> {
    const { AwsConnection, defaultLimits } = await import('../keys/aws/connection.ts');
    const { connections } = await this.#settings.load();
    const before = this.#open;
    this.#open = new Map();
    for (const settings of connections.length === 0 ? [searched] : connections) {
      const known = before.get(settings.name);
      const same = known !== undefined && JSON.stringify(known.settings) === JSON.stringify(settings);
      const open = same
        ? known
        : new AwsConnection(settings, this.#promptsOf(settings), defaultLimits, this.#mayCall);
      this.#open.set(settings.name, open);
    }
    for (const [name, gone] of before) if (this.#open.get(name) !== gone) gone[Symbol.dispose]();
    return [...this.#open.values()];
  }

  /** @throws EnvelopeError `usage` if there is none of that name */
  async named(name: string): Promise<AwsConnection> {
    const connection = (await this.all()).find((one) => one.name === name);
    if (connection !== undefined) return connection;
    throw new EnvelopeError('usage', 'no connection of this name', { connection: name });
  }

  /** Forgets the session of a connection: the next call reads its credentials anew. */
  reset(name: string): void {
    this.#open.get(name)?.reset();
  }

  /** Whether a connection has other credentials now, got without a person. @throws EnvelopeError as credentials fail */
  async renew(name: string): Promise<boolean> {
    const { renewQuietly } = await import('../keys/aws/sso/sign-in.ts');
    const connection = this.#open.get(name);
    return connection !== undefined && (await renewQuietly(connection));
  }

  /** Whether one signs in for a connection from here. */
  async signsIn(name: string): Promise<boolean> {
    const { sessionOf } = await import('../keys/aws/sso/sign-in.ts');
    const connection = this.#open.get(name);
    return connection !== undefined && (await sessionOf(connection)) !== undefined;
  }

  /** Remembers which connection found a key. */
  keep(arn: string, connection: string): void {
    this.#homes.set(arn, connection);
  }

  /** `connection` listed the key as one of its own account: its endpoint may be asked for that account's keys. */
  async own(connection: AwsConnection, arn: string): Promise<void> {
    const key = parseKeyArn(arn);
    if (key !== undefined) await this.#endpoints.learn(connection, key);
  }

  /** The connections that a key which an envelope names may be asked of, once its account is approved. */
  async opening(key: KeyArn): Promise<readonly AwsConnection[]> {
    return await (await this.#opening()).opening(key);
  }

  /** The endpoint of the user's own that such a key would be asked at, if it is not AWS's. */
  async endpointFor(key: KeyArn): Promise<string | undefined> {
    return (await this.opening(key)).find(({ settings }) => settings.endpoint !== undefined)?.settings
      .endpoint;
  }

  /** Regions that the user's connections are in. */
  async regions(): Promise<string[]> {
    const { ownRegions } = await import('../keys/aws/own-regions.ts');
    return await ownRegions(await this.#current());
  }

  async generate(
    key: string,
    context: EncryptionContext,
    options?: CallOptions,
  ): Promise<Unwrapping & Wrapping> {
    return await (await this.#sealing(key, options)).generate(key, context, options);
  }

  async wrap(
    key: string,
    dataKey: DataKey,
    context: EncryptionContext,
    options?: CallOptions,
  ): Promise<Wrapping> {
    return await (await this.#sealing(key, options)).wrap(key, dataKey, context, options);
  }

  async unwrap(
    entry: WrappedKey,
    context: EncryptionContext,
    options?: CallOptions,
  ): Promise<Unwrapping | undefined> {
    return await (await this.#opening()).unwrap(entry, context, options);
  }

  async rewrap(
    entry: WrappedKey,
    context: EncryptionContext,
    key: string,
    options?: CallOptions,
  ): Promise<Wrapping | undefined> {
    return await (await this.#sealing(key, options)).rewrap(entry, context, key, options);
  }

  async wouldUnwrap(entry: WrappedKey, context: EncryptionContext, options?: CallOptions): Promise<boolean> {
    return await (await this.#opening()).wouldUnwrap(entry, context, options);
  }

  async describe(key: string, options?: CallOptions): Promise<KeyDescription> {
    return await (await this.#sealing(key, options)).describe(key, options);
  }

  [Symbol.dispose](): void {
    for (const connection of this.#open.values()) connection[Symbol.dispose]();
    this.#open.clear();
  }

  /** Every connection is tried: an envelope does not say whose it is. */
  async #opening(): Promise<AwsKmsProvider> {
    const { AwsKmsProvider } = await import('../keys/aws/provider.ts');
    return new AwsKmsProvider(await this.#current(), () => undefined, this.#endpoints);
  }

  /** Only the connection that finds the key: a key is not looked for where it cannot be. */
  async #sealing(key: string, options?: CallOptions): Promise<AwsKmsProvider> {
    const { AwsKmsProvider } = await import('../keys/aws/provider.ts');
    const all = await this.#current();
    if (all.length > 1 && !this.#homes.has(key)) await this.#findHome(key, all, options);
    return new AwsKmsProvider(all, (wanted) => this.#homes.get(wanted), this.#endpoints);
  }

  /** If nobody finds it, the first connection is asked and says why. */
  async #findHome(key: string, all: readonly AwsConnection[], options?: CallOptions): Promise<void> {
    const { AwsKmsProvider } = await import('../keys/aws/provider.ts');
    const arn = parseKeyArn(key);
    // Endpoints that have never had a key of that account are asked last.
    const likely = arn === undefined ? all : await this.#endpoints.allowed(all, arn);
    for (const connection of new Set([...likely, ...all])) {
      try {
        await new AwsKmsProvider([connection]).describe(key, options);
        this.keep(key, connection.name);
        return;
      } catch (error) {
        if (!isEnvelopeError(error) || error.code === 'cancelled') throw error;
      }
    }
  }

  /** Without reading the settings again: a batch has them looked at when it begins. */
  async #current(): Promise<AwsConnection[]> {
    return this.#open.size > 0 ? [...this.#open.values()] : await this.all();
  }
}
