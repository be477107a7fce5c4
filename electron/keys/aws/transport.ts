/** @file How requests leave: proxy, certificates, time limits. One handler serves KMS, STS and sign-in services alike. */
import { readFileSync } from 'node:fs';
import { Agent } from 'node:https';
import { type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { getCACertificates } from 'node:tls';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { HttpsProxyAgent } from 'https-proxy-agent';
import type { KmsConnection } from '../../../shared/kms.ts';
import { EnvelopeError } from '../../../shared/errors.ts';
import { checkEndpoint } from './endpoint.ts';
import type { Limits } from './connection.ts';

const agentOptions = { keepAlive: true, maxSockets: 50 };

/** https-proxy-agent keeps `ca` for the way to the proxy; the service's certificate needs it too. */
class ProxyAgent extends HttpsProxyAgent<string> {
  readonly #ca: readonly string[] | undefined;

  constructor(proxy: string, ca: readonly string[] | undefined) {
    super(proxy, ca === undefined ? agentOptions : { ...agentOptions, ca: [...ca] });
    this.#ca = ca;
  }

  override connect(...[request, options]: Parameters<HttpsProxyAgent<string>['connect']>): Promise<Socket> {
    const trusting = this.#ca === undefined ? options : Object.assign({}, options, { ca: [...this.#ca] });
    return super.connect(request, trusting);
  }
}

class CheckedHandler extends NodeHttpHandler {
  readonly #answerMs: number;

  constructor(options: ConstructorParameters<typeof NodeHttpHandler>[0], answerMs: number) {
    super(options);
    this.#answerMs = answerMs;
  }

  override async handle(
    ...[request, options]: Parameters<NodeHttpHandler['handle']>
  ): ReturnType<NodeHttpHandler['handle']> {
    checkEndpoint(request.protocol, request.hostname);
    const answered = await super.handle(request, options);
    endInTime(answered.response.body, this.#answerMs);
    return answered;
  }
}

/** Gives up an answer that goes on and on: each byte in time is no end of it. */
function endInTime(body: unknown, ms: number): void {
  if (!(body instanceof Readable)) return;
  const timer = setTimeout(() => {
    const late = new Error('the answer did not end in time');
    late.name = 'TimeoutError';
    body.destroy(late);
  }, ms);
  body.once('close', () => {
    clearTimeout(timer);
  });
}

/**
 * The request handler of a connection. Every wait in it ends: connecting, the answer's first byte, silence in between, and
 * the answer's last byte.
 * @throws EnvelopeError `settings-invalid` if the proxy is not a URL or the CA file cannot be used
 */
export function openTransport(connection: KmsConnection, limits: Limits): NodeHttpHandler {
  const ca = connection.caFile === undefined ? undefined : trusted(connection.caFile);
  const options = {
    connectionTimeout: limits.connectMs,
    requestTimeout: limits.requestMs,
    socketTimeout: limits.requestMs,
    // Without it the SDK only prints a warning and goes on waiting.
    throwOnRequestTimeout: true,
    httpsAgent: agentFor(connection.proxy, ca),
  };
  return new CheckedHandler(options, limits.answerMs);
}

function agentFor(proxy: string | undefined, ca: readonly string[] | undefined): Agent {
  if (proxy === undefined)
    return new Agent(ca === undefined ? agentOptions : { ...agentOptions, ca: [...ca] });
  const protocol = URL.parse(proxy)?.protocol;
  if (protocol !== 'http:' && protocol !== 'https:') {
    throw new EnvelopeError('settings-invalid', 'a proxy is an http or https URL', { setting: 'proxy' });
  }
  return new ProxyAgent(proxy, ca);
}

function trusted(caFile: string): readonly string[] {
  try {
    const added = readFileSync(caFile, 'utf8');
    if (!added.includes('-----BEGIN CERTIFICATE-----')) throw new Error('no PEM certificate in it');
    return [...getCACertificates('default'), added];
  } catch (error) {
    throw new EnvelopeError(
      'settings-invalid',
      'the CA file cannot be used',
      { setting: 'caFile', path: caFile },
      error,
    );
  }
}
