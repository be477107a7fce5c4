/** @file A connection at work. Loads nothing of the AWS SDK before the first call. */
import type { KMS } from '@aws-sdk/client-kms';
import type { KmsConnection, KmsIdentity } from '../../../shared/kms.ts';
import { EnvelopeError } from '../../../shared/errors.ts';
import type { CallOptions } from '../provider.ts';
import { partitionOf } from './key-arn.ts';
import { orCancelled } from '../or-cancelled.ts';
import { fromAws, type Call } from './errors.ts';
import type { Clients } from './clients.ts';
import { inTime } from './in-time.ts';
import { Silence } from './silence.ts';
import { Storm } from './storm.ts';

/** Answers that only a person or the OS key store can give. */
export type Prompts = {
  /** The secret of an access key. */
  secretKey?:
    ((accessKeyId: string) => Promise<{ secretAccessKey: string; sessionToken?: string }>) | undefined;
  /** The current code of an MFA device. Asked once for all calls that wait for it. `again`: the last one was wrong. */
  mfaCode?: ((serial: string, again: boolean) => Promise<string>) | undefined;
};

/** Times in milliseconds. */
export type Limits = {
  connectMs: number;
  /** To the answer's first byte, and between any two. */
  requestMs: number;
  /** From the answer's first byte to its last: none is long. */
  answerMs: number;
  /** Of one call, the first included. */
  attempts: number;
  /** Of one call once it is its turn and there is a session: all attempts, and the pauses that a throttled service asks for. */
  callMs: number;
  /** Calls at the same time: no more than files under way (electron/jobs/batch.ts) would use. */
  concurrency: number;
  /** Of a call that has another way: to its answer, attempts and all, once it is its turn. */
  impatientMs: number;
  /** For how long a region that did not answer such a call is not asked by others of them. */
  silentMs: number;
};

export const defaultLimits: Limits = {
  connectMs: 5_000,
  requestMs: 15_000,
  answerMs: 15_000,
  attempts: 5,
  callMs: 120_000,
  concurrency: 32,
  impatientMs: 5_000,
  silentMs: 60_000,
};

/** How the SDK's methods take an abort signal. */
export type HttpOptions = { abortSignal?: AbortSignal };

/**
 * SECURITY: asked before each call about a key whose name says where it is; throws if an administrator forbids calls
 * there. It is the last gate, whoever calls for whatever reason.
 */
export type MayCall = (arn: string) => Promise<void>;

export class AwsConnection implements Disposable {
  readonly settings: KmsConnection;
  readonly #prompts: Prompts;
  readonly #limits: Limits;
  readonly #mayCall: MayCall | undefined;
  readonly #silence: Silence;
  readonly #storm: Storm;
  #clients: Clients | undefined;
  #identity: Promise<KmsIdentity> | undefined;

  constructor(
    settings: KmsConnection,
    prompts: Prompts = {},
    limits: Limits = defaultLimits,
    mayCall?: MayCall,
  ) {
    this.settings = settings;
    this.#prompts = prompts;
    this.#limits = limits;
    this.#silence = new Silence(limits);
    this.#storm = new Storm(limits);
    this.#mayCall = mayCall;
  }

  get name(): string {
    return this.settings.name;
  }

  /** Whether its credentials can mean anything in `partition`: false only where the region says otherwise. */
  serves(partition: string): boolean {
    const region = this.settings.region ?? process.env.AWS_REGION;
    return region === undefined || partitionOf(region) === partition;
  }

  /** @throws EnvelopeError `kms-endpoint-refused`, `settings-invalid` */
  async clients(): Promise<Clients> {
    const { Clients } = await import('./clients.ts');
    return (this.#clients ??= new Clients(this.settings, this.#prompts, this.#limits));
  }

  /**
   * The region for a key whose name fixes none: the connection's, else AWS_REGION, else the profile's.
   * @throws EnvelopeError `kms-region-missing`
   */
  async region(): Promise<string> {
    if (this.settings.region !== undefined) return this.settings.region;
    try {
      return await (await this.clients()).defaultRegion();
    } catch (error) {
      throw fromAws(error, { action: 'region' });
    }
  }

  /**
   * One call of the KMS in `call.region`, in the connection's queue.
   * @throws EnvelopeError by the table of errors.ts; `account-forbidden`; `cancelled` as soon as the signal fires
   */
  async call<T>(
    call: Call & { region: string; source?: string },
    work: (kms: KMS, http: HttpOptions) => Promise<T>,
    { signal, impatient = false }: CallOptions = {},
  ): Promise<T> {
    for (const name of [call.key, call.source]) {
      if (name?.startsWith('arn:') === true) await this.#mayCall?.(name);
    }
    try {
      const clients = await this.clients();
      const ask = async (http: HttpOptions): Promise<T> => await work(clients.kms(call.region), http);
      // A person may be asked for a code, which is not the silence of a service.
      await orCancelled(async () => {
        await clients.checkCredentials(call.region);
      }, signal);
      if (!impatient) {
        const { callMs } = this.#limits;
        const answer = await clients.enqueue(
          async (http) =>
            await this.#storm.pass(call, async () => await inTime(call, ask, http, callMs), http),
          signal,
        );
        this.#silence.heard(call.region);
        return answer;
      }
      return await clients.enqueue(async (http) => await this.#silence.limit(call, ask, http), signal);
    } catch (error) {
      throw this.#named(fromAws(error, call, signal));
    }
  }

  /** With the connection's name: it may be its session that is over. */
  #named({ code, message, details, cause }: EnvelopeError): EnvelopeError {
    return new EnvelopeError(code, message, { ...details, connection: this.name }, cause);
  }

  /** Whether a region did not answer a moment ago. */
  isSilent(region: string): boolean {
    return this.#silence.has(region);
  }

  /** Who its credentials belong to, as `ask` found out: once a session. A failure is not remembered. */
  async identity(ask: () => Promise<KmsIdentity>): Promise<KmsIdentity> {
    const asked = (this.#identity ??= ask());
    try {
      return await asked;
    } catch (error) {
      if (this.#identity === asked) this.#identity = undefined;
      throw error;
    }
  }

  /** Forgets clients and sessions, for after a sign-in: the next call reads the credentials anew. */
  reset(): void {
    this.#identity = undefined;
    this.#silence.forget();
    this.#storm.forget();
    this.#clients?.reset();
  }

  [Symbol.dispose](): void {
    this.#clients?.[Symbol.dispose]();
    this.#clients = undefined;
  }
}
