/** @file Where credentials come from (kms.md section 6), and one session for all who wait for it. */
import {
  fromIni,
  fromNodeProviderChain,
  fromSSO,
  fromTemporaryCredentials,
} from '@aws-sdk/credential-providers';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import type { KmsCredentials } from '../../../shared/kms.ts';
import { EnvelopeError } from '../../../shared/errors.ts';
import type { Prompts } from './connection.ts';
import { fromAws } from './errors.ts';
import { openOidc } from './sso/oidc.ts';

export type CredentialSource = ReturnType<typeof fromIni>;
type Identity = Awaited<ReturnType<CredentialSource>>;

/** One session for all who wait for it. */
export type SharedSession = {
  source: CredentialSource;
  /** The id of the access key that was last given out. */
  held: () => string | undefined;
};

/** What the inner clients of the SDK (STS, SSO, sign-in) share with the KMS clients. They find their own region. */
export type InnerConfig = {
  requestHandler: NodeHttpHandler;
  maxAttempts: number;
  useFipsEndpoint?: boolean;
  useDualstackEndpoint?: boolean;
  endpoint?: string;
};

/** The SDK renews in the last five minutes; so does the shared session. */
const RENEW_MS = 5 * 60_000;

/**
 * The credentials of a connection, one session shared by every client: twenty calls that need an MFA code ask for one.
 * @throws (the source, when asked) EnvelopeError `credentials-missing`, `credentials-expired`, `credentials-mfa`,
 *   `credentials-invalid`, and the network's codes
 */
export function openCredentials(from: KmsCredentials, prompts: Prompts, inner: InnerConfig): SharedSession {
  const source = askingAgain(prompts, (asking) => sourceOf(from, asking, inner));
  return shareSession(async (properties) => {
    await renewSsoSession(from, inner);
    return await source(properties);
  });
}

/** Before the SDK looks at the token: what ends soon is renewed, and what cannot be renewed is said in our words. */
async function renewSsoSession(from: KmsCredentials, inner: InnerConfig): Promise<void> {
  if (from.kind === 'keys') return;
  const { findSsoSession } = await import('./sso/session.ts');
  const session = await findSsoSession(from);
  if (session === undefined) return;
  const { freshToken } = await import('./sso/refresh.ts');
  await freshToken(session, async () => await openOidc(session, inner));
}

/** How often a code may be wrong before whoever waits for it is told. */
const CODES = 5;

/** A code that AWS does not take is asked for again, for all who wait; a person who does not know it says no. */
function askingAgain(prompts: Prompts, make: (asking: Asking) => CredentialSource): CredentialSource {
  const { mfaCode } = prompts;
  if (mfaCode === undefined) return make({ ...prompts, mfaCode });
  return async (properties) => {
    for (let codes = 1; ; codes += 1) {
      let given = false;
      const asking = async (serial: string): Promise<string> => {
        const code = await mfaCode(serial, codes > 1);
        given = true;
        return code;
      };
      try {
        return await make({ ...prompts, mfaCode: asking })(properties);
      } catch (error) {
        const { code, message, details } = fromAws(error, { action: 'credentials' });
        if (!given || code !== 'credentials-mfa') throw error;
        if (codes === CODES) throw new EnvelopeError(code, message, { ...details, wrong: true }, error);
      }
    }
  };
}

/** {@link Prompts} of one try. */
type Asking = Omit<Prompts, 'mfaCode'> & { mfaCode: ((serial: string) => Promise<string>) | undefined };

function sourceOf(from: KmsCredentials, prompts: Asking, clientConfig: InnerConfig): CredentialSource {
  // ignoreCache: a sign-in in another program has just changed the files.
  const init = { clientConfig, ignoreCache: true, ...mfaOf(prompts) };
  if (from.kind === 'default') return fromNodeProviderChain(init);
  // Not the chain: a broken profile must fail, not turn into somebody else.
  if (from.kind === 'profile') return fromIni({ ...init, profile: from.profile });
  if (from.kind === 'keys') return secretOf(from.accessKeyId, prompts);
  if (from.kind === 'sso') {
    const { startUrl: ssoStartUrl, ssoRegion, account: ssoAccountId, role: ssoRoleName } = from;
    return fromSSO({ ...init, ssoStartUrl, ssoRegion, ssoAccountId, ssoRoleName });
  }
  return fromTemporaryCredentials({
    clientConfig,
    ...mfaOf(prompts),
    masterCredentials:
      from.sourceProfile === undefined
        ? fromNodeProviderChain(init)
        : fromIni({ ...init, profile: from.sourceProfile }),
    params: {
      RoleArn: from.roleArn,
      RoleSessionName: from.sessionName ?? 'envelope',
      SerialNumber: from.mfaSerial,
      ExternalId: from.externalId,
      DurationSeconds: from.durationSeconds,
    },
  });
}

function mfaOf({ mfaCode }: Asking): { mfaCodeProvider?: (serial: string) => Promise<string> } {
  return mfaCode === undefined ? {} : { mfaCodeProvider: mfaCode };
}

function secretOf(accessKeyId: string, { secretKey }: Asking): CredentialSource {
  return async () => {
    if (secretKey === undefined) {
      throw new EnvelopeError('credentials-missing', 'the secret of an access key is not known', {
        accessKeyId,
      });
    }
    return { accessKeyId, ...(await secretKey(accessKeyId)) };
  };
}

/** Concurrent callers share one fetch, its failure included; a failure is not remembered. */
function shareSession(source: CredentialSource): SharedSession {
  let session: Promise<Identity> | undefined;
  let accessKeyId: string | undefined;

  const fetch = (properties: Parameters<CredentialSource>[0]): Promise<Identity> => {
    const fetched = source(properties).then(
      (identity) => {
        ({ accessKeyId } = identity);
        return identity;
      },
      (error: unknown) => {
        if (session === fetched) session = undefined;
        throw fromAws(error, { action: 'credentials' });
      },
    );
    return fetched;
  };

  const shared: CredentialSource = async (properties) => {
    const held = session;
    if (held !== undefined) {
      const identity = await held;
      if (!endsSoon(identity)) return identity;
    }
    // Somebody else may have begun to renew it while this call looked at the old one.
    if (session === held) session = fetch(properties);
    return await (session ?? fetch(properties));
  };
  return { source: shared, held: () => accessKeyId };
}

function endsSoon({ expiration }: Identity): boolean {
  return expiration !== undefined && expiration.getTime() - Date.now() < RENEW_MS;
}
