/** @file The shape of the settings file. Exact: a member that this version does not know is refused, not dropped. */
import path from 'node:path';
import { z } from 'zod';
import { labelProblem } from '../envelope/context.ts';
import { copiesLimits, type CopiesSettings } from '../../shared/copies.ts';
import { isLoopback, isPlain } from './loopback.ts';
import type { Settings } from '../../shared/settings.ts';
import { type KmsConnection, type KmsCredentials, REGION } from '../../shared/kms.ts';
import { MAX_FORMER, noRecovery, type RecoverySettings } from '../../shared/recovery.ts';
import { TRUSTED } from '../../shared/trust.ts';

const text = z.string().min(1).max(2048);
const region = z.string().regex(REGION);

/** https, or plain http on this computer, and no password in it. */
function isPrivate(address: string): boolean {
  const url = URL.parse(address);
  return (
    url?.password === '' && (url.protocol === 'https:' || (isPlain(address) && isLoopback(url.hostname)))
  );
}

const credentials: z.ZodType<KmsCredentials> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('default') }),
  z.strictObject({ kind: z.literal('profile'), profile: text }),
  z.strictObject({
    kind: z.literal('sso'),
    startUrl: z.url().refine(isPrivate),
    ssoRegion: region,
    account: z.string().regex(/^[0-9]{12}$/),
    role: text,
  }),
  z.strictObject({ kind: z.literal('keys'), accessKeyId: text }),
  z.strictObject({
    kind: z.literal('role'),
    roleArn: text,
    sourceProfile: text.optional(),
    mfaSerial: text.optional(),
    externalId: text.optional(),
    durationSeconds: z.int().min(900).max(43_200).optional(),
    sessionName: text.optional(),
  }),
]);

/** A proxy's password would be a secret in the settings. */
const withoutPassword = (url: string): boolean => URL.parse(url)?.password === '';

const connection: z.ZodType<KmsConnection> = z.strictObject({
  name: text,
  credentials,
  region: region.optional(),
  replicaRegions: z.array(region).optional(),
  endpoint: z.url().refine(withoutPassword).optional(),
  fips: z.boolean().optional(),
  dualStack: z.boolean().optional(),
  proxy: z.url().refine(withoutPassword).optional(),
  caFile: text.optional(),
  callsPerSecond: z.int().min(1).max(1000).optional(),
});

const copies: z.ZodType<CopiesSettings> = z.strictObject({
  keep: z.boolean(),
  folder: text.refine((folder) => path.isAbsolute(folder)).optional(),
  megabytes: z.int().min(copiesLimits.least).max(copiesLimits.most),
});
const ACCOUNT = /^aws[a-z-]{0,16}:[0-9]{12}$/;

const differentNames = (connections: readonly KmsConnection[]): boolean =>
  new Set(connections.map(({ name }) => name)).size === connections.length;

const recoveryKey = {
  recipient: z.string().regex(/^age1[02-9ac-hj-np-z]{58}$/),
  made: z.iso.datetime(),
  drilled: z.iso.datetime().optional(),
};

const recovery: z.ZodType<RecoverySettings> = z.strictObject({
  key: z.strictObject(recoveryKey).optional(),
  former: z.array(z.strictObject({ ...recoveryKey, ended: z.iso.datetime() })).max(MAX_FORMER),
  backups: z.record(text, z.iso.datetime()),
  quiet: z.boolean().optional(),
});

export const settingsSchema: z.ZodType<Settings> = z.strictObject({
  version: z.literal(1),
  defaultKeys: z.array(text).max(32),
  labels: z.record(z.string(), z.string()).refine((labels) => labelProblem(labels) === undefined),
  hideNames: z.boolean(),
  collision: z.enum(['keep-both', 'replace', 'skip']),
  binOriginals: z.boolean(),
  appearance: z.enum(['system', 'light', 'dark', 'contrast']),
  language: z.enum(['system', 'en', 'zh-CN']),
  keyNames: z.record(text, text),
  connections: z.array(connection).refine(differentNames),
  copies: copies.optional(),
  accounts: z.array(z.string().regex(TRUSTED)),
  // Not in the files of earlier versions.
  endpointAccounts: z.record(text, z.array(z.string().regex(ACCOUNT))).default({}),
  // Settings of before there were recovery keys have no such member.
  recovery: recovery.default(noRecovery),
  // Likewise.
  offlineSealing: z.enum(['ask', 'always', 'never']).default('ask'),
  lookForUpdates: z.boolean().default(true),
  policyKeys: z.record(z.string().min(1), z.array(text)).default({}),
});
