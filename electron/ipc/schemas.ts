/**
 * @file What the arguments of each call look like: their form and their size. What they mean is judged by whoever answers,
 * with a code of its own: a label that breaks the rules, a region that is none.
 */
import path from 'node:path';
import { z } from 'zod';
import { type ArgumentsOf, type CallName, GRANT, linkIds } from '../../shared/contract.ts';
import { HEALTH_PAGE, healthFormats } from '../../shared/health-view.ts';
import type { KmsCredentials } from '../../shared/kms.ts';
import { accessSchemas } from './schemas-access.ts';
import { halvesSchemas } from './schemas-halves.ts';
import { recoverySchemas } from './schemas-recovery.ts';

/** Characters of a name, a key, an address. */
const TEXT = 2048;
/** Files and rows named in one call. */
const MANY = 100_000;

const text = z.string().min(1).max(TEXT);
/** May be empty: the answer says what is wrong with it. */
const typed = z.string().max(TEXT);
const id = z.string().min(1).max(64);
const ids = z.array(id).max(MANY);
const keys = z.array(text).max(32);
const labels = z.record(typed, typed).refine((all) => Object.keys(all).length <= 100);
const protection = z.enum(['os', 'passphrase', 'file']);
const collision = z.enum(['keep-both', 'replace', 'skip']);

/** A member that is undefined counts as absent: pages make no difference. Members that nobody knows are refused. */
const members = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.preprocess(
    (value) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined))
        : value,
    z.strictObject(shape),
  );

const sealChoices = members({
  keys,
  labels,
  hideNames: z.boolean(),
  archive: z.boolean(),
  to: z.exactOptional(id),
  collision,
  binOriginals: z.boolean(),
  again: z.boolean(),
  chosen: z.exactOptional(z.array(z.enum(['keys', 'labels', 'hideNames'])).max(3)),
  withoutPolicies: z.exactOptional(z.literal(true)),
});
const openChoices = members({ to: z.exactOptional(id), collision, body: z.exactOptional(id) });

const request = z.union([
  members({ operation: z.literal('seal'), grants: ids, choices: sealChoices }),
  members({ operation: z.literal('open'), grants: ids, choices: openChoices }),
  members({ operation: z.literal('verify'), grants: ids, choices: members({ body: z.exactOptional(id) }) }),
]);

const credentials: z.ZodType<KmsCredentials> = z.union([
  members({ kind: z.literal('default') }),
  members({ kind: z.literal('profile'), profile: typed }),
  members({ kind: z.literal('sso'), startUrl: typed, ssoRegion: typed, account: typed, role: typed }),
  members({ kind: z.literal('keys'), accessKeyId: typed }),
  members({
    kind: z.literal('role'),
    roleArn: typed,
    sourceProfile: z.exactOptional(typed),
    mfaSerial: z.exactOptional(typed),
    externalId: z.exactOptional(typed),
    durationSeconds: z.exactOptional(z.number()),
    sessionName: z.exactOptional(typed),
  }),
]);

/** {@link ConnectionForm} */
const connection = members({
  name: typed,
  credentials,
  region: z.exactOptional(typed),
  replicaRegions: z.exactOptional(z.array(typed).max(100)),
  endpoint: z.exactOptional(typed),
  fips: z.exactOptional(z.boolean()),
  dualStack: z.exactOptional(z.boolean()),
  proxy: z.exactOptional(typed),
  callsPerSecond: z.exactOptional(z.number()),
  ca: z.union([
    members({ kind: z.enum(['none', 'keep']) }),
    members({ kind: z.literal('picked'), grant: id }),
  ]),
});
const secret = members({ secretAccessKey: text, sessionToken: z.exactOptional(z.string().max(16_384)) });

const change = members({
  defaultKeys: z.exactOptional(keys),
  labels: z.exactOptional(labels),
  hideNames: z.exactOptional(z.boolean()),
  appearance: z.exactOptional(z.enum(['system', 'light', 'dark', 'contrast'])),
  language: z.exactOptional(z.enum(['system', 'en', 'zh-CN'])),
  collision: z.exactOptional(collision),
  binOriginals: z.exactOptional(z.boolean()),
  offlineSealing: z.exactOptional(z.enum(['ask', 'always', 'never'])),
  lookForUpdates: z.exactOptional(z.boolean()),
});

const retryChange = members({
  keys: z.exactOptional(keys),
  body: z.exactOptional(id),
  to: z.exactOptional(id),
});

const newKmsKey = members({
  connection: text,
  alias: typed,
  description: typed,
  multiRegion: z.boolean(),
  rotationDays: z.exactOptional(z.number()),
});

/** A path as the system tells it; a NUL would be an error of Node, not of the disk. */
const absolutePath = z.string().refine((file) => path.isAbsolute(file) && !file.includes('\0'));

/** Of something in a list. */
const index = z.number().int().min(0);

const none = z.tuple([]);

export const argumentSchemas = {
  appInfo: none,
  takeArrivals: none,
  openLink: z.tuple([z.enum(linkIds)]),
  pick: z.tuple([z.enum(['files', 'folder', 'body', 'output', 'certificates', 'picture', 'envelope'])]),
  plan: z.tuple([request]),
  start: z.tuple([request]),
  cancelBatch: z.tuple([id]),
  cancelRow: z.tuple([id]),
  retry: z.tuple([ids, retryChange.optional()]),
  retryBatch: z.tuple([id, retryChange.optional()]),
  jobs: none,
  clearHistory: none,
  showResult: z.tuple([id]),
  openResult: z.tuple([id]),
  verifyResult: z.tuple([id]),
  card: z.tuple([id]),
  canOpen: z.tuple([id]),
  ...halvesSchemas,
  ...accessSchemas,
  startHealth: z.tuple([members({ grants: ids, deep: z.boolean(), unlock: z.boolean() })]),
  cancelHealth: none,
  health: none,
  healthFiles: z.tuple([id, index, z.number().int().min(1).max(HEALTH_PAGE)]),
  showHealthFile: z.tuple([id, index]),
  grantHealthFile: z.tuple([id, index]),
  grantHealth: z.tuple([id]),
  approveHealthKey: z.tuple([text]),
  exportHealth: z.tuple([z.enum(healthFormats)]),
  localKeys: none,
  kmsKeys: z.tuple([text]),
  createLocalKey: z.tuple([typed, protection]),
  renameKey: z.tuple([text, typed]),
  protectKey: z.tuple([text, protection]),
  backUpKey: z.tuple([text, typed]),
  restoreKey: z.tuple([typed]),
  createKmsKey: z.tuple([newKmsKey]),
  ...recoverySchemas,
  settings: none,
  changeSettings: z.tuple([change]),
  saveConnection: z.tuple([connection, text.optional(), secret.optional()]),
  removeConnection: z.tuple([text]),
  clearSecret: z.tuple([text]),
  forgetAccount: z.tuple([text]),
  forgetPolicy: z.tuple([id]),
  profiles: none,
  testConnection: z.tuple([text, id, text.optional()]),
  waiting: none,
  addWaiting: none,
  dropWaiting: z.tuple([ids]),
  signInState: z.tuple([text]),
  signIn: z.tuple([text]),
  signInDraft: z.tuple([connection]),
  cancelSignIn: z.tuple([typed]),
  openSignInPage: z.tuple([typed]),
  ssoAccounts: z.tuple([connection]),
  ssoRoles: z.tuple([connection, z.string().regex(/^[0-9]{12}$/)]),
  updates: none,
  lookForUpdate: none,
  loadUpdate: none,
  installUpdate: none,
  answerPrompt: z.tuple([id, z.union([typed, z.undefined()])]),
  [GRANT]: z.tuple([z.array(absolutePath).max(MANY)]),
} satisfies { [Name in CallName]: z.ZodType<ArgumentsOf<Name>> } & { [GRANT]: z.ZodType<[string[]]> };
