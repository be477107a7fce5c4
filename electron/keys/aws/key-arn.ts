/** @file The key ARN of FORMAT.md section 4, and the other names AWS KMS takes for a key. */
import { EnvelopeError } from '../../../shared/errors.ts';
import type { KeyPlace } from '../../../shared/trust.ts';

const keyArn =
  /^arn:(aws[a-z-]{0,16}):kms:([a-z]+(?:-[a-z]+)+-[0-9]{1,2}):([0-9]{12}):key\/([A-Za-z0-9-]{1,64})$/;
const aliasArn =
  /^arn:(aws[a-z-]{0,16}):kms:([a-z]+(?:-[a-z]+)+-[0-9]{1,2}):([0-9]{12}):alias\/([A-Za-z0-9/_-]{1,250})$/;
const aliasName = /^alias\/[A-Za-z0-9/_-]{1,250}$/;
const keyId = /^[A-Za-z0-9-]{1,64}$/;

/** What an ARN says of a key. */
export type KeyArn = KeyPlace & { arn: string; id: string };

function split(pattern: RegExp, text: string): (KeyPlace & { rest: string }) | undefined {
  const [, partition, region, account, rest] = pattern.exec(text) ?? [];
  if (partition === undefined || region === undefined || account === undefined) return undefined;
  return rest === undefined ? undefined : { partition, region, account, rest };
}

/** `text` as a key ARN, or undefined if it is none. */
export function parseKeyArn(text: string): KeyArn | undefined {
  const parts = split(keyArn, text);
  if (parts === undefined) return undefined;
  const { rest: id, ...place } = parts;
  return { arn: text, id, ...place };
}

/** How a person may name a KMS key: key ARN, alias ARN, `alias/…` or key id. */
export type KeyName =
  | ({ form: 'arn' } & KeyArn)
  | ({ form: 'alias-arn' } & KeyPlace)
  | { form: 'alias' }
  | { form: 'id'; id: string };

/** @throws EnvelopeError `kms-request-invalid` if `text` is none of the forms */
export function parseKeyName(text: string): KeyName {
  const arn = parseKeyArn(text);
  if (arn !== undefined) return { form: 'arn', ...arn };
  const alias = split(aliasArn, text);
  if (alias !== undefined) {
    const { rest: _, ...place } = alias;
    return { form: 'alias-arn', ...place };
  }
  if (aliasName.test(text)) return { form: 'alias' };
  if (keyId.test(text)) return { form: 'id', id: text };
  throw new EnvelopeError('kms-request-invalid', 'not a key ARN, key id, alias or alias ARN', { key: text });
}

/** The region that a key's name fixes, or undefined for a bare id or alias. */
export function regionOf(name: KeyName): string | undefined {
  return 'region' in name ? name.region : undefined;
}

/** Whether the KMS's `answer` is an ARN of the key that was asked for as `name` in `region`. */
export function answersTo(answer: KeyArn, name: KeyName, region: string): boolean {
  if (name.form === 'arn') return answer.arn === name.arn;
  if (name.form === 'id') return answer.id === name.id && answer.region === region;
  if (name.form === 'alias') return answer.region === region;
  return (
    answer.partition === name.partition && answer.region === name.region && answer.account === name.account
  );
}

/** Multi-Region keys have the same id and material in every region (kms.md section 5). */
export function isMultiRegion(key: KeyArn): boolean {
  return key.id.startsWith('mrk-');
}

/**
 * The ARN of the same multi-Region key in `region`: FORMAT.md section 4 allows this one change and nothing else.
 * Asking it of any other key is a bug.
 */
export function replicaArn(key: KeyArn, region: string): KeyArn {
  if (!isMultiRegion(key)) throw new Error('only a multi-Region key has replicas');
  const replica = parseKeyArn(`arn:${key.partition}:kms:${region}:${key.account}:key/${key.id}`);
  if (replica === undefined) {
    throw new EnvelopeError('settings-invalid', 'not the name of an AWS region', { region });
  }
  return replica;
}

/**
 * Whether two key names of envelopes are one key: the same name, or the same multi-Region key in two regions, whose
 * material is one.
 */
export function isSameKey(a: string, b: string): boolean {
  if (a === b) return true;
  const [one, other] = [parseKeyArn(a), parseKeyArn(b)];
  if (one === undefined || other === undefined || !isMultiRegion(one)) return false;
  return one.id === other.id && one.account === other.account && one.partition === other.partition;
}

const partitions: readonly [prefix: string, partition: string][] = [
  ['cn-', 'aws-cn'],
  ['us-gov-', 'aws-us-gov'],
  ['us-iso-', 'aws-iso'],
  ['us-isob-', 'aws-iso-b'],
  ['eu-isoe-', 'aws-iso-e'],
  ['us-isof-', 'aws-iso-f'],
  ['eusc-', 'aws-eusc'],
];

/** The partition a region lies in. Credentials of one are worthless in every other. */
export function partitionOf(region: string): string {
  return partitions.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'aws';
}
