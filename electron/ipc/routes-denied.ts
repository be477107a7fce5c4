/** @file What AWS denies, and what would have to be allowed: by dry runs. */
import type { RefusedBy } from '../../shared/denial.ts';
import { EnvelopeError } from '../../shared/errors.ts';
import type { Services } from '../app/services.ts';
import type { AwsConnection } from '../keys/aws/connection.ts';
import { parseKeyArn } from '../keys/aws/key-arn.ts';
import type { WorkRoutes } from './services.ts';

async function connectionOf({ home }: Services, { connection }: RefusedBy): Promise<AwsConnection> {
  if (connection !== undefined) return await home.connections.named(connection);
  const [first] = await home.connections.all();
  if (first !== undefined) return first;
  throw new EnvelopeError('credentials-missing', 'no connection reaches this key');
}

export function deniedRoutes(services: Services): Pick<WorkRoutes, 'explainDenied'> {
  const { home } = services;
  return {
    explainDenied: async (refused, operation) => {
      const { key } = refused;
      // SECURITY: the key that opens was named by an envelope, and a dry run too tells its owner that somebody asks. The
      // keys that seal are the user's own choice.
      const isNamed = operation === 'open' && key !== undefined && parseKeyArn(key) !== undefined;
      if (isNamed) await home.keyring.checkAccount(key);
      const connection = await connectionOf(services, refused);
      const { explainDenied } = await import('../keys/aws/denied.ts');
      home.forgiveRefusals();
      return await home.prompts.need({ keys: [{ provider: 'aws-kms', key: key ?? '' }] }, async () => {
        return await explainDenied(connection, refused, operation);
      });
    },
  };
}
