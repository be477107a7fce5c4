import { EnvelopeError } from '../../../shared/errors.ts';
import type { ErrorRecord } from '../../../shared/errors.ts';
import type { KmsTestStep } from '../../../shared/kms.ts';
import type { CallOptions } from '../provider.ts';
import { resolveKey, whoAmI } from './admin.ts';
import type { AwsConnection } from './connection.ts';
import { dryRun } from './dry-run.ts';
import { fromAws } from './errors.ts';

export type KmsTestResult =
  | { step: KmsTestStep; ok: true; /** ARN of the caller, or of the key. */ found?: string }
  | { step: KmsTestStep; ok: false; error: ErrorRecord };

/** Dry runs name no file. A key policy may ask for `envelope-id` to be there. */
const testContext = { 'envelope-id': '00000000-0000-4000-8000-000000000000' };

/**
 * Runs a connection's test in the order of experience.md and yields each step as it ends: without credentials, or without
 * the key, the steps that need them are not tried. Without `key` it ends after `identity`.
 * @throws EnvelopeError `cancelled` only
 */
export async function* testConnection(
  connection: AwsConnection,
  key?: string,
  options: CallOptions = {},
): AsyncGenerator<KmsTestResult, void> {
  const credentials = await run('credentials', async () => {
    await (await connection.clients()).checkCredentials();
  });
  yield credentials;
  if (!credentials.ok) return;
  // A closed network may have no way to STS; the KMS can work all the same.
  yield await run('identity', async () => (await whoAmI(connection, options)).arn);
  if (key === undefined) return;
  const found = await run('key', () => resolveKey(connection, key, options));
  yield found;
  if (!found.ok) return;
  const arn = found.found ?? key;
  yield await run(
    'generate',
    async () => void (await dryRun(connection, 'GenerateDataKey', arn, testContext, options)),
  );
  yield await run(
    'decrypt',
    async () => void (await dryRun(connection, 'Decrypt', arn, testContext, options)),
  );
}

async function run(step: KmsTestStep, work: () => Promise<string | void>): Promise<KmsTestResult> {
  try {
    const found = await work();
    return found === undefined ? { step, ok: true } : { step, ok: true, found };
  } catch (error) {
    const known = error instanceof EnvelopeError ? error : fromAws(error, { action: step });
    if (known.code === 'cancelled') throw known;
    return { step, ok: false, error: known.toRecord() };
  }
}
