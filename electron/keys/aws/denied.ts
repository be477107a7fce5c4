/** @file What a caller may not do, found by a dry run of each action that is needed (kms.md sections 3 and 4). */
import type { Denial, Refused } from '../../../shared/denial.ts';
import { EnvelopeError, isEnvelopeError } from '../../../shared/errors.ts';
import type { KmsIdentity } from '../../../shared/kms.ts';
import type { CallOptions } from '../provider.ts';
import { whoAmI } from './admin.ts';
import type { AwsConnection } from './connection.ts';
import { dryRun, type DryRunAction } from './dry-run.ts';
import { parseKeyArn, parseKeyName, partitionOf, regionOf } from './key-arn.ts';

/** What sealing needs, and opening: DescribeKey tells which key an alias is, and its state. */
const needs = {
  seal: ['GenerateDataKey', 'Decrypt', 'DescribeKey'],
  open: ['Decrypt', 'DescribeKey'],
} as const;

/** Dry runs name no file. A key policy may ask for `envelope-id` to be there. */
const context = { 'envelope-id': '00000000-0000-4000-8000-000000000000' };

const isDryRun = (action: string): action is DryRunAction =>
  action === 'GenerateDataKey' || action === 'Encrypt' || action === 'Decrypt';

/**
 * Asks for every action that `operation` needs, and for the one that was refused. The caller has seen to it that the
 * account of the key may be called.
 * @throws EnvelopeError `cancelled`, `kms-region-missing`
 */
export async function explainDenied(
  connection: AwsConnection,
  { action, key }: Refused,
  operation: 'seal' | 'open',
  options: CallOptions = {},
): Promise<Denial> {
  const caller = await identityOf(connection, options);
  if (key === undefined) return { action, denied: [action], caller, crossAccount: false };
  const denied: string[] = [];
  let arn = parseKeyArn(key)?.arn;
  for (const needed of new Set([action, ...needs[operation]])) {
    const answer = await ask(connection, needed, key, options);
    if (answer.denied) denied.push(needed);
    arn ??= answer.arn;
  }
  const known = await keyOf(connection, key, arn, caller);
  const crossAccount =
    caller !== undefined && known.account !== undefined && known.account !== caller.account;
  return { action, denied: denied.sort(), caller, key: known, crossAccount };
}

async function keyOf(
  connection: AwsConnection,
  name: string,
  arn: string | undefined,
  caller: KmsIdentity | undefined,
): Promise<NonNullable<Denial['key']>> {
  const full = arn === undefined ? undefined : parseKeyArn(arn);
  if (full !== undefined) {
    return { name, arn: full.arn, partition: full.partition, account: full.account, region: full.region };
  }
  const parsed = parseKeyName(name);
  const region = regionOf(parsed) ?? (await connection.region());
  // A bare name is looked for in the caller's own account.
  const account = 'account' in parsed ? parsed.account : caller?.account;
  return { name, partition: partitionOf(region), region, ...(account === undefined ? {} : { account }) };
}

/** Once a session; undefined where there is no way to STS. */
async function identityOf(connection: AwsConnection, options: CallOptions): Promise<KmsIdentity | undefined> {
  try {
    return await connection.identity(async () => await whoAmI(connection, options));
  } catch (error) {
    if (isEnvelopeError(error) && error.code !== 'cancelled') return undefined;
    throw error;
  }
}

/** Anything but a refusal, such as a disabled key, is no matter of permission. */
async function ask(
  connection: AwsConnection,
  action: string,
  key: string,
  options: CallOptions,
): Promise<{ denied: boolean; arn?: string | undefined }> {
  try {
    if (isDryRun(action)) await dryRun(connection, action, key, context, options);
    else if (action === 'DescribeKey')
      return { denied: false, arn: await describe(connection, key, options) };
    // What cannot be tried was refused once, which is all that is known.
    else return { denied: true };
    return { denied: false };
  } catch (error) {
    if (!(error instanceof EnvelopeError) || error.code === 'cancelled') throw error;
    return { denied: error.code === 'kms-access-denied' };
  }
}

async function describe(connection: AwsConnection, key: string, options: CallOptions) {
  const region = regionOf(parseKeyName(key)) ?? (await connection.region());
  const answer = await connection.call(
    { action: 'DescribeKey', key, region },
    (kms, http) => kms.describeKey({ KeyId: key }, http),
    options,
  );
  return answer.KeyMetadata?.Arn;
}
