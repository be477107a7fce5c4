/** @file Finding, making and testing KMS keys. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createKey, listAliases, resolveKey } from '../electron/keys/aws/admin.ts';
import { type AwsConnection } from '../electron/keys/aws/connection.ts';
import { dryRun } from '../electron/keys/aws/dry-run.ts';
import { AwsKmsProvider } from '../electron/keys/aws/provider.ts';
import { testConnection, type KmsTestResult } from '../electron/keys/aws/test-connection.ts';
import { connectTo } from './kms-stand-in/connect.ts';
import { coded, context, HOME, newKey } from './kms-stand-in/fixture.ts';
import { startKms, type StandIn } from './kms-stand-in/start.ts';

let kms: StandIn;
let connection: AwsConnection;
let provider: AwsKmsProvider;
let key: string;

beforeAll(async () => {
  kms = await startKms();
  connection = connectTo(kms.endpoint);
  provider = new AwsKmsProvider([connection]);
  key = await createKey(connection, { alias: 'alias/files', description: 'x', multiRegion: false });
});

afterAll(async () => {
  connection[Symbol.dispose]();
  await kms.stop();
});

beforeEach(() => {
  kms.faults.clear();
  kms.calls.length = 0;
});

describe('a key described', () => {
  it('says what people ask of a key', async () => {
    await expect(provider.describe('alias/files')).resolves.toEqual({
      provider: 'aws-kms',
      key,
      name: 'alias/files',
      canSeal: true,
      canOpen: true,
      state: 'Enabled',
      region: HOME,
      account: '111122223333',
      multiRegion: false,
      rotation: false,
    });
  });

  it('refuses an answer about another key', async () => {
    kms.faults.add({ kind: 'foreign-key' });
    await expect(provider.describe(key)).rejects.toEqual(coded('kms-answer-wrong'));
  });

  it('keeps quiet about rotation where it may not ask', async () => {
    kms.faults.add({ kind: 'denied', action: 'GetKeyRotationStatus' });
    const description = await provider.describe(key);
    expect(description).not.toHaveProperty('rotation');
  });

  it('tells a key on its way out', async () => {
    const going = newKey(kms);
    Object.assign(going, {
      state: 'PendingDeletion',
      deletion: new Date('2027-01-01T00:00:00.000Z'),
    });
    await expect(provider.describe(going.arn)).resolves.toMatchObject({
      canSeal: false,
      canOpen: false,
      state: 'PendingDeletion',
      deletion: '2027-01-01T00:00:00.000Z',
    });
  });
});

describe('dryRun', () => {
  it.each(['GenerateDataKey', 'Encrypt', 'Decrypt'] as const)(
    '%s: allowed, refused, and never done',
    async (action) => {
      await expect(dryRun(connection, action, key, context)).resolves.toBe(true);
      kms.faults.add({ kind: 'denied', action });
      await expect(dryRun(connection, action, key, context)).rejects.toEqual(
        coded('kms-access-denied', { action }),
      );
      expect(kms.calls.every((call) => call.dryRun)).toBe(true);
    },
  );
});

describe('createKey', () => {
  it('makes, names and rotates, and finds the key again by any name', async () => {
    const wanted = { alias: 'alias/new', description: 'for a test', multiRegion: true, rotationDays: 90 };
    const arn = await createKey(connection, wanted);
    expect(kms.actions).toEqual(['DescribeKey', 'CreateKey', 'CreateAlias', 'EnableKeyRotation']);
    expect(arn).toMatch(/:key\/mrk-[0-9a-f]{32}$/);
    await expect(resolveKey(connection, 'alias/new')).resolves.toBe(arn);
    await expect(provider.describe(arn)).resolves.toMatchObject({ multiRegion: true, rotation: true });
  });

  it.each([
    'alias/files',
    'alias/aws/mine',
    'files',
    'arn:aws:kms:eu-central-1:111122223333:alias/x',
    'alias/ä',
  ])('makes nothing for the alias %j', async (alias) => {
    const wanted = { alias, description: '', multiRegion: false };
    await expect(createKey(connection, wanted)).rejects.toEqual(coded('kms-request-invalid'));
    expect(kms.actions).not.toContain('CreateKey');
  });

  it('waits for a KMS that has not heard of its new key', async () => {
    kms.faults.add({ kind: 'refuse', name: 'NotFoundException', action: 'CreateAlias', times: 2 });
    await createKey(connection, { alias: 'alias/slow', description: '', multiRegion: false });
    expect(kms.actions.filter((action) => action === 'CreateAlias')).toHaveLength(3);
  });

  it('says which key it made when it could not name it', async () => {
    kms.faults.add({ kind: 'denied', action: 'CreateAlias' });
    const wanted = { alias: 'alias/unnamed', description: '', multiRegion: false };
    const created = expect.stringMatching(/^arn:aws:kms:eu-central-1:111122223333:key\//);
    await expect(createKey(connection, wanted)).rejects.toEqual(coded('kms-access-denied', { created }));
  });

  it.each(['reset', 'broken', 'throttle'] as const)('never asks twice for a key: %s', async (kind) => {
    kms.faults.add({ kind, action: 'CreateKey', times: 1 });
    const wanted = { alias: 'alias/once', description: '', multiRegion: false };
    await expect(createKey(connection, wanted)).rejects.toThrow(/CreateKey failed/);
    expect(kms.actions.filter((action) => action === 'CreateKey')).toHaveLength(1);
  });

  it('takes a full quota for an answer, not for a reason to wait', async () => {
    kms.faults.add({ kind: 'refuse', name: 'LimitExceededException', action: 'CreateAlias' });
    const wanted = { alias: 'alias/many', description: '', multiRegion: false };
    await expect(createKey(connection, wanted)).rejects.toEqual(coded('kms-quota'));
    expect(kms.actions.filter((action) => action === 'CreateAlias')).toHaveLength(1);
  });
});

describe('listAliases', () => {
  it("reads every page, without AWS's own and without aliases of no key", async () => {
    const { id, arn } = newKey(kms, { region: 'eu-west-1' });
    const west = { account: '111122223333', region: 'eu-west-1' };
    for (let i = 0; i < 230; i++) kms.keys.addAlias(west, `alias/n${String(i).padStart(3, '0')}`, id);
    kms.keys.addAlias(west, 'alias/aws/s3', id);
    kms.keys.addAlias(west, 'alias/empty', undefined);
    using there = connectTo(kms.endpoint, { region: 'eu-west-1' });
    const found = await listAliases(there);
    expect(kms.actions).toEqual(['ListAliases', 'ListAliases', 'ListAliases']);
    expect(found).toHaveLength(230);
    expect(found[0]).toEqual({ alias: 'alias/n000', arn });
  });
});

async function run(by: AwsConnection, name = 'alias/files'): Promise<KmsTestResult[]> {
  const steps: KmsTestResult[] = [];
  for await (const step of testConnection(by, name)) steps.push(step);
  return steps;
}

describe('testConnection', () => {
  it('goes through the steps in order', async () => {
    await expect(run(connection)).resolves.toEqual([
      { step: 'credentials', ok: true },
      { step: 'identity', ok: true, found: 'arn:aws:iam::111122223333:user/AKIATEST' },
      { step: 'key', ok: true, found: key },
      { step: 'generate', ok: true },
      { step: 'decrypt', ok: true },
    ]);
  });

  it('ends where there are no credentials', async () => {
    using without = connectTo(kms.endpoint, {}, { secretKey: undefined });
    await expect(run(without)).resolves.toMatchObject([
      { step: 'credentials', ok: false, error: { code: 'credentials-missing' } },
    ]);
    expect(kms.calls).toEqual([]);
  });

  it('goes on without STS, ends without a key, and tells the two permissions apart', async () => {
    kms.faults.add({ kind: 'denied', action: 'GetCallerIdentity' });
    kms.faults.add({ kind: 'denied', action: 'GenerateDataKey' });
    const steps = await run(connection);
    expect(steps.map(({ ok }) => ok)).toEqual([true, false, true, false, true]);
    await expect(run(connection, 'alias/nobody')).resolves.toMatchObject([
      { ok: true },
      { ok: false, error: { code: 'kms-access-denied' } },
      { step: 'key', ok: false, error: { code: 'kms-key-not-found' } },
    ]);
  });
});
