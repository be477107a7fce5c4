/** @file Which sign-in at IAM Identity Center the credentials of a connection come from, if they do. */
import { getProfileName, loadSsoSessionData, parseKnownFiles } from '@smithy/core/config';
import type { KmsCredentials } from '../../../../shared/kms.ts';

export type SsoSession = {
  /** What the AWS tools call the token's file after: the name of `[sso-session …]`, else the start URL. */
  cacheName: string;
  startUrl: string;
  /** Of IAM Identity Center, which need not be that of the keys. */
  region: string;
  /** None: as the AWS tools have it for a profile of the older kind, whose session cannot be renewed. */
  scopes: readonly string[];
};

type Profiles = Awaited<ReturnType<typeof parseKnownFiles>>;
type Profile = NonNullable<Profiles[string]>;

/** What it takes to renew a session without a person. */
const DEFAULT_SCOPES = ['sso:account:access'];

/** The sign-in that `from` needs, as the files of `~/.aws` say now; undefined if it needs none. */
export async function findSsoSession(from: KmsCredentials): Promise<SsoSession | undefined> {
  if (from.kind === 'keys') return undefined;
  if (from.kind === 'sso') {
    const { startUrl, ssoRegion: region } = from;
    return { cacheName: startUrl, startUrl, region, scopes: DEFAULT_SCOPES };
  }
  const given =
    from.kind === 'profile' ? from.profile : from.kind === 'role' ? from.sourceProfile : undefined;
  // As in the SDK's own search, an access key of the environment comes before a profile that nobody named.
  const { AWS_PROFILE, AWS_ACCESS_KEY_ID } = process.env;
  if (given === undefined && !AWS_PROFILE && AWS_ACCESS_KEY_ID) return undefined;
  // ignoreCache: another program may have changed the files. What is read then is what loadSsoSessionData gets.
  const profiles = await parseKnownFiles({ ignoreCache: true });
  return await sessionOf(profiles, given ?? getProfileName({}));
}

/** Follows `source_profile` to the profile that signs in. */
async function sessionOf(profiles: Profiles, first: string): Promise<SsoSession | undefined> {
  const seen = new Set<string>();
  for (let name: string | undefined = first; name !== undefined && !seen.has(name);) {
    seen.add(name);
    const profile: Profile | undefined = profiles[name];
    if (profile === undefined) return undefined;
    const source: string | undefined =
      profile['role_arn'] === undefined ? undefined : profile['source_profile'];
    // A profile that is its own source assumes the role with its own credentials.
    if (source === undefined || source === name) return await ownSessionOf(profile);
    name = source;
  }
  return undefined;
}

async function ownSessionOf(profile: Profile): Promise<SsoSession | undefined> {
  if (profile['aws_access_key_id'] !== undefined) return undefined;
  const name = profile['sso_session'];
  if (name === undefined) return sessionFrom(profile, undefined);
  return sessionFrom((await loadSsoSessionData())[name], name);
}

function sessionFrom(section: Profile | undefined, name: string | undefined): SsoSession | undefined {
  const startUrl = section?.['sso_start_url'];
  const region = section?.['sso_region'];
  if (startUrl === undefined || region === undefined) return undefined;
  if (name === undefined) return { cacheName: startUrl, startUrl, region, scopes: [] };
  const scopes = (section?.['sso_registration_scopes'] ?? '').split(',').map((scope) => scope.trim());
  const given = scopes.filter((scope) => scope !== '');
  return { cacheName: name, startUrl, region, scopes: given.length > 0 ? given : DEFAULT_SCOPES };
}
