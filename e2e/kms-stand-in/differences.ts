/** @file Where moto is known to do something else than AWS (toolchain.md section 7). The stand-in does as AWS. */
import { isEnvelopeError, type ErrorCode } from '../../shared/errors.ts';
import type { WrappedKey } from '../../shared/envelope.ts';
import { createKey } from '../../electron/keys/aws/admin.ts';
import type { AwsConnection } from '../../electron/keys/aws/connection.ts';
import { AwsKmsProvider } from '../../electron/keys/aws/provider.ts';
import { connectTo } from './connect.ts';
import { arnOf, context, HOME, sealed } from './fixture.ts';

/** Two keys, a data key wrapped under the first, and the way there. */
export type Bench = {
  connection: AwsConnection;
  provider: AwsKmsProvider;
  key: string;
  other: string;
  entry: WrappedKey;
};

/** What a case ends in: a code, or success. */
export type Outcome = ErrorCode | 'succeeds';

/** A case of which moto is known to do something else than AWS; the stand-in does as AWS. */
export type Difference = {
  what: string;
  aws: Outcome;
  moto: Outcome;
  run: (bench: Bench) => Promise<unknown>;
};

export const differences: readonly Difference[] = [
  {
    what: 'GenerateDataKey with a disabled key',
    aws: 'kms-key-disabled',
    moto: 'succeeds',
    run: async (bench) => await bench.provider.generate(await disabled(bench), context),
  },
  {
    what: 'Decrypt with a key pending deletion',
    aws: 'kms-key-state',
    moto: 'succeeds',
    run: async (bench) => {
      const key = await freshKey(bench);
      const { entry } = await sealed(bench.provider, key);
      await schedule(bench, key);
      return await bench.provider.unwrap(entry, context);
    },
  },
  {
    what: 'Decrypt with another KeyId',
    aws: 'kms-key-incorrect',
    moto: 'kms-access-denied',
    run: async ({ provider, entry, other }) => await provider.unwrap({ ...entry, key: other }, context),
  },
  {
    what: 'Decrypt under a multi-Region key',
    aws: 'succeeds',
    moto: 'kms-access-denied',
    run: async ({ connection, provider }) => {
      const alias = 'alias/multi';
      const { entry } = await sealed(
        provider,
        await createKey(connection, { alias, description: '', multiRegion: true }),
      );
      return await provider.unwrap(entry, context);
    },
  },
  {
    what: 'a dry run of Decrypt without a blob',
    aws: 'succeeds',
    moto: 'kms-ciphertext-invalid',
    run: async ({ connection, key }) => {
      const asked = { KeyId: key, EncryptionContext: context, DryRun: true };
      const call = connection.call({ action: 'Decrypt', key, region: HOME }, (kms) =>
        kms.decrypt({ ...asked, DryRunModifiers: ['IGNORE_CIPHERTEXT'] }),
      );
      return await call.catch((error: unknown) => {
        if (!isEnvelopeError(error) || error.details.name !== 'DryRunOperationException') throw error;
        return true;
      });
    },
  },
];

/** moto answers 500 to DisableKey and ScheduleKeyDeletion by ARN. */
function idOf(key: string): string {
  return arnOf(key).id;
}

export async function freshKey({ connection }: Bench): Promise<string> {
  const answer = await connection.call({ action: 'CreateKey', region: HOME }, (kms) => kms.createKey({}));
  return answer.KeyMetadata?.Arn ?? '';
}

export async function disabled(bench: Bench): Promise<string> {
  const key = await freshKey(bench);
  await bench.connection.call({ action: 'DisableKey', region: HOME }, (kms) =>
    kms.disableKey({ KeyId: idOf(key) }),
  );
  return key;
}

export async function schedule({ connection }: Bench, key: string): Promise<void> {
  const call = { action: 'ScheduleKeyDeletion', region: HOME };
  await connection.call(call, (kms) => kms.scheduleKeyDeletion({ KeyId: idOf(key), PendingWindowInDays: 7 }));
}

export async function setUp(endpoint: string): Promise<Bench> {
  // moto needs a moment for its first answer.
  const connection = connectTo(endpoint, {}, {}, { requestMs: 30_000 });
  const provider = new AwsKmsProvider([connection]);
  const key = await createKey(connection, {
    alias: 'alias/files',
    description: 'x',
    multiRegion: false,
    rotationDays: 365,
  });
  const other = await createKey(connection, { alias: 'alias/other', description: 'y', multiRegion: false });
  const { entry } = await sealed(provider, key);
  return { connection, provider, key, other, entry };
}
