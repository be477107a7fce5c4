/** @file Signing in for a connection, and what is known of its sign-in. */
import type { SSO } from '@aws-sdk/client-sso';
import { EnvelopeError } from '../../../../shared/errors.ts';
import type { SsoAccount } from '../../../../shared/sign-in.ts';
import type { CallOptions } from '../../provider.ts';
import type { AwsConnection, HttpOptions } from '../connection.ts';
import { isPlain } from '../../../settings/loopback.ts';
import { readToken } from './cache.ts';
import { call, type DeviceOptions, signInByDevice } from './device.ts';
import { openOidc, openPortal } from './oidc.ts';
import { checkSignInPage } from './page.ts';
import { freshToken } from './refresh.ts';
import { findSsoSession, type SsoSession } from './session.ts';

/** Until when a session lasts, if there is one. `renews`: it is then renewed without a person. */
export type Session = { startUrl: string; until: Date | undefined; renews: boolean };

/** The sign-in of a connection; undefined if its credentials need none. */
export async function sessionOf({ settings }: AwsConnection): Promise<Session | undefined> {
  const session = await findSsoSession(settings.credentials);
  if (session === undefined) return undefined;
  const token = await readToken(session);
  const renews = token?.refresh !== undefined && token.refresh.registration.expires.getTime() > Date.now();
  return { startUrl: session.startUrl, until: token?.expires, renews };
}

/** @throws EnvelopeError `usage` */
async function needSession({ settings, name }: AwsConnection): Promise<SsoSession> {
  const session = await findSsoSession(settings.credentials);
  if (session !== undefined) return session;
  throw new EnvelopeError('usage', 'its credentials do not come from IAM Identity Center', {
    connection: name,
    reason: `The credentials of “${name}” do not come from IAM Identity Center.`,
  });
}

/**
 * Signs in by the browser. From then on the connection, and everything else that shares the session, uses the new one.
 * @returns until when it lasts
 * @throws EnvelopeError `usage` for a connection that does not sign in; those of {@link signInByDevice}
 */
export async function signIn(
  connection: AwsConnection,
  options: Omit<DeviceOptions, 'checkPage'>,
): Promise<Date> {
  const session = await needSession(connection);
  const { inner } = await connection.clients();
  const { endpoint } = connection.settings;
  const emulator = isPlain(endpoint) ? endpoint : undefined;
  const { expires } = await signInByDevice(session, await openOidc(session, inner), {
    ...options,
    checkPage: (page) => checkSignInPage(page, session.startUrl, emulator),
  });
  connection.reset();
  return expires;
}

/** Whether who signs in for one has signed in for the other. */
export async function sharesSession(one: AwsConnection, other: AwsConnection): Promise<boolean> {
  const session = await findSsoSession(one.settings.credentials);
  const others = await findSsoSession(other.settings.credentials);
  return session !== undefined && session.cacheName === others?.cacheName;
}

/**
 * Whether the connection has other credentials now than those that were refused, found without a person: a token that
 * still holds or is renewed, or a sign-in of the AWS tools meanwhile. Only where there is a sign-in at all.
 * @throws EnvelopeError as credentials fail
 */
export async function renewQuietly(connection: AwsConnection): Promise<boolean> {
  if ((await findSsoSession(connection.settings.credentials)) === undefined) return false;
  const clients = await connection.clients();
  const before = clients.heldKey;
  connection.reset();
  await clients.checkCredentials();
  return clients.heldKey !== before;
}

/**
 * The accounts that whoever has signed in may use, by name.
 * @throws EnvelopeError `credentials-expired` if nobody has signed in; `usage` as {@link signIn}; the network's codes
 */
export async function listAccounts(connection: AwsConnection, options?: CallOptions): Promise<SsoAccount[]> {
  const accounts = await listAll(connection, options, async (portal, ask, http) => {
    const { accountList, nextToken } = await portal.listAccounts(ask, http);
    const page = accountList ?? [];
    return {
      nextToken,
      page: page.map(({ accountId: account = '', accountName: name = '' }) => ({ account, name })),
    };
  });
  return accounts.sort((a, b) => a.name.localeCompare(b.name) || (a.account < b.account ? -1 : 1));
}

/** The roles that they may use in an account, by name. Errors as {@link listAccounts}. */
export async function listRoles(
  connection: AwsConnection,
  accountId: string,
  options?: CallOptions,
): Promise<string[]> {
  const roles = await listAll(connection, options, async (portal, ask, http) => {
    const { roleList, nextToken } = await portal.listAccountRoles({ ...ask, accountId }, http);
    return { nextToken, page: (roleList ?? []).map(({ roleName = '' }) => roleName) };
  });
  return roles.sort();
}

type Asked = { accessToken: string; maxResults: number; nextToken?: string };
type Page<T> = { page: readonly T[]; nextToken: string | undefined };

async function listAll<T>(
  connection: AwsConnection,
  { signal }: CallOptions = {},
  list: (portal: SSO, ask: Asked, http: HttpOptions) => Promise<Page<T>>,
): Promise<T[]> {
  const session = await needSession(connection);
  const { inner } = await connection.clients();
  const { accessToken } = await freshToken(session, async () => await openOidc(session, inner));
  const portal = await openPortal(session, inner);
  const found: T[] = [];
  let ask: Asked | undefined = { accessToken, maxResults: 100 };
  while (ask !== undefined) {
    const asked: Asked = ask;
    const { page, nextToken } = await call(
      session,
      'ListAccounts',
      signal,
      async (http) => await list(portal, asked, http),
    );
    found.push(...page);
    ask = nextToken === undefined ? undefined : { ...asked, nextToken };
  }
  return found;
}
