/** @file Requests as they arrive (SigV4 over HTTP) and answers as they leave. Signatures are read, not verified. */
import { randomUUID } from 'node:crypto';
import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Struck } from './faults.ts';
import { ServiceError } from './service-error.ts';

const MAX_SKEW_MS = 5 * 60_000;

export type Signed = { accessKeyId: string; region: string; signedAt: number };

/** The credential scope of the Authorization header. @throws ServiceError if there is none */
export function readSignature(request: IncomingMessage): Signed {
  const scope = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/[0-9]{8}\/([^/]+)\/[^/]+\/aws4_request/;
  const [, accessKeyId, region] = scope.exec(request.headers.authorization ?? '') ?? [];
  if (accessKeyId === undefined || region === undefined) {
    throw new ServiceError('MissingAuthenticationTokenException', 'Missing Authentication Token');
  }
  const date = String(request.headers['x-amz-date']);
  const iso = date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z');
  return { accessKeyId, region, signedAt: Date.parse(iso) };
}

/** @throws ServiceError InvalidSignatureException if the caller's clock and `now` are more than five minutes apart */
export function checkClock({ signedAt }: Signed, now: number): void {
  if (Math.abs(signedAt - now) <= MAX_SKEW_MS) return;
  const [signed, clock] = [signedAt, now].map((time) => new Date(time).toISOString());
  const text =
    signedAt < now
      ? `Signature expired: ${signed} is now earlier than ${clock}`
      : `Signature not yet current: ${signed} is still later than ${clock}`;
  throw new ServiceError('InvalidSignatureException', text);
}

export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}

export type Answer = { status: number; type: string; body: string };

/** Sends `answer`, whole or as the faults want it. `now` is the service's clock. */
export function send(response: ServerResponse, answer: Answer, struck: Struck, now: number): void {
  response.writeHead(answer.status, STATUS_CODES[answer.status], {
    'content-type': answer.type,
    'content-length': Buffer.byteLength(answer.body),
    'x-amzn-requestid': randomUUID(),
    date: new Date(now).toUTCString(),
  });
  const half = answer.body.slice(0, answer.body.length / 2);
  if (struck.has('half')) response.write(half, () => response.destroy());
  else if (struck.has('stall')) response.write(half);
  else if (struck.has('drip')) drip(response, answer.body);
  else response.end(answer.body);
}

/** A byte every 50 ms until the caller has had enough. */
function drip(response: ServerResponse, body: string): void {
  let sent = 0;
  const timer = setInterval(() => {
    if (sent < body.length) response.write(body.slice(sent, ++sent));
    else response.end();
  }, 50);
  response.on('close', () => {
    clearInterval(timer);
  });
}
