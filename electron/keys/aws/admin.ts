/** @file What the key list needs beside sealing and opening: find, make and name KMS keys. */
import { setTimeout as sleep } from 'node:timers/promises';
import { EnvelopeError, isEnvelopeError } from '../../../shared/errors.ts';
import type { KmsAlias, KmsIdentity } from '../../../shared/kms.ts';
import type { CallOptions } from '../provider.ts';
import type { AwsConnection } from './connection.ts';
import { fromAws } from './errors.ts';
import { describeKey } from './describe.ts';
import { parseKeyName, regionOf } from './key-arn.ts';

export type NewKey = {
  /** `alias/…`, not `alias/aws/…` */
  alias: string;
  /** At most 8192 characters */
  description: string;
  /** Cannot be changed later. */
  multiRegion: boolean;
  /** 90 to 2560; undefined: no rotation by the KMS. */
  rotationDays?: number | undefined;
};

/** The steps after CreateKey meet a KMS that has not yet heard of it everywhere (kms.md section 1). */
const EVENTUALLY_MS = [100, 200, 400, 800, 1600, 3200] as const;

/**
 * The aliases of the connection's account and region that point to a key, AWS's own left out, sorted by name.
 * @throws EnvelopeError by the table of errors.ts
 */
export async function listAliases(connection: AwsConnection, options?: CallOptions): Promise<KmsAlias[]> {
  const region = await connection.region();
  const found: KmsAlias[] = [];
  let marker: string | undefined;
  do {
    const page = await connection.call(
      { action: 'ListAliases', region },
      (kms, http) =>
        kms.listAliases({ Limit: 100, ...(marker === undefined ? {} : { Marker: marker }) }, http),
      options,
    );
    for (const { AliasName: alias, AliasArn, TargetKeyId } of page.Aliases ?? []) {
      if (alias === undefined || AliasArn === undefined || TargetKeyId === undefined) continue;
      if (alias.startsWith('alias/aws/')) continue;
      found.push({ alias, arn: AliasArn.slice(0, -alias.length) + `key/${TargetKeyId}` });
    }
    marker = page.Truncated === true ? page.NextMarker : undefined;
  } while (marker !== undefined);
  return found.sort((a, b) => (a.alias < b.alias ? -1 : 1));
}

/**
 * The first alias of the key `arn` of the connection's own account, if it has one; AWS's own do not count.
 * @throws EnvelopeError by the table of errors.ts
 */
export async function aliasOf(
  connection: AwsConnection,
  arn: string,
  region: string,
  options?: CallOptions,
): Promise<string | undefined> {
  const { Aliases = [] } = await connection.call(
    { action: 'ListAliases', key: arn, region },
    (kms, http) => kms.listAliases({ KeyId: arn }, http),
    options,
  );
  const names = Aliases.flatMap(({ AliasName }) => AliasName ?? []);
  return names.filter((name) => !name.startsWith('alias/aws/')).sort()[0];
}

/**
 * The key ARN behind an alias, alias ARN, key id or ARN.
 * @throws EnvelopeError `kms-key-not-found`, `kms-request-invalid` and the rest of the table of errors.ts
 */
export async function resolveKey(
  connection: AwsConnection,
  key: string,
  options?: CallOptions,
): Promise<string> {
  const region = regionOf(parseKeyName(key)) ?? (await connection.region());
  return (await describeKey(connection, key, region, options)).key;
}

/**
 * Makes a key that costs money from now on (the caller has asked), names it, and turns its rotation on.
 * A failure after the key was made carries its ARN in `details.created`, so that it is not lost.
 * @returns the key's ARN
 * @throws EnvelopeError `kms-request-invalid` if the alias is taken, before anything is made; else by the table of errors.ts
 */
export async function createKey(
  connection: AwsConnection,
  wanted: NewKey,
  options?: CallOptions,
): Promise<string> {
  const region = await connection.region();
  await assertFree(connection, wanted.alias, options);
  const made = await connection.call(
    { action: 'CreateKey', region },
    async (_, http) => {
      // One attempt: a repeated CreateKey makes, and bills, a second key.
      const once = (await connection.clients()).kms(region, 1);
      return await once.createKey({ Description: wanted.description, MultiRegion: wanted.multiRegion }, http);
    },
    options,
  );
  const arn = made.KeyMetadata?.Arn;
  if (arn === undefined) throw new EnvelopeError('kms-answer-wrong', 'a new key without an ARN');
  try {
    await nameKey(connection, arn, wanted, region, options);
  } catch (error) {
    const known = fromAws(error, { action: 'CreateAlias', key: arn, region }, options?.signal);
    throw new EnvelopeError(known.code, known.message, { ...known.details, created: arn }, known);
  }
  return arn;
}

async function nameKey(
  connection: AwsConnection,
  arn: string,
  { alias, rotationDays }: NewKey,
  region: string,
  options?: CallOptions,
): Promise<void> {
  await eventually(options, () =>
    connection.call(
      { action: 'CreateAlias', key: arn, region },
      (kms, http) => kms.createAlias({ AliasName: alias, TargetKeyId: arn }, http),
      options,
    ),
  );
  if (rotationDays === undefined) return;
  await eventually(options, () =>
    connection.call(
      { action: 'EnableKeyRotation', key: arn, region },
      (kms, http) => kms.enableKeyRotation({ KeyId: arn, RotationPeriodInDays: rotationDays }, http),
      options,
    ),
  );
}

async function assertFree(connection: AwsConnection, alias: string, options?: CallOptions): Promise<void> {
  if (!alias.startsWith('alias/') || alias.startsWith('alias/aws/') || parseKeyName(alias).form !== 'alias') {
    throw new EnvelopeError('kms-request-invalid', 'not a name for an alias', { alias });
  }
  try {
    await resolveKey(connection, alias, options);
  } catch (error) {
    if (isEnvelopeError(error, 'kms-key-not-found', 'kms-access-denied')) return;
    throw error;
  }
  throw new EnvelopeError('kms-request-invalid', 'the alias is taken', {
    alias,
    name: 'AlreadyExistsException',
  });
}

async function eventually(options: CallOptions | undefined, work: () => Promise<unknown>): Promise<void> {
  for (const wait of EVENTUALLY_MS) {
    try {
      await work();
      return;
    } catch (error) {
      if (!isEnvelopeError(error, 'kms-key-not-found')) throw error;
    }
    await sleep(wait, undefined, { signal: options?.signal });
  }
  await work();
}

/**
 * Who the connection's credentials belong to: STS GetCallerIdentity, which needs no permission.
 * @throws EnvelopeError by the table of errors.ts
 */
export async function whoAmI(connection: AwsConnection, { signal }: CallOptions = {}): Promise<KmsIdentity> {
  const region = await connection.region();
  try {
    const clients = await connection.clients();
    const answer = await clients.enqueue((http) => clients.sts(region).getCallerIdentity({}, http), signal);
    return { account: answer.Account ?? '', arn: answer.Arn ?? '' };
  } catch (error) {
    throw fromAws(error, { action: 'GetCallerIdentity', region }, signal);
  }
}
