import type { KmsConnection } from '../../shared/kms.ts';
import { AwsConnection, type Limits, type Prompts } from '../../electron/keys/aws/connection.ts';

export const SECRET = 'wJalrXUtnFEMI/K7MDENG/stand-in-SECRET';

/** Short enough that a test which waits for a limit is soon done. */
export const testLimits: Limits = {
  connectMs: 1_000,
  requestMs: 300,
  answerMs: 1_000,
  attempts: 2,
  callMs: 15_000,
  concurrency: 10,
  impatientMs: 2_000,
  silentMs: 60_000,
};

/** A connection to the emulator at `endpoint` with an access key, in eu-central-1, as fast as it can. */
export function connectTo(
  endpoint: string,
  settings: Partial<KmsConnection> = {},
  prompts: Prompts = {},
  limits: Partial<Limits> = {},
): AwsConnection {
  return new AwsConnection(
    {
      name: 'test',
      credentials: { kind: 'keys', accessKeyId: 'AKIATEST' },
      region: 'eu-central-1',
      endpoint,
      callsPerSecond: 1000,
      ...settings,
    },
    { secretKey: () => Promise.resolve({ secretAccessKey: SECRET }), ...prompts },
    { ...testLimits, ...limits },
  );
}
