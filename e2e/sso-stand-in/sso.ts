/**
 * @file IAM Identity Center for tests: its sign-in service (OIDC) and its portal, as botocore's service models have them,
 * served by the KMS stand-in at the same address. A test is the person at the browser: it approves, or it does not.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { START_URL } from './address.ts';
import { type Grant, Tokens } from './tokens.ts';
import { ServiceError } from '../kms-stand-in/service-error.ts';

/** A request as the routes need it. */
export type SsoRequest = { method: string; url: URL; body: string; token: string | undefined };

type Device = {
  userCode: string;
  deviceCode: string;
  expires: number;
  answer: 'approve' | 'deny' | undefined;
  /** Milliseconds of `performance.now()` of the last question, and how far apart they must be. */
  askedAt: number;
  interval: number;
  clientId: string;
};

type Members = Readonly<Record<string, unknown>>;

export class Sso {
  /** What it takes for another one, as a person has been told. */
  startUrl = START_URL;
  /** Seconds. */
  interval = 1;
  codeLifetime = 600;
  registrationLifetime = 90 * 86_400;
  /** Where the person confirms; what a service gone bad would name instead. */
  page: string | undefined;
  /** Accounts of the person, with their roles. */
  accounts: Readonly<Record<string, { name: string; roles: readonly string[] }>> = {
    '111122223333': { name: 'Production', roles: ['Auditor', 'Sealer'] },
    '444455556666': { name: 'Archive', roles: ['Sealer'] },
  };
  readonly tokens = new Tokens();
  readonly #clients = new Map<string, { secret: string; scopes: readonly string[]; expires: number }>();
  readonly #devices = new Map<string, Device>();
  readonly #deviceCodes: string[] = [];
  readonly #onRole: (account: string, role: string) => { accessKeyId: string; expires: number };

  /** `onRole` begins a session of a role that STS and KMS know. */
  constructor(onRole: (account: string, role: string) => { accessKeyId: string; expires: number }) {
    this.#onRole = onRole;
  }

  /** The codes that wait for the person, the newest last. */
  get waiting(): string[] {
    return [...this.#devices.values()]
      .filter(({ answer }) => answer === undefined)
      .map(({ userCode }) => userCode);
  }

  /** What the person does in the browser, where the page shows `userCode`. */
  answer(userCode: string, answer: 'approve' | 'deny'): void {
    const device = [...this.#devices.values()].find((one) => one.userCode === userCode);
    if (device === undefined) throw new Error(`no such code: ${userCode}`);
    device.answer = answer;
  }

  /** Every device code that was ever given out, to look for where it must not be. */
  get deviceCodes(): string[] {
    return [...this.#deviceCodes];
  }

  /** Nobody has answered in time. */
  expireCodes(): void {
    for (const device of this.#devices.values()) device.expires = 0;
  }

  /** The service forgets every program that has registered, and with that nothing else. */
  forgetClients(): void {
    this.#clients.clear();
  }

  /** The action of a request, or undefined if it is none of this service. */
  static actionOf({ method, url }: Pick<SsoRequest, 'method' | 'url'>): string | undefined {
    return actions[`${method} ${url.pathname}`];
  }

  /** @throws ServiceError */
  serve(action: string, request: SsoRequest, base: string): object {
    const members = request.body === '' ? {} : (JSON.parse(request.body) as Members);
    switch (action) {
      case 'RegisterClient':
        return this.#register(members);
      case 'StartDeviceAuthorization':
        return this.#authorize(members, base);
      case 'CreateToken':
        return this.#createToken(members);
      case 'GetRoleCredentials':
        return this.#roleCredentials(request);
      case 'ListAccounts':
        return this.#list(request);
      default:
        return this.#roles(request);
    }
  }

  #register({ clientName, clientType, scopes }: Members): object {
    if (typeof clientName !== 'string' || clientType !== 'public')
      throw bad('InvalidClientMetadataException');
    const clientId = randomBytes(12).toString('base64url');
    const secret = `registration-secret-${randomUUID()}`;
    const expires = Math.floor(Date.now() / 1000) + this.registrationLifetime;
    this.#clients.set(clientId, { secret, scopes: Array.isArray(scopes) ? scopes.map(String) : [], expires });
    return {
      clientId,
      clientSecret: secret,
      clientIdIssuedAt: Math.floor(Date.now() / 1000),
      clientSecretExpiresAt: expires,
    };
  }

  #client({ clientId, clientSecret }: Members): { id: string; scopes: readonly string[] } {
    const id = String(clientId);
    const client = this.#clients.get(id);
    if (client === undefined || client.secret !== clientSecret || client.expires * 1000 < Date.now()) {
      throw new ServiceError('InvalidClientException', '', 401);
    }
    return { id, scopes: client.scopes };
  }

  #authorize(members: Members, base: string): object {
    const { id } = this.#client(members);
    if (members['startUrl'] !== this.startUrl) throw bad('InvalidRequestException');
    const userCode = `${letters()}-${letters()}`;
    const deviceCode = `device-code-${randomUUID()}`;
    const { interval } = this;
    const expires = Date.now() + this.codeLifetime * 1000;
    const asked = { askedAt: performance.now(), interval, answer: undefined };
    this.#deviceCodes.push(deviceCode);
    this.#devices.set(deviceCode, { ...asked, userCode, deviceCode, expires, clientId: id });
    const page = this.page ?? `${base}/device`;
    return {
      deviceCode,
      userCode,
      verificationUri: page,
      verificationUriComplete: `${page}?user_code=${userCode}`,
      expiresIn: this.codeLifetime,
      interval,
    };
  }

  #createToken(members: Members): object {
    const { id, scopes } = this.#client(members);
    if (members['grantType'] === 'refresh_token')
      return this.tokens.renew(String(members['refreshToken']), id);
    if (members['grantType'] !== 'urn:ietf:params:oauth:grant-type:device_code')
      throw bad('UnsupportedGrantTypeException');
    const device = this.#devices.get(String(members['deviceCode']));
    if (device?.clientId !== id) throw bad('InvalidGrantException');
    if (device.expires < Date.now()) throw bad('ExpiredTokenException');
    const now = performance.now();
    const early = now - device.askedAt < device.interval * 1000 - 50;
    device.askedAt = now;
    if (early) {
      device.interval += 5;
      throw bad('SlowDownException');
    }
    if (device.answer === undefined) throw bad('AuthorizationPendingException');
    this.#devices.delete(device.deviceCode);
    if (device.answer === 'deny') throw bad('AccessDeniedException');
    const grant: Grant = { client: id, renewable: scopes.includes('sso:account:access') };
    return this.tokens.issue(grant);
  }

  #signedIn({ token }: SsoRequest): void {
    if (token === undefined || !this.tokens.holds(token)) {
      throw new ServiceError('UnauthorizedException', 'Session token not found or invalid', 401);
    }
  }

  #roleCredentials(request: SsoRequest): object {
    this.#signedIn(request);
    const account = request.url.searchParams.get('account_id') ?? '';
    const role = request.url.searchParams.get('role_name') ?? '';
    if (this.accounts[account]?.roles.includes(role) !== true) {
      throw new ServiceError('ForbiddenException', 'No access', 403);
    }
    const { accessKeyId, expires } = this.#onRole(account, role);
    const secrets = { secretAccessKey: 'stand-in-role-secret', sessionToken: 'stand-in-role-session' };
    return { roleCredentials: { accessKeyId, ...secrets, expiration: expires } };
  }

  #list(request: SsoRequest): object {
    this.#signedIn(request);
    const all = Object.entries(this.accounts).map(([accountId, { name }]) => ({
      accountId,
      accountName: name,
    }));
    return page('accountList', all, request.url);
  }

  #roles(request: SsoRequest): object {
    this.#signedIn(request);
    const account = request.url.searchParams.get('account_id') ?? '';
    const roles = this.accounts[account]?.roles ?? [];
    return page(
      'roleList',
      roles.map((roleName) => ({ roleName, accountId: account })),
      request.url,
    );
  }
}

const actions: Readonly<Record<string, string>> = {
  'POST /client/register': 'RegisterClient',
  'POST /device_authorization': 'StartDeviceAuthorization',
  'POST /token': 'CreateToken',
  'GET /federation/credentials': 'GetRoleCredentials',
  'GET /assignment/accounts': 'ListAccounts',
  'GET /assignment/roles': 'ListAccountRoles',
};

const bad = (name: string): ServiceError => new ServiceError(name, '');

/** Without vowels: a code is no word. */
function letters(): string {
  return Array.from(randomBytes(4), (byte) => 'BCDFGHJKLMNPQRSTVWXZ'[byte % 20]).join('');
}

/** Always one at a time, so that a caller that reads one page only is found out. */
function page(name: string, all: readonly object[], url: URL): object {
  const at = Number(url.searchParams.get('next_token') ?? 0);
  return { [name]: all.slice(at, at + 1), ...(at + 1 < all.length ? { nextToken: String(at + 1) } : {}) };
}
