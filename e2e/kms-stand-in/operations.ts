/** @file Every operation the stand-in knows. Another one is refused by name, so that a test cannot pass by accident. */
import { cryptoOperations } from './crypto-operations.ts';
import { invalid, type Input } from './input.ts';
import type { Key, Keys, Place } from './keys.ts';
import { ServiceError } from './service-error.ts';

const DAY = 86_400_000;

export type Request = { input: Input; keys: Keys; place: Place };
export type Operation = (request: Request) => object | undefined;

const seconds = (date: Date): number => date.getTime() / 1000;

function metadata(key: Key): object {
  return {
    AWSAccountId: key.account,
    KeyId: key.id,
    Arn: key.arn,
    CreationDate: seconds(key.created),
    Enabled: key.state === 'Enabled',
    Description: key.description,
    KeyUsage: key.usage,
    KeyState: key.state,
    KeySpec: key.spec,
    Origin: key.origin,
    KeyManager: 'CUSTOMER',
    MultiRegion: key.multiRegion !== undefined,
    ...(key.multiRegion === undefined
      ? {}
      : { MultiRegionConfiguration: { MultiRegionKeyType: key.multiRegion } }),
    ...(key.deletion === undefined ? {} : { DeletionDate: seconds(key.deletion) }),
  };
}

const keyOf = ({ input, keys, place }: Request): Key => keys.find(place, input.text('KeyId'));

/** Management of a key that is on its way out is refused (cancelling the deletion aside). */
function keptKeyOf(request: Request): Key {
  const key = keyOf(request);
  if (key.state !== 'PendingDeletion') return key;
  throw new ServiceError('KMSInvalidStateException', `${key.arn} is pending deletion.`);
}

function createKey({ input, keys, place }: Request): object {
  if ((input.optional('Description') ?? '').length > 8192) throw invalid('Description is too long');
  const key = keys.create(place, {
    description: input.optional('Description') ?? '',
    usage: input.optional('KeyUsage') ?? 'ENCRYPT_DECRYPT',
    spec: input.optional('KeySpec') ?? 'SYMMETRIC_DEFAULT',
    origin: input.optional('Origin') ?? 'AWS_KMS',
    multiRegion: input.flag('MultiRegion'),
  });
  return { KeyMetadata: metadata(key) };
}

function createAlias(request: Request): undefined {
  const { input, keys, place } = request;
  const name = input.text('AliasName');
  if (!/^alias\/[A-Za-z0-9/_-]{1,250}$/.test(name)) throw invalid('AliasName');
  if (name.startsWith('alias/aws/'))
    throw new ServiceError('InvalidAliasNameException', `${name} is reserved`);
  const target = keys.find(place, input.text('TargetKeyId'));
  if (target.state === 'PendingDeletion') {
    throw new ServiceError('KMSInvalidStateException', `${target.arn} is pending deletion.`);
  }
  keys.addAlias(place, name, target.id);
}

function listAliases({ input, keys, place }: Request): object {
  const key = input.optional('KeyId');
  const { id } = key === undefined ? { id: undefined } : keys.find(place, key);
  const all = keys.aliases(place).filter(({ target }) => id === undefined || target === id);
  const start = Number(input.optional('Marker') ?? 0);
  if (!Number.isInteger(start)) throw new ServiceError('InvalidMarkerException', '');
  const end = start + input.number('Limit', 50, 1, 100);
  return {
    Aliases: all
      .slice(start, end)
      .map(({ name, arn, target }) => ({ AliasName: name, AliasArn: arn, TargetKeyId: target })),
    ...(end < all.length ? { Truncated: true, NextMarker: String(end) } : { Truncated: false }),
  };
}

function enableKeyRotation(request: Request): undefined {
  const key = keptKeyOf(request);
  if (key.origin !== 'AWS_KMS' || key.spec !== 'SYMMETRIC_DEFAULT') {
    throw new ServiceError('UnsupportedOperationException', `${key.arn} cannot rotate`);
  }
  key.rotationDays = request.input.number('RotationPeriodInDays', 365, 90, 2560);
}

function getKeyRotationStatus(request: Request): object {
  const { arn, rotationDays } = keptKeyOf(request);
  return {
    KeyId: arn,
    KeyRotationEnabled: rotationDays !== undefined,
    ...(rotationDays === undefined ? {} : { RotationPeriodInDays: rotationDays }),
  };
}

function scheduleKeyDeletion(request: Request): object {
  const key = keptKeyOf(request);
  const days = request.input.number('PendingWindowInDays', 30, 7, 30);
  key.state = 'PendingDeletion';
  key.deletion = new Date(Date.now() + days * DAY);
  return {
    KeyId: key.arn,
    KeyState: key.state,
    DeletionDate: seconds(key.deletion),
    PendingWindowInDays: days,
  };
}

function cancelKeyDeletion(request: Request): object {
  const key = keyOf(request);
  if (key.state !== 'PendingDeletion') {
    throw new ServiceError('KMSInvalidStateException', `${key.arn} is not pending deletion.`);
  }
  key.state = 'Disabled';
  key.deletion = undefined;
  return { KeyId: key.arn };
}

function replicateKey(request: Request): object {
  const replica = request.keys.replicate(keptKeyOf(request), request.input.text('ReplicaRegion'));
  return { ReplicaKeyMetadata: metadata(replica) };
}

export const operations: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ...cryptoOperations,
  ['CreateKey', createKey],
  ['DescribeKey', (request) => ({ KeyMetadata: metadata(keyOf(request)) })],
  ['CreateAlias', createAlias],
  ['ListAliases', listAliases],
  ['EnableKeyRotation', enableKeyRotation],
  ['GetKeyRotationStatus', getKeyRotationStatus],
  ['ScheduleKeyDeletion', scheduleKeyDeletion],
  ['CancelKeyDeletion', cancelKeyDeletion],
  ['ReplicateKey', replicateKey],
  ['DisableKey', (request) => void (keptKeyOf(request).state = 'Disabled')],
  ['EnableKey', (request) => void (keptKeyOf(request).state = 'Enabled')],
]);
