import { isEnvelopeError } from '../../../shared/errors.ts';
import type { AwsConnection } from './connection.ts';

/**
 * The regions of the user's connections: what they say, replicas included, else AWS_REGION or the profile's. Nobody is
 * called; one that has no region has none here either.
 */
export async function ownRegions(connections: readonly AwsConnection[]): Promise<string[]> {
  const regions: string[] = [];
  for (const connection of connections) {
    regions.push(...(connection.settings.replicaRegions ?? []));
    try {
      regions.push(await connection.region());
    } catch (error) {
      if (!isEnvelopeError(error)) throw error;
    }
  }
  return [...new Set(regions)];
}
