/** @file Whom to ask about a key: the connections of its partition in turn, and the replicas of a multi-Region key. */
import { isEnvelopeError, type EnvelopeError, type ErrorCode } from '../../../shared/errors.ts';
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

/** The key itself, and of a multi-Region key its replicas in the regions that the connection names. */
export function replicasOf(home: KeyArn, { settings }: AwsConnection): readonly KeyArn[] {
  if (!isMultiRegion(home)) return [home];
  const regions = new Set([home.region, ...(settings.replicaRegions ?? [])]);
  return [...regions].map((region) => replicaArn(home, region));
}

/** Tries each in turn while it fails in one of the ways `passing`; if all do, the user hears what the first said. */
export async function firstToAnswer<C, T>(
  candidates: readonly C[],
  passing: readonly ErrorCode[],
  ask: (candidate: C) => Promise<T>,
): Promise<T> {
  let first: EnvelopeError | undefined;
  for (const candidate of candidates) {
    try {
      return await ask(candidate);
    } catch (error) {
      if (!isEnvelopeError(error, ...passing)) throw error;
      first ??= error;
    }
  }
  throw first ?? new Error('nobody to ask');
}
