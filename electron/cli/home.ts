/** @file Where everything comes together: settings, keys and connections of this user. AWS is loaded when it is needed. */
import { EnvelopeError } from '../../shared/errors.ts';
import type { KmsConnection } from '../../shared/kms.ts';
import { Copies } from '../copies/copies.ts';
import { AgeKeys } from '../keys/age.ts';
import type { AgeIdentity } from '../keys/age-identity.ts';
import type { AwsConnection } from '../keys/aws/connection.ts';
import { EndpointAccounts } from '../keys/aws/endpoint-accounts.ts';
import type { KeyArn } from '../keys/aws/key-arn.ts';
import type { AwsKmsProvider } from '../keys/aws/provider.ts';
import { Keyring } from '../keys/keyring.ts';
import { LocalKeys } from '../keys/local.ts';
import { LocalStore } from '../keys/local-store.ts';
import { ManagedStore } from '../settings/managed.ts';
import { findPlaces, type Places } from '../settings/places.ts';
import { SettingsStore } from '../settings/store.ts';
import { printable } from './escape.ts';
import type { ConnectionOptions } from './options.ts';
import type { Session } from './session.ts';

/** The connection of a user who has set up none: what the SDK finds by itself. */
const searched: KmsConnection = { name: 'default', credentials: { kind: 'default' } };

/** @throws EnvelopeError `usage` unless there is a connection of that name */
function named(saved: readonly KmsConnection[], name: string): readonly KmsConnection[] {
  const connection = saved.find((connection) => connection.name === name);
  if (connection !== undefined) return [connection];
  throw new EnvelopeError('usage', 'no connection of this name', {
    reason: `There is no connection “${printable(name)}”.`,
  });
}

/**
 * The connections of the settings; or, if something is given for this run, the first of them with that put in.
 * A region that is given is also where a replica of a multi-Region key may be.
 */
export function connectionsFor(
  all: readonly KmsConnection[],
  { connection, profile, region, endpoint }: ConnectionOptions,
): readonly KmsConnection[] {
  const saved = connection === undefined ? all : named(all, connection);
  const [first = searched] = saved;
  if (profile === undefined && region === undefined && endpoint === undefined) {
    return saved.length === 0 ? [first] : saved;
  }
  return [
    {
      ...first,
      ...(profile === undefined ? {} : { credentials: { kind: 'profile', profile } }),
      ...(region === undefined ? {} : { region, replicaRegions: [region, ...(first.replicaRegions ?? [])] }),
      ...(endpoint === undefined ? {} : { endpoint }),
    },
  ];
}

/** Hosts of AWS itself. */
const ofAws = /\.(?:amazonaws\.com(?:\.cn)?|api\.aws|api\.amazonwebservices\.com\.cn)$/;

/**
 * Where the environment sends the calls of a connection that names no endpoint, unless that is AWS: what the user did
 * not write into this command or the settings.
 */
export function endpointOfEnvironment(
  connections: readonly KmsConnection[],
  environment: NodeJS.ProcessEnv = process.env,
): { variable: string; endpoint: string } | undefined {
  if (environment['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS']?.toLowerCase() === 'true') return undefined;
  if (connections.every(({ endpoint }) => endpoint !== undefined)) return undefined;
  for (const variable of ['AWS_ENDPOINT_URL_KMS', 'AWS_ENDPOINT_URL']) {
    const value = environment[variable];
    if (!value) continue;
    const url = URL.parse(value);
    // Without the user and password that a URL may hold.
    return url !== null && ofAws.test(url.hostname)
      ? undefined
      : { variable, endpoint: url?.origin ?? 'not an address' };
  }
  return undefined;
}

export type HomeOptions = ConnectionOptions & { identity?: readonly string[] };

export class Home implements Disposable {
  readonly places: Places = findPlaces();
  readonly settings: SettingsStore;
  readonly managed = new ManagedStore();
  readonly local: LocalStore;
  readonly copies: Copies;
  readonly keyring: Keyring;
  readonly #session: Session;
  readonly #options: ConnectionOptions;
  readonly #opened: AwsConnection[] = [];
  #aws: AwsKmsProvider | undefined;

  private constructor(session: Session, options: ConnectionOptions, identities: readonly AgeIdentity[]) {
    this.#session = session;
    this.#options = options;
    this.settings = new SettingsStore(this.places.settingsFile);
    this.copies = new Copies(this.settings, this.places);
    this.local = new LocalStore(this.places.keysFolder, {
      askPassphrase: async (purpose) => await session.secrets.forKey(purpose),
      askAgain: session.secrets.areTyped,
    });
    this.keyring = new Keyring({
      local: new LocalKeys(this.local),
      localStore: this.local,
      age: new AgeKeys(identities),
      aws: async () => await this.#openAws(),
      settings: this.settings,
      managed: async () => await this.managed.load(),
      ownRegions: this.ownRegions,
    });
  }

  /** @throws EnvelopeError `key-damaged`, `source-missing` and the like, of an identity file; `identity-mistyped` */
  static async open(session: Session, options: HomeOptions = {}): Promise<Home> {
    const { identity = [] } = options;
    if (identity.length === 0) return new Home(session, options, []);
    const { givenIdentities } = await import('./identities.ts');
    return new Home(session, options, await givenIdentities(session, identity));
  }

  /** Regions that the connections of this run are in. */
  readonly ownRegions = async (): Promise<readonly string[]> => {
    const { ownRegions } = await import('../keys/aws/own-regions.ts');
    return await ownRegions(await this.connections());
  };

  /** The connections of this run, the one for keys whose name does not say where they are first. */
  async connections(): Promise<AwsConnection[]> {
    const { AwsConnection, defaultLimits } = await import('../keys/aws/connection.ts');
    const { connections } = await this.settings.load();
    const { secrets } = this.#session;
    const prompts = {
      mfaCode: async (serial: string, again: boolean) => await secrets.mfaCode(serial, again),
      secretKey: async (accessKeyId: string) => await secrets.awsSecret(accessKeyId),
    };
    const chosen = connectionsFor(connections, this.#options);
    this.#sayEndpoint(chosen);
    const mayCall = async (arn: string): Promise<void> => {
      await this.keyring.checkManaged(arn);
    };
    const opened = chosen.map((connection) => new AwsConnection(connection, prompts, defaultLimits, mayCall));
    this.#opened.push(...opened);
    return opened;
  }

  /** A connection that this run has used already. */
  opened(name: string): AwsConnection | undefined {
    return this.#opened.find((connection) => connection.name === name);
  }

  #sayEndpoint(connections: readonly KmsConnection[]): void {
    const found = this.#opened.length > 0 ? undefined : endpointOfEnvironment(connections);
    if (found === undefined) return;
    const { variable, endpoint } = found;
    this.#session.screen.say(
      `AWS KMS is called at ${printable(endpoint)}, as the variable ${variable} says.`,
    );
  }

  /** The connections that a key which an envelope names may be asked of, once its account is approved. */
  async opening(key: KeyArn): Promise<readonly AwsConnection[]> {
    return await (await this.#openAws()).opening(key);
  }

  async #openAws(): Promise<AwsKmsProvider> {
    if (this.#aws !== undefined) return this.#aws;
    const { AwsKmsProvider } = await import('../keys/aws/provider.ts');
    const endpoints = new EndpointAccounts(this.settings);
    this.#aws = new AwsKmsProvider(await this.connections(), () => undefined, endpoints);
    return this.#aws;
  }

  [Symbol.dispose](): void {
    for (const connection of this.#opened) connection[Symbol.dispose]();
    this.local[Symbol.dispose]();
  }
}
