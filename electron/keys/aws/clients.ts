/** @file The SDK's clients of one connection. The only module that loads the AWS SDK; imported on first use. */
import { KMS, type KMSClientConfig } from '@aws-sdk/client-kms';
import { STS } from '@aws-sdk/client-sts';
import PQueue from 'p-queue';
import type { KmsConnection } from '../../../shared/kms.ts';
import { type HttpOptions, type Limits, type Prompts } from './connection.ts';
import { openCredentials, type InnerConfig, type SharedSession } from './credentials.ts';
import { checkEndpointUrl } from './endpoint.ts';
import { isPlain } from '../../settings/loopback.ts';
import { openTransport } from './transport.ts';

// A desktop is no EC2 instance, and asking costs a second of silence (kms.md section 8). Who wants it says so.
process.env.AWS_EC2_METADATA_DISABLED ??= 'true';

const DEFAULT_CALLS_PER_SECOND = 20;

export class Clients implements Disposable {
  readonly #connection: KmsConnection;
  readonly #prompts: Prompts;
  /** What the clients of other services share with those of the KMS. */
  readonly inner: InnerConfig;
  readonly #attempts: number;
  readonly #queue: PQueue;
  readonly #kms = new Map<string, KMS>();
  readonly #close: () => void;
  #session: SharedSession;

  /** @throws EnvelopeError `kms-endpoint-refused`, `settings-invalid` */
  constructor(connection: KmsConnection, prompts: Prompts, limits: Limits) {
    if (connection.endpoint !== undefined) checkEndpointUrl(connection.endpoint);
    const transport = openTransport(connection, limits);
    this.#close = () => transport.destroy();
    this.#connection = connection;
    this.#prompts = prompts;
    this.#attempts = limits.attempts;
    this.inner = {
      requestHandler: transport,
      maxAttempts: limits.attempts,
      ...(connection.fips === undefined ? {} : { useFipsEndpoint: connection.fips }),
      ...(connection.dualStack === undefined ? {} : { useDualstackEndpoint: connection.dualStack }),
      // An emulator answers for every service; AWS's own or a private KMS endpoint only for the KMS.
      ...(connection.endpoint !== undefined && isPlain(connection.endpoint)
        ? { endpoint: connection.endpoint }
        : {}),
    };
    this.#session = openCredentials(connection.credentials, prompts, this.inner);
    this.#queue = new PQueue({
      concurrency: limits.concurrency,
      intervalCap: connection.callsPerSecond ?? DEFAULT_CALLS_PER_SECOND,
      interval: 1000,
      strict: true,
    });
  }

  /**
   * The KMS client of `region`. `attempts` 1 is for what must not happen twice, such as creating a key.
   */
  kms(region: string, attempts: number = this.#attempts): KMS {
    const name = `${region} ${attempts}`;
    const known = this.#kms.get(name);
    if (known !== undefined) return known;
    const client = new KMS({ ...this.#config(region), maxAttempts: attempts, retryMode: 'adaptive' });
    neverRetryQuotas(client);
    this.#kms.set(name, client);
    return client;
  }

  sts(region: string): STS {
    return new STS({ ...this.inner, region, credentials: this.#session.source });
  }

  /** Proves that there are credentials, without a call if they need none. A role is asked for in `region`, if one is known. */
  async checkCredentials(region: string | undefined = this.#connection.region): Promise<void> {
    const caller =
      region === undefined
        ? undefined
        : { callerClientConfig: { region: async () => await Promise.resolve(region) } };
    await this.#session.source(caller);
  }

  /** The id of the access key of the session that is used now, without a call; undefined before the first. */
  get heldKey(): string | undefined {
    return this.#session.held();
  }

  /** AWS_REGION, else the profile's region. @throws Error `Region is missing` */
  async defaultRegion(): Promise<string> {
    const { credentials } = this.#connection;
    const profile = credentials.kind === 'profile' ? credentials.profile : sourceProfileOf(credentials);
    return await new KMS(profile === undefined ? {} : { profile }).config.region();
  }

  /** Runs `work` when the connection's concurrency and rate allow it; rejects at once when `signal` fires. */
  async enqueue<T>(work: (http: HttpOptions) => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    // Around the whole call and not around each request: a request that waits in a queue after it was signed grows stale.
    return await this.#queue.add(() => work(signal === undefined ? {} : { abortSignal: signal }), { signal });
  }

  /** Drops clients and session; calls under way go on with the old ones. */
  reset(): void {
    this.#kms.clear();
    this.#session = openCredentials(this.#connection.credentials, this.#prompts, this.inner);
  }

  [Symbol.dispose](): void {
    this.#kms.clear();
    this.#close();
  }

  #config(region: string): KMSClientConfig {
    const { endpoint } = this.#connection;
    return {
      ...this.inner,
      region,
      credentials: this.#session.source,
      ...(endpoint === undefined ? {} : { endpoint }),
    };
  }
}

function sourceProfileOf(credentials: KmsConnection['credentials']): string | undefined {
  return credentials.kind === 'role' ? credentials.sourceProfile : undefined;
}

/** The SDK takes LimitExceededException for throttling; it is a full quota of keys or aliases, and waiting does not help. */
function neverRetryQuotas(client: KMS): void {
  const strategy = client.config.retryStrategy;
  client.config.retryStrategy = async () => {
    const inner = await strategy();
    if (!('refreshRetryTokenForRetry' in inner))
      throw new Error('a retry strategy of the second generation was expected');
    return {
      acquireInitialRetryToken: (scope) => inner.acquireInitialRetryToken(scope),
      recordSuccess: (token) => inner.recordSuccess(token),
      refreshRetryTokenForRetry: async (token, info) => {
        if (info.error instanceof Error && info.error.name === 'LimitExceededException') throw info.error;
        return await inner.refreshRetryTokenForRetry(token, info);
      },
    };
  };
}
