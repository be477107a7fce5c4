/** @file Whom to ask about a key: the connections of its partition in turn, and the replicas of a multi-Region key. */
import { isEnvelopeError, type EnvelopeError, type ErrorCode } from '../../../shared/errors.ts';
import type { CallOptions } from '../provider.ts';
import type { AwsConnection } from './connection.ts';
import { isMultiRegion, replicaArn, type KeyArn } from './key-arn.ts';

/** Another replica of a multi-Region key may answer where this region did not. */
export const tryReplica: readonly ErrorCode[] = [
  'kms-offline',
  'kms-unavailable',
  'kms-key-not-found',
  'account-forbidden',
];

/** These credentials do not open it; those of another connection might. */
export const tryConnection: readonly ErrorCode[] = [
  'kms-access-denied',
  'kms-key-not-found',
  'credentials-missing',
  'credentials-invalid',
  'credentials-expired',
  'credentials-mfa',
];

/**
 * The key itself, and of a multi-Region key its replicas in the regions that the connection names. The home region comes
 * first, unless it did not answer a moment ago; what did not comes last.
 */
export function replicasOf(home: KeyArn, connection: AwsConnection): readonly KeyArn[] {
  if (!isMultiRegion(home)) return [home];
  const all = [...new Set([home.region, ...(connection.settings.replicaRegions ?? [])])];
  const regions = [
    ...all.filter((region) => !connection.isSilent(region)),
    ...all.filter((region) => connection.isSilent(region)),
  ];
  return regions.map((region) => replicaArn(home, region));
}

/** With others to ask, nobody waits long for this one. */
export const patience = (options: CallOptions | undefined, isLast: boolean): CallOptions =>
  isLast ? { ...options } : { ...options, impatient: true };

/** Tries each in turn while it fails in one of the ways `passing`; if all do, the user hears what the first said. */
export async function firstToAnswer<C, T>(
  candidates: readonly C[],
  passing: readonly ErrorCode[],
  ask: (candidate: C, isLast: boolean) => Promise<T>,
): Promise<T> {
  let first: EnvelopeError | undefined;
  for (const [index, candidate] of candidates.entries()) {
    try {
      return await ask(candidate, index === candidates.length - 1);
    } catch (error) {
      if (!isEnvelopeError(error, ...passing)) throw error;
      first ??= error;
    }
  }
  throw first ?? new Error('nobody to ask');
}
