/** @file What is wrong with a connection before it is saved, each with a sentence of its own in the texts. */
import { regionsOf, type ConnectionDraft } from './connection-draft.ts';

export type ConnectionProblem =
  | 'name-empty'
  | 'name-taken'
  | 'profile-empty'
  | 'start-url'
  | 'account-form'
  | 'role-name'
  | 'access-key-form'
  | 'secret-empty'
  | 'role-form'
  | 'mfa-form'
  | 'duration-range'
  | 'session-form'
  | 'region-form'
  | 'endpoint-url'
  | 'endpoint-plain'
  | 'endpoint-fixed'
  | 'proxy-url'
  | 'password-in-url'
  | 'calls-range';

export type ConnectionProblems = Partial<Record<keyof ConnectionDraft, ConnectionProblem>>;

type Rule = readonly [field: keyof ConnectionDraft, problem: ConnectionProblem, broken: boolean];

const isRegion = (text: string): boolean => /^[a-z]+(-[a-z]+)+-[0-9]{1,2}$/.test(text);
const isIn = (text: string, least: number, most: number): boolean => {
  const value = Number(text);
  return Number.isInteger(value) && value >= least && value <= most;
};
const isGiven = (text: string): boolean => text.trim() !== '';

const loopback = /^(?:localhost|127(?:\.[0-9]{1,3}){3}|\[::1\])$/;

/** https, or plain http on this computer: nothing else keeps what is sent private (kms.md section 8). */
function endpointProblem(text: string): ConnectionProblem | undefined {
  const url = URL.parse(text.trim());
  if (url === null || !/^https?:$/.test(url.protocol)) return 'endpoint-url';
  if (url.password !== '') return 'password-in-url';
  return url.protocol === 'http:' && !loopback.test(url.hostname) ? 'endpoint-plain' : undefined;
}

function proxyProblem(text: string): ConnectionProblem | undefined {
  const url = URL.parse(text.trim());
  if (url === null || !/^https?:$/.test(url.protocol)) return 'proxy-url';
  return url.password === '' ? undefined : 'password-in-url';
}

/** Where one signs in: https, or an emulator's on this computer. */
function isStartUrl(text: string): boolean {
  return endpointProblem(text) === undefined;
}

function signInRules({ startUrl, ssoRegion, account, role }: ConnectionDraft): readonly Rule[] {
  return [
    ['startUrl', 'start-url', !isStartUrl(startUrl)],
    ['ssoRegion', 'region-form', !isRegion(ssoRegion.trim())],
    ['account', 'account-form', !/^[0-9]{12}$/.test(account.trim())],
    ['role', 'role-name', !/^[\w+=,.@-]{1,32}$/.test(role.trim())],
  ];
}

function credentialRules(draft: ConnectionDraft, needsSecret: boolean): readonly Rule[] {
  switch (draft.kind) {
    case 'default':
      return [];
    case 'profile':
      return [['profile', 'profile-empty', !isGiven(draft.profile)]];
    case 'sso':
      return signInRules(draft);
    case 'keys':
      return [
        ['accessKeyId', 'access-key-form', !/^[A-Z0-9]{16,128}$/.test(draft.accessKeyId.trim())],
        ['secretAccessKey', 'secret-empty', needsSecret && !isGiven(draft.secretAccessKey)],
      ];
    case 'role':
      return [
        ['roleArn', 'role-form', !/^arn:aws[a-z-]*:iam::[0-9]{12}:role\/\S+$/.test(draft.roleArn.trim())],
        [
          'mfaSerial',
          'mfa-form',
          isGiven(draft.mfaSerial) && !/^[\w+=/:,.@-]{9,256}$/.test(draft.mfaSerial.trim()),
        ],
        [
          'durationSeconds',
          'duration-range',
          isGiven(draft.durationSeconds) && !isIn(draft.durationSeconds, 900, 43_200),
        ],
        [
          'sessionName',
          'session-form',
          isGiven(draft.sessionName) && !/^[\w+=,.@-]{2,64}$/.test(draft.sessionName.trim()),
        ],
      ];
  }
}

function reachRules(draft: ConnectionDraft): readonly Rule[] {
  const endpoint = isGiven(draft.endpoint) ? endpointProblem(draft.endpoint) : undefined;
  const proxy = isGiven(draft.proxy) ? proxyProblem(draft.proxy) : undefined;
  return [
    ['region', 'region-form', isGiven(draft.region) && !isRegion(draft.region.trim())],
    ['replicaRegions', 'region-form', !regionsOf(draft.replicaRegions).every(isRegion)],
    ['endpoint', endpoint ?? 'endpoint-url', endpoint !== undefined],
    // FIPS and dual-stack choose among AWS's own endpoints, so the SDK refuses them beside one that is given.
    ['endpoint', 'endpoint-fixed', isGiven(draft.endpoint) && (draft.fips || draft.dualStack)],
    ['proxy', proxy ?? 'proxy-url', proxy !== undefined],
    ['callsPerSecond', 'calls-range', isGiven(draft.callsPerSecond) && !isIn(draft.callsPerSecond, 1, 1000)],
  ];
}

/**
 * The first problem of each field; none if the connection can be saved.
 * @param taken names of the other connections
 * @param needsSecret the secret of this access key is not known yet
 */
export function connectionProblems(
  draft: ConnectionDraft,
  taken: readonly string[],
  needsSecret: boolean,
): ConnectionProblems {
  const rules: readonly Rule[] = [
    ['name', 'name-empty', !isGiven(draft.name)],
    ['name', 'name-taken', taken.includes(draft.name.trim())],
    ...credentialRules(draft, needsSecret),
    ...reachRules(draft),
  ];
  const problems: ConnectionProblems = {};
  for (const [field, problem, broken] of rules) if (broken) problems[field] ??= problem;
  return problems;
}
