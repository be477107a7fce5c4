/** @file Renewing a session of IAM Identity Center without a person, before anybody is asked. */
import type { SSOOIDC } from '@aws-sdk/client-sso-oidc';
import { EnvelopeError, type ErrorCode, isEnvelopeError } from '../../../../shared/errors.ts';
import { readToken, type SsoToken, writeToken } from './cache.ts';
import { call } from './device.ts';
import type { SsoSession } from './session.ts';
import { tokenFrom } from './token.ts';

/** A token that ends so soon is renewed: earlier than the SDK does it, whose file would not be written whole. */
const RENEW_MS = 10 * 60_000;

/** Not the session's fault, and nothing that signing in would mend. */
const mendable: readonly ErrorCode[] = [
  'kms-offline',
  'kms-unavailable',
  'kms-tls',
  'kms-endpoint-refused',
  'clock-skewed',
  'target-unwritable',
  'target-missing',
  'disk-full',
  'disk-read-only',
  'disk-gone',
  'disk-failing',
  'file-too-large',
  'file-busy',
  'too-many-open',
  'io-failed',
];

/** By the token's file: what is under way, for connections that share a session. */
const underWay = new Map<string, Promise<SsoToken>>();

const isOver = ({ expires }: SsoToken): boolean => expires.getTime() <= Date.now();
const endsSoon = ({ expires }: SsoToken): boolean => expires.getTime() - Date.now() < RENEW_MS;

/**
 * A token that can be used now, renewed if it would soon end.
 * @throws EnvelopeError `credentials-expired` if it takes a person to go on; the network's codes if the service that would
 *   renew it cannot be reached and it is over
 */
export async function freshToken(session: SsoSession, openOidc: () => Promise<SSOOIDC>): Promise<SsoToken> {
  const token = await readToken(session);
  if (token === undefined) throw over(session, undefined, { none: true });
  if (!endsSoon(token)) return token;
  let renewal = underWay.get(session.cacheName);
  if (renewal === undefined) {
    renewal = renew(session, token, openOidc).finally(() => underWay.delete(session.cacheName));
    underWay.set(session.cacheName, renewal);
  }
  return await renewal;
}

async function renew(
  session: SsoSession,
  token: SsoToken,
  openOidc: () => Promise<SSOOIDC>,
): Promise<SsoToken> {
  try {
    return await exchange(session, token, await openOidc());
  } catch (error) {
    if (!isEnvelopeError(error)) throw error;
    if (!isOver(token)) return token;
    // Another program may have renewed it at the same moment, and spent what renews it.
    const found = await readToken(session);
    if (found !== undefined && !isOver(found)) return found;
    if (isEnvelopeError(error, ...mendable)) throw error;
    throw over(session, error);
  }
}

async function exchange(session: SsoSession, { refresh }: SsoToken, oidc: SSOOIDC): Promise<SsoToken> {
  if (refresh === undefined || refresh.registration.expires.getTime() <= Date.now()) throw over(session);
  const { refreshToken, registration } = refresh;
  const { clientId, clientSecret } = registration;
  const input = { clientId, clientSecret, refreshToken, grantType: 'refresh_token' };
  const answer = await call(
    session,
    'CreateToken',
    undefined,
    async (http) => await oidc.createToken(input, http),
  );
  const token = tokenFrom(answer, registration, refreshToken);
  await writeToken(session, token, registration);
  return token;
}

/** `none`: there may never have been one. */
function over({ startUrl }: SsoSession, cause?: unknown, more: { none?: true } = {}): EnvelopeError {
  const details = { action: 'credentials', startUrl, ...more };
  return new EnvelopeError(
    'credentials-expired',
    'the session of IAM Identity Center is over',
    details,
    cause,
  );
}
