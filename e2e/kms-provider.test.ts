/** @file The aws-kms provider against the stand-in: FORMAT.md section 4, to the call. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ErrorCode } from '../shared/errors.ts';
import { createKey } from '../electron/keys/aws/admin.ts';
import { type AwsConnection } from '../electron/keys/aws/connection.ts';
import { AwsKmsProvider } from '../electron/keys/aws/provider.ts';
import { DataKey } from '../electron/keys/data-key.ts';
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

describe('generate', () => {
  it.each([
    ['alias', 'alias/files'],
    ['alias ARN', `arn:aws:kms:${HOME}:111122223333:alias/files`],
    ['id', () => arnOf(key).id],
    ['ARN', () => key],
  ])('takes the %s and stores the ARN', async (_, name) => {
    const { entry, requestId } = await provider.generate(typeof name === 'string' ? name : name(), context);
    expect(entry.key).toBe(key);
    expect(requestId).toMatch(/./);
    expect(kms.calls).toMatchObject([{ action: 'GenerateDataKey', context, region: HOME }]);
  });

  it('makes the data key here and encrypts it where the key store cannot generate', async () => {
    const custom = newKey(kms, { origin: 'AWS_CLOUDHSM' }).arn;
    const { entry, bytes } = await sealed(provider, custom);
    expect(kms.actions).toEqual(['GenerateDataKey', 'Encrypt']);
    expect(await opened(provider, entry)).toEqual(bytes);
  });

  it('does not go around a policy that forbids it', async () => {
    kms.faults.add({ kind: 'denied', action: 'GenerateDataKey' });
    await expect(provider.generate(key, context)).rejects.toEqual(coded('kms-access-denied', { key }));
    expect(kms.actions).not.toContain('Encrypt');
  });

  it.each(['foreign-key', 'short-key'] as const)('refuses an answer with a %s', async (kind) => {
    kms.faults.add({ kind });
    await expect(provider.generate(key, context)).rejects.toEqual(coded('kms-answer-wrong'));
  });

  it('asks an ARN in its own region, whatever the connection says', async () => {
    const west = kms.keys.replicate(newKey(kms, { multiRegion: true }), 'eu-west-1').arn;
    expect((await provider.generate(west, context)).entry.key).toBe(west);
    expect(kms.calls).toMatchObject([{ region: 'eu-west-1' }]);
  });

  it.each<[ErrorCode, () => string]>([
    ['kms-key-usage', () => newKey(kms, { usage: 'SIGN_VERIFY', spec: 'RSA_2048' }).arn],
    ['kms-key-not-found', () => 'alias/nobody'],
    ['kms-request-invalid', () => 'not a key'],
    ['credentials-missing', () => 'arn:aws-cn:kms:cn-north-1:111122223333:key/k'],
  ])('fails with %s', async (code, name) => {
    await expect(provider.generate(name(), context)).rejects.toEqual(coded(code));
  });
});

describe('wrap', () => {
  it('encrypts a data key that is already there', async () => {
    using dataKey = DataKey.generate();
    const { entry } = await provider.wrap('alias/files', dataKey, context);
    expect(kms.calls).toMatchObject([{ action: 'Encrypt', context }]);
    expect(entry.key).toBe(key);
    expect(await opened(provider, entry)).toEqual(Buffer.from(dataKey.bytes));
  });

  it('refuses an answer about another key', async () => {
    using dataKey = DataKey.generate();
    kms.faults.add({ kind: 'foreign-key' });
    await expect(provider.wrap(key, dataKey, context)).rejects.toEqual(coded('kms-answer-wrong'));
  });
});

describe('unwrap', () => {
  it('names the stored ARN and the whole context', async () => {
    const { entry, bytes } = await sealed(provider, key);
    kms.calls.length = 0;
    expect(await opened(provider, entry)).toEqual(bytes);
    expect(kms.calls).toMatchObject([{ action: 'Decrypt', key, context }]);
  });

  it('fails by code with another context, a damaged blob, the wrong key', async () => {
    const { entry } = await sealed(provider, key);
    const other = { ...context, project: 'Apollo' };
    await expect(provider.unwrap(entry, other)).rejects.toEqual(coded('kms-ciphertext-invalid', { key }));
    const damaged = Uint8Array.from(entry.wrapped);
    damaged[damaged.length - 1] = (damaged.at(-1) ?? 0) ^ 1;
    const damagedEntry = { ...entry, wrapped: damaged };
    await expect(provider.unwrap(damagedEntry, context)).rejects.toEqual(coded('kms-ciphertext-invalid'));
    const wrong = { ...entry, key: newKey(kms).arn };
    await expect(provider.unwrap(wrong, context)).rejects.toEqual(coded('kms-key-incorrect'));
    await expect(provider.unwrap({ ...entry, key: 'alias/files' }, context)).rejects.toEqual(
      coded('key-damaged'),
    );
  });

  it.each(['foreign-key', 'short-key'] as const)('refuses an answer with a %s', async (kind) => {
    const { entry } = await sealed(provider, key);
    kms.faults.add({ kind });
    await expect(provider.unwrap(entry, context)).rejects.toEqual(coded('kms-answer-wrong'));
  });

  it('is not mine in a partition that no connection reaches, and asks nobody', async () => {
    const entry = {
      ...(await sealed(provider, key)).entry,
      key: 'arn:aws-us-gov:kms:us-gov-west-1:111122223333:key/k',
    };
    kms.calls.length = 0;
    expect(await provider.unwrap(entry, context)).toBeUndefined();
    expect(await new AwsKmsProvider([]).unwrap(entry, context)).toBeUndefined();
    expect(kms.calls).toEqual([]);
  });

  it('goes to the connection that keeps the key, and only there', async () => {
    const { entry, bytes } = await sealed(provider, key);
    const other = connectTo(kms.endpoint, {
      name: 'other',
      credentials: { kind: 'keys', accessKeyId: 'AKIAOTHER' },
    });
    const both = new AwsKmsProvider([connection, other], () => 'other');
    kms.calls.length = 0;
    expect(await opened(both, entry)).toEqual(bytes);
    expect(kms.calls.map(({ accessKeyId }) => accessKeyId)).toEqual(['AKIAOTHER']);
  });

  it('tries the next connection where one is refused, and reports the first refusal', async () => {
    const { entry, bytes } = await sealed(provider, key);
    const other = connectTo(kms.endpoint, {
      name: 'other',
      credentials: { kind: 'keys', accessKeyId: 'AKIAOTHER' },
    });
    const both = new AwsKmsProvider([connection, other]);
    kms.faults.add({ kind: 'denied', times: 1 });
    expect(await opened(both, entry)).toEqual(bytes);
    kms.faults.add({ kind: 'denied', times: 1 });
    kms.faults.add({ kind: 'expired' });
    await expect(both.unwrap(entry, context)).rejects.toEqual(coded('kms-access-denied'));
  });
});
