/** @file A connection as a person writes it: texts as typed, what is wrong with them, and the form they become. */
import type { ConnectionForm, ConnectionSecret } from '../../../shared/contract.ts';
import type { KmsConnection, KmsCredentials } from '../../../shared/kms.ts';

export type ConnectionDraft = {
  name: string;
  kind: KmsCredentials['kind'];
  profile: string;
  startUrl: string;
  ssoRegion: string;
  account: string;
  role: string;
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
  roleArn: string;
  /** Empty: the default search. */
  sourceProfile: string;
  mfaSerial: string;
  externalId: string;
  durationSeconds: string;
  sessionName: string;
  region: string;
  /** Separated by commas or spaces. */
  replicaRegions: string;
  endpoint: string;
  fips: boolean;
  dualStack: boolean;
  proxy: string;
  callsPerSecond: string;
  ca: ConnectionForm['ca'];
  /** Name of the file that was picked. */
  caName: string;
};

const emptyDraft: ConnectionDraft = {
  name: '',
  kind: 'profile',
  profile: '',
  startUrl: '',
  ssoRegion: '',
  account: '',
  role: '',
  accessKeyId: '',
  secretAccessKey: '',
  sessionToken: '',
  roleArn: '',
  sourceProfile: '',
  mfaSerial: '',
  externalId: '',
  durationSeconds: '',
  sessionName: '',
  region: '',
  replicaRegions: '',
  endpoint: '',
  fips: false,
  dualStack: false,
  proxy: '',
  callsPerSecond: '',
  ca: { kind: 'none' },
  caName: '',
};

const typedNumber = (value: number | undefined): string => (value === undefined ? '' : String(value));

/** What the form starts with: a connection that is there, or nothing. */
export function draftOf(connection: KmsConnection | undefined): ConnectionDraft {
  if (connection === undefined) return emptyDraft;
  const { name, credentials, region, replicaRegions, endpoint, fips, dualStack, proxy, caFile } = connection;
  return {
    ...emptyDraft,
    ...credentialsDraft(credentials),
    name,
    region: region ?? '',
    replicaRegions: (replicaRegions ?? []).join(', '),
    endpoint: endpoint ?? '',
    fips: fips === true,
    dualStack: dualStack === true,
    proxy: proxy ?? '',
    callsPerSecond: typedNumber(connection.callsPerSecond),
    ca: { kind: caFile === undefined ? 'none' : 'keep' },
    caName: caFile?.split(/[/\\]/).at(-1) ?? '',
  };
}

function credentialsDraft(credentials: KmsCredentials): Partial<ConnectionDraft> {
  if (credentials.kind !== 'role') return credentials;
  return {
    kind: 'role',
    roleArn: credentials.roleArn,
    sourceProfile: credentials.sourceProfile ?? '',
    mfaSerial: credentials.mfaSerial ?? '',
    externalId: credentials.externalId ?? '',
    durationSeconds: typedNumber(credentials.durationSeconds),
    sessionName: credentials.sessionName ?? '',
  };
}

/** What was typed, or undefined if nothing was. */
const typed = (text: string): string | undefined => (text.trim() === '' ? undefined : text.trim());
const number = (text: string): number | undefined => (text.trim() === '' ? undefined : Number(text));

function credentialsOf(draft: ConnectionDraft): KmsCredentials {
  switch (draft.kind) {
    case 'default':
      return { kind: 'default' };
    case 'profile':
      return { kind: 'profile', profile: draft.profile.trim() };
    case 'keys':
      return { kind: 'keys', accessKeyId: draft.accessKeyId.trim() };
    case 'sso':
      return {
        kind: 'sso',
        startUrl: draft.startUrl.trim(),
        ssoRegion: draft.ssoRegion.trim(),
        account: draft.account.trim(),
        role: draft.role.trim(),
      };
    case 'role':
      return {
        kind: 'role',
        roleArn: draft.roleArn.trim(),
        sourceProfile: typed(draft.sourceProfile),
        mfaSerial: typed(draft.mfaSerial),
        externalId: typed(draft.externalId),
        durationSeconds: number(draft.durationSeconds),
        sessionName: typed(draft.sessionName),
      };
  }
}

export const regionsOf = (text: string): string[] => text.split(/[\s,]+/).filter((region) => region !== '');

/** @param draft without problems (connection-problems.ts) */
export function formOf(draft: ConnectionDraft): ConnectionForm {
  const replicaRegions = regionsOf(draft.replicaRegions);
  return {
    name: draft.name.trim(),
    credentials: credentialsOf(draft),
    region: typed(draft.region),
    replicaRegions: replicaRegions.length === 0 ? undefined : replicaRegions,
    endpoint: typed(draft.endpoint),
    fips: draft.fips ? true : undefined,
    dualStack: draft.dualStack ? true : undefined,
    proxy: typed(draft.proxy),
    callsPerSecond: number(draft.callsPerSecond),
    ca: draft.ca,
  };
}

/** The secret that was typed, if any. It goes to the main process and nowhere else. */
export function secretOf({
  kind,
  secretAccessKey,
  sessionToken,
}: ConnectionDraft): ConnectionSecret | undefined {
  if (kind !== 'keys' || secretAccessKey.trim() === '') return undefined;
  return { secretAccessKey: secretAccessKey.trim(), sessionToken: typed(sessionToken) };
}
