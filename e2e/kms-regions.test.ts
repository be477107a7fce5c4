/** @file Replicas of multi-Region keys, and rewrapping inside the KMS (FORMAT.md section 4). */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createKey } from '../electron/keys/aws/admin.ts';
import { type AwsConnection } from '../electron/keys/aws/connection.ts';
import { replicaArn } from '../electron/keys/aws/key-arn.ts';
import { AwsKmsProvider } from '../electron/keys/aws/provider.ts';
import { connectTo } from './kms-stand-in/connect.ts';
import { arnOf, coded, context, HOME, newKey, opened, sealed } from './kms-stand-in/fixture.ts';
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

describe('multi-Region keys', () => {
  it('open through a replica when the home region does not answer', async () => {
    const home = newKey(kms, { multiRegion: true });
    kms.keys.replicate(home, 'eu-west-1');
    const { entry, bytes } = await sealed(provider, home.arn);
    using abroad = connectTo(
      kms.endpoint,
      { replicaRegions: ['eu-north-1', 'eu-west-1'] },
      {},
      { attempts: 1 },
    );
    kms.faults.add({ kind: 'reset', region: HOME });
    kms.calls.length = 0;
    expect(await opened(new AwsKmsProvider([abroad]), entry)).toEqual(bytes);
    expect(kms.calls.map((call) => [call.region, call.key])).toEqual([
      [HOME, home.arn],
      ['eu-north-1', replicaArn(arnOf(home.arn), 'eu-north-1').arn],
      ['eu-west-1', replicaArn(arnOf(home.arn), 'eu-west-1').arn],
    ]);
  });

  it('do not wait long for a home region that is silent, and not for each envelope', async () => {
    const home = newKey(kms, { multiRegion: true });
    kms.keys.replicate(home, 'eu-west-1');
    const { entry, bytes } = await sealed(provider, home.arn);
    const limits = { requestMs: 60_000, attempts: 5, impatientMs: 500, silentMs: 1_500 };
    using abroad = connectTo(kms.endpoint, { replicaRegions: ['eu-west-1'] }, {}, limits);
    const by = new AwsKmsProvider([abroad]);
    const answers = kms.faults.add({ kind: 'delay', ms: 60_000, region: HOME });
    const started = performance.now();
    const all = await Promise.all(Array.from({ length: 30 }, async () => await opened(by, entry)));
    expect(all).toEqual(Array(30).fill(bytes));
    // As many as are asked at the same time find out; nobody else is kept waiting.
    expect(performance.now() - started).toBeLessThan(5_000);
    kms.calls.length = 0;
    expect(await opened(by, entry)).toEqual(bytes);
    expect(kms.calls.map(({ region }) => region)).toEqual(['eu-west-1']);
    answers();
    await sleep(1_600);
    kms.calls.length = 0;
    expect(await opened(by, entry)).toEqual(bytes);
    expect(kms.calls.map(({ region }) => region)).toEqual([HOME]);
  });

  it('are asked at home again as soon as home has answered anybody', async () => {
    const home = newKey(kms, { multiRegion: true });
    kms.keys.replicate(home, 'eu-west-1');
    const { entry } = await sealed(provider, home.arn);
    using abroad = connectTo(kms.endpoint, { replicaRegions: ['eu-west-1'] }, {}, { attempts: 1 });
    const by = new AwsKmsProvider([abroad]);
    const answers = kms.faults.add({ kind: 'reset', region: HOME });
    await opened(by, entry);
    expect(abroad.isSilent(HOME)).toBe(true);
    answers();
    await by.describe(home.arn);
    expect(abroad.isSilent(HOME)).toBe(false);
    kms.calls.length = 0;
    await opened(by, entry);
    expect(kms.calls.map(({ region }) => region)).toEqual([HOME]);
  });

  it('wait for the last region as long as for any', async () => {
    const home = newKey(kms, { multiRegion: true });
    kms.keys.replicate(home, 'eu-west-1');
    const { entry, bytes } = await sealed(provider, home.arn);
    const limits = { requestMs: 10_000, impatientMs: 300 };
    using abroad = connectTo(kms.endpoint, { replicaRegions: ['eu-west-1'] }, {}, limits);
    kms.faults.add({ kind: 'reset', region: HOME });
    kms.faults.add({ kind: 'delay', ms: 1_000, region: 'eu-west-1' });
    expect(await opened(new AwsKmsProvider([abroad]), entry)).toEqual(bytes);
  });

  it('do not take a person who types a code for a silent region', async () => {
    using mfa = connectTo(
      kms.endpoint,
      {
        replicaRegions: ['eu-west-1'],
        credentials: {
          kind: 'role',
          roleArn: 'arn:aws:iam::111122223333:role/r',
          mfaSerial: 'device',
          sourceProfile: 'none',
        },
      },
      { mfaCode: async () => await sleep(600, '111111') },
      { impatientMs: 200 },
    );
    const { entry } = await sealed(provider, newKey(kms, { multiRegion: true }).arn);
    // The source profile does not exist: what is said is that, and not that a region is silent.
    await expect(new AwsKmsProvider([mfa]).unwrap(entry, context)).rejects.toEqual(
      coded('credentials-missing'),
    );
    expect(mfa.isSilent(HOME)).toBe(false);
  });

  it('are not looked for elsewhere after a refusal, and other keys never are', async () => {
    using abroad = connectTo(kms.endpoint, { replicaRegions: ['eu-west-1'] }, {}, { attempts: 1 });
    const by = new AwsKmsProvider([abroad]);
    const multi = await sealed(provider, newKey(kms, { multiRegion: true }).arn);
    const single = await sealed(provider, key);
    kms.calls.length = 0;
    kms.faults.add({ kind: 'denied' });
    await expect(by.unwrap(multi.entry, context)).rejects.toEqual(coded('kms-access-denied'));
    kms.faults.clear();
    kms.faults.add({ kind: 'reset' });
    await expect(by.unwrap(single.entry, context)).rejects.toEqual(coded('kms-offline', { region: HOME }));
    expect(kms.calls.map(({ region }) => region)).toEqual([HOME, HOME]);
  });
});

describe('rewrap', () => {
  it('names both keys and both contexts, and never sees the data key', async () => {
    const { entry, bytes } = await sealed(provider, key);
    const to = newKey(kms).arn;
    kms.calls.length = 0;
    const rewrapped = await provider.rewrap(entry, context, to);
    expect(kms.calls).toMatchObject([{ action: 'ReEncrypt', sourceKey: key, key: to, context }]);
    expect(rewrapped?.entry.key).toBe(to);
    expect(await opened(provider, rewrapped?.entry ?? entry)).toEqual(bytes);
  });

  it.each(['foreign-key', 'foreign-source'] as const)('refuses an answer with a %s', async (kind) => {
    const { entry } = await sealed(provider, key);
    kms.faults.add({ kind });
    await expect(provider.rewrap(entry, context, key)).rejects.toEqual(coded('kms-answer-wrong'));
  });

  it('cannot cross regions, unless the old key has a replica there', async () => {
    const west = newKey(kms, { region: 'eu-west-1' }).arn;
    expect(await provider.rewrap((await sealed(provider, key)).entry, context, west)).toBeUndefined();
    const multi = newKey(kms, { multiRegion: true });
    kms.keys.replicate(multi, 'eu-west-1');
    const { entry, bytes } = await sealed(provider, multi.arn);
    const rewrapped = await provider.rewrap(entry, context, west);
    expect(rewrapped?.entry.key).toBe(west);
    expect(await opened(provider, rewrapped?.entry ?? entry)).toEqual(bytes);
  });

  it('cannot serve two connections at once', async () => {
    const other = connectTo(kms.endpoint, { name: 'other' });
    const to = newKey(kms).arn;
    const both = new AwsKmsProvider([connection, other], (name) => (name === to ? 'other' : 'test'));
    expect(await both.rewrap((await sealed(provider, key)).entry, context, to)).toBeUndefined();
  });
});
