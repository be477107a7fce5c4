/**
 * @file A small AWS KMS, STS and IAM Identity Center on loopback for tests. It follows AWS, also where moto differs (toolchain.md section 7), keeps
 * everything in memory, and notes every call, so that a test can say what was not asked for.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from './blob.ts';
import { Faults, type Struck } from './faults.ts';
import { Input } from './input.ts';
import { Keys } from './keys.ts';
import { operations } from './operations.ts';
import { ServiceError } from './service-error.ts';
import { Callers, stsError } from './sts.ts';
import { tamper } from './tamper.ts';
import { Sso, type SsoRequest } from '../sso-stand-in/sso.ts';
import { checkClock, readBody, readSignature, send, type Answer, type Signed } from './wire.ts';

export type RecordedCall = {
  /** Milliseconds of `performance.now()` at which it arrived. */
  at: number;
  action: string;
  region: string;
  /** As asked for: ARN, id or alias; of a ReEncrypt the destination. */
  key: string | undefined;
  sourceKey: string | undefined;
  context: Context;
  dryRun: boolean;
  accessKeyId: string;
};

export type StandInOptions = {
  account?: string;
  /** Codes that AssumeRole takes, each once. */
  mfaCodes?: readonly string[];
  /** PEM: https instead of http. */
  tls?: { key: string; cert: string };
};

/** A running stand-in. */
export class StandIn implements AsyncDisposable {
  readonly keys = new Keys();
  readonly faults = new Faults();
  readonly calls: RecordedCall[] = [];
  /** Plain data keys that were given away, base64: for specs that look for them where they must not be. */
  readonly handedOut: string[] = [];
  readonly sso: Sso;
  readonly callers: Callers;
  readonly #server: Server;
  readonly #secure: boolean;
  readonly #stopping = new AbortController();

  constructor({ account = '111122223333', mfaCodes = [], tls }: StandInOptions) {
    const serve = (request: IncomingMessage, response: ServerResponse) => void this.#serve(request, response);
    this.#server = tls === undefined ? createServer(serve) : createSecureServer(tls, serve);
    this.#secure = tls !== undefined;
    this.callers = new Callers(account, mfaCodes);
    this.sso = new Sso((of, role) => this.callers.begin(of, `AWSReservedSSO_${role}/person`));
    // AWS's own aliases are in every list; some point to no key.
    this.keys.addAlias({ account, region: 'eu-central-1' }, 'alias/aws/ebs', undefined);
  }

  async listen(): Promise<void> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  get port(): number {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('not listening');
    return address.port;
  }

  get endpoint(): string {
    return `${this.#secure ? 'https' : 'http'}://127.0.0.1:${this.port}`;
  }

  /** The actions called so far, in order. */
  get actions(): string[] {
    return this.calls.map(({ action }) => action);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const body = await readBody(request);
      const url = new URL(request.url ?? '/', this.endpoint);
      const sso = Sso.actionOf({ method: request.method ?? '', url });
      if (sso !== undefined) {
        const token = request.headers['x-amz-sso_bearer_token'];
        const asked = {
          method: request.method ?? '',
          url,
          body,
          token: token === undefined ? token : String(token),
        };
        await this.#serveSso(sso, asked, response);
        return;
      }
      const [protocol, target] = String(request.headers['x-amz-target'] ?? '').split('.');
      await (protocol === 'TrentService' && target !== undefined
        ? this.#serveKms(target, body, request, response)
        : this.#serveSts(body, request, response));
    } catch {
      // The caller went away, or the stand-in is being stopped.
      response.destroy();
    }
  }

  async #serveKms(
    action: string,
    body: string,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const signed = readSignature(request);
    const input = new Input(body);
    const call = this.#record(action, input, signed);
    const struck = await this.#strike(call, response);
    if (struck === undefined) return;
    const answer = jsonAnswer(() => {
      checkClock(signed, this.#now);
      struck.refuse();
      this.callers.check(signed.accessKeyId);
      const operation = operations.get(action);
      if (operation === undefined) throw new ServiceError('UnknownOperationException', action);
      const place = { account: this.callers.of(signed.accessKeyId).account, region: signed.region };
      const asked = { input, keys: this.keys, place };
      const result = tamper(operation(asked), struck, asked);
      if ('Plaintext' in result) this.handedOut.push(String(result.Plaintext));
      return result;
    });
    send(response, answer, struck, this.#now);
  }

  async #serveSso(action: string, request: SsoRequest, response: ServerResponse): Promise<void> {
    const call = this.#record(action, new Input('{}'), { region: '', accessKeyId: '', signedAt: this.#now });
    const struck = await this.#strike(call, response);
    if (struck === undefined) return;
    const answer = jsonAnswer(() => {
      struck.refuse();
      return this.sso.serve(action, request, this.endpoint);
    });
    send(response, answer, struck, this.#now);
  }

  async #serveSts(body: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const signed = readSignature(request);
    const form = new URLSearchParams(body);
    const action = form.get('Action') ?? '';
    const call = this.#record(action, new Input('{}'), signed);
    const struck = await this.#strike(call, response);
    if (struck === undefined) return;
    const answer = xmlAnswer(() => {
      checkClock(signed, this.#now);
      struck.refuse();
      return this.callers.answer(action, form, signed.accessKeyId);
    });
    send(response, answer, struck, this.#now);
  }

  get #now(): number {
    return Date.now() + this.faults.clockOffsetMs;
  }

  #record(action: string, input: Input, { region, accessKeyId }: Signed): RecordedCall {
    const call = {
      at: performance.now(),
      action,
      region,
      key: input.optional('DestinationKeyId') ?? input.optional('KeyId') ?? input.optional('TargetKeyId'),
      sourceKey: input.optional('SourceKeyId'),
      context: input.context(action === 'ReEncrypt' ? 'DestinationEncryptionContext' : 'EncryptionContext'),
      dryRun: input.flag('DryRun'),
      accessKeyId,
    };
    this.calls.push(call);
    return call;
  }

  /** The faults of this request, after their delay; undefined if it was reset. */
  async #strike(call: RecordedCall, response: ServerResponse): Promise<Struck | undefined> {
    this.faults.arrived(call.action);
    const struck = this.faults.strike(call);
    await this.faults.held(call.action);
    if (struck.delayMs > 0) await sleep(struck.delayMs, undefined, { signal: this.#stopping.signal });
    if (!struck.has('reset')) return struck;
    response.socket?.resetAndDestroy();
    return undefined;
  }
}

/** Starts a stand-in on a free port of 127.0.0.1. */
export async function startKms(options: StandInOptions = {}): Promise<StandIn> {
  const standIn = new StandIn(options);
  await standIn.listen();
  return standIn;
}

function jsonAnswer(work: () => object): Answer {
  const type = 'application/x-amz-json-1.1';
  try {
    return { status: 200, type, body: JSON.stringify(work()) };
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return {
      status: error.status,
      type,
      body: JSON.stringify({ __type: error.name, message: error.message }),
    };
  }
}

function xmlAnswer(work: () => string): Answer {
  try {
    return { status: 200, type: 'text/xml', body: work() };
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return { status: error.status, type: 'text/xml', body: stsError(error) };
  }
}
