/** @file Signing in with the browser: OAuth's device flow, as IAM Identity Center has it (kms.md section 6). */
import { setTimeout as sleep } from 'node:timers/promises';
import type {
  CreateTokenCommandInput,
  CreateTokenCommandOutput,
  SSOOIDC,
  StartDeviceAuthorizationCommandOutput,
} from '@aws-sdk/client-sso-oidc';
import { EnvelopeError, type ErrorCode, isEnvelopeError } from '../../../../shared/errors.ts';
import { fromAws } from '../errors.ts';
import {
  readRegistration,
  type Registration,
  type SsoToken,
  writeRegistration,
  writeToken,
} from './cache.ts';
import type { SsoSession } from './session.ts';
import { tokenFrom } from './token.ts';

/** What a person needs to go on in the browser. The code is shown in both places, to be compared. */
export type DeviceCode = { userCode: string; url: string; expires: Date };

export type DeviceOptions = {
  signal?: AbortSignal | undefined;
  /** Called once, when the browser is to be opened. */
  onCode: (code: DeviceCode) => Promise<void> | void;
  /** @returns the page as it may be opened @throws EnvelopeError `sign-in-page` */
  checkPage: (page: string) => string;
  /** For tests: waits so many milliseconds. */
  wait?: ((ms: number, signal: AbortSignal | undefined) => Promise<void>) | undefined;
};

const GRANT = 'urn:ietf:params:oauth:grant-type:device_code';
/** Seconds between two questions where the service names none, and by how many it grows when it is asked to slow down. */
const INTERVAL = 5;

/** Refusals that mean that what the user has set up is not so. */
const setUp: ReadonlySet<string> = new Set([
  'InvalidRequestException',
  'InvalidRequestRegionException',
  'InvalidScopeException',
  'InvalidClientMetadataException',
  'ResourceNotFoundException',
]);
/** The service has forgotten the program, before its registration had expired. */
const forgotten: ReadonlySet<string> = new Set(['InvalidClientException', 'UnauthorizedClientException']);

/**
 * Signs in: the person confirms the code in the browser, and the token is put where the AWS tools have theirs. Until that
 * is on disk, nothing that was there is changed.
 * @throws EnvelopeError `sign-in-denied`, `sign-in-expired`, `sign-in-invalid`, `sign-in-page`, `cancelled`; the network's
 *   codes; `target-unwritable` and `disk-full` of the file
 */
export async function signInByDevice(
  session: SsoSession,
  oidc: SSOOIDC,
  options: DeviceOptions,
): Promise<SsoToken> {
  const { registration, authorization } = await begin(session, oidc, options.signal);
  const { deviceCode, userCode, expiresIn } = authorization;
  const page = authorization.verificationUriComplete ?? authorization.verificationUri;
  if (!deviceCode || !userCode || page === undefined || expiresIn === undefined) {
    throw new EnvelopeError('kms-answer-wrong', 'a sign-in without a code', {
      action: 'StartDeviceAuthorization',
    });
  }
  const expires = new Date(Date.now() + expiresIn * 1000);
  await options.onCode({ userCode, url: options.checkPage(page), expires });
  const ask = { clientId: registration.clientId, clientSecret: registration.clientSecret, deviceCode };
  const poll = new Poll(oidc, session, { ...ask, grantType: GRANT }, expires, options);
  const token = tokenFrom(await poll.answer(authorization.interval ?? INTERVAL), registration);
  await writeToken(session, token, registration);
  return token;
}

/** A registration is used for as long as it holds; one that the service does not know any more is made anew, once. */
async function begin(
  session: SsoSession,
  oidc: SSOOIDC,
  signal: AbortSignal | undefined,
): Promise<{ registration: Registration; authorization: StartDeviceAuthorizationCommandOutput }> {
  const kept = await readRegistration(session);
  if (kept !== undefined) {
    try {
      return { registration: kept, authorization: await authorize(session, oidc, kept, signal) };
    } catch (error) {
      if (!isEnvelopeError(error) || !forgotten.has(String(error.details['name']))) throw error;
    }
  }
  const registration = await register(session, oidc, signal);
  return { registration, authorization: await authorize(session, oidc, registration, signal) };
}

async function register(
  session: SsoSession,
  oidc: SSOOIDC,
  signal: AbortSignal | undefined,
): Promise<Registration> {
  const { scopes } = session;
  const wanted = {
    clientName: 'Envelope',
    clientType: 'public',
    ...(scopes.length > 0 ? { scopes: [...scopes] } : {}),
  };
  const answer = await call(
    session,
    'RegisterClient',
    signal,
    async (http) => await oidc.registerClient(wanted, http),
  );
  const { clientId, clientSecret, clientSecretExpiresAt } = answer;
  if (!clientId || !clientSecret || clientSecretExpiresAt === undefined) {
    throw new EnvelopeError('kms-answer-wrong', 'a registration without a secret', {
      action: 'RegisterClient',
    });
  }
  const registration = { clientId, clientSecret, expires: new Date(clientSecretExpiresAt * 1000) };
  await writeRegistration(session, registration);
  return registration;
}

async function authorize(
  session: SsoSession,
  oidc: SSOOIDC,
  { clientId, clientSecret }: Registration,
  signal: AbortSignal | undefined,
): Promise<StartDeviceAuthorizationCommandOutput> {
  const input = { clientId, clientSecret, startUrl: session.startUrl };
  return await call(session, 'StartDeviceAuthorization', signal, async (http) => {
    return await oidc.startDeviceAuthorization(input, http);
  });
}

/** Asks for the token until the person has answered in the browser. */
class Poll {
  readonly #oidc: SSOOIDC;
  readonly #session: SsoSession;
  readonly #input: CreateTokenCommandInput;
  readonly #expires: Date;
  readonly #options: DeviceOptions;

  constructor(
    oidc: SSOOIDC,
    session: SsoSession,
    input: CreateTokenCommandInput,
    expires: Date,
    options: DeviceOptions,
  ) {
    this.#oidc = oidc;
    this.#session = session;
    this.#input = input;
    this.#expires = expires;
    this.#options = options;
  }

  /** @param first seconds to wait before each question, until the service wants more */
  async answer(first: number): Promise<CreateTokenCommandOutput> {
    const { signal, wait = pause } = this.#options;
    let seconds = first;
    let offline: EnvelopeError | undefined;
    while (Date.now() < this.#expires.getTime()) {
      await wait(seconds * 1000, signal);
      try {
        return await call(this.#session, 'CreateToken', signal, async (http) => {
          return await this.#oidc.createToken(this.#input, http);
        });
      } catch (error) {
        if (!isEnvelopeError(error)) throw error;
        // A network that is gone for a moment does not end what goes on in the browser.
        offline = isEnvelopeError(error, 'kms-offline', 'kms-unavailable') ? error : undefined;
        const name = offline === undefined ? error.details['name'] : undefined;
        if (name === 'SlowDownException') seconds += INTERVAL;
        else if (offline === undefined && name !== 'AuthorizationPendingException') throw ended(error);
      }
    }
    throw offline ?? new EnvelopeError('sign-in-expired', 'the code was not confirmed in time');
  }
}

/** What the service says when the sign-in is over without a token. */
function ended(error: EnvelopeError): EnvelopeError {
  const codes: Readonly<Record<string, ErrorCode>> = {
    AccessDeniedException: 'sign-in-denied',
    ExpiredTokenException: 'sign-in-expired',
  };
  const code = codes[String(error.details['name'])];
  return code === undefined ? error : new EnvelopeError(code, error.message, error.details, error);
}

/** One call of the sign-in service, its refusals by the codes of `errors.ts` and of here. */
export async function call<T>(
  { startUrl, region }: SsoSession,
  action: string,
  signal: AbortSignal | undefined,
  work: (http: { abortSignal?: AbortSignal }) => Promise<T>,
): Promise<T> {
  try {
    return await work(signal === undefined ? {} : { abortSignal: signal });
  } catch (error) {
    const known = fromAws(error, { action, region }, signal);
    const code = setUp.has(String(known.details['name'])) ? 'sign-in-invalid' : known.code;
    const details = { ...known.details, startUrl, service: 'IAM Identity Center' };
    throw new EnvelopeError(code, known.message, details, known.cause);
  }
}

async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await sleep(ms, undefined, { signal }).catch((error: unknown) => {
    throw fromAws(error, { action: 'CreateToken' }, signal);
  });
}
