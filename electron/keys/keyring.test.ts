import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Provider } from '../../shared/envelope.ts';
import { useRecoveryKey } from '../recovery/recovery-key.ts';
import { newIdentity } from './age-identity.ts';
import { arn, KeyringFixture } from './keyring-fixture.ts';

let fixture: KeyringFixture;
beforeEach(async () => {
  fixture = await KeyringFixture.create();
});
afterEach(async () => {
  await fixture.remove();
});

describe('Keyring.resolve and defaults', () => {
  it.each([
    'nobody',
    '',
    'local:AAAAAAAAAAAAAAAAAAAAAA',
    'age1',
    'age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq',
    'arn:aws:s3:::bucket',
    'alias/',
    '__proto__',
  ])('does not know %s', async (spec) => {
    await expect(fixture.keyring.resolve(spec)).rejects.toMatchObject({
      code: 'key-not-found',
      details: { key: spec },
    });
  });

  it('knows the recovery key by its own word, and repeats no secret', async () => {
    await expect(fixture.keyring.resolve('recovery')).rejects.toMatchObject({ code: 'key-not-found' });
    const { recipient, identity } = await newIdentity();
    await useRecoveryKey(fixture.settings, { recipient, made: '2026-01-01T00:00:00.000Z' });
    expect(await fixture.keyring.resolve('recovery')).toEqual({ provider: 'age', key: recipient });
    expect(await fixture.keyring.nameOf({ provider: 'age', key: recipient })).toBe('Recovery key');
    await expect(fixture.keyring.resolve(identity)).rejects.toMatchObject({
      details: { key: 'AGE-SECRET-KEY-1…' },
    });
    await fixture.localStore.create('recovery');
    expect(await fixture.keyring.resolve('recovery')).toMatchObject({ provider: 'local' });
  });

  it('knows every way to name a key', async () => {
    const work = await fixture.localStore.create('Work');
    const { recipient } = await newIdentity();
    await fixture.settings.update((old) => ({
      ...old,
      keyNames: { [recipient]: 'Paper', [arn('1')]: 'Team' },
    }));
    const cases: [spec: string, provider: Provider, key: string][] = [
      ['Work', 'local', work],
      [work, 'local', work],
      [recipient, 'age', recipient],
      ['Paper', 'age', recipient],
      ['Team', 'aws-kms', arn('1')],
      [arn('1'), 'aws-kms', arn('1')],
      ['alias/team', 'aws-kms', 'alias/team'],
      [
        'arn:aws:kms:eu-central-1:111122223333:alias/team',
        'aws-kms',
        'arn:aws:kms:eu-central-1:111122223333:alias/team',
      ],
      ['0f6c2a7e-6f0e-4a53-9a55-0d1c5b0b6a11', 'aws-kms', '0f6c2a7e-6f0e-4a53-9a55-0d1c5b0b6a11'],
      [`mrk-${'0'.repeat(32)}`, 'aws-kms', `mrk-${'0'.repeat(32)}`],
    ];
    for (const [spec, provider, key] of cases)
      expect(await fixture.keyring.resolve(spec)).toEqual({ provider, key });
    const local = await fixture.keyring.resolve('local');
    expect(local.key).toBe(await fixture.localStore.ensureDefault());
    expect(fixture.awsLoads).toBe(0);
  });

  it('seals with the key of this computer unless the settings say otherwise', async () => {
    expect(await fixture.keyring.defaults()).toEqual([
      { provider: 'local', key: await fixture.localStore.ensureDefault() },
    ]);
    await fixture.settings.update((old) => ({ ...old, defaultKeys: [arn('1'), 'local'] }));
    expect((await fixture.keyring.defaults()).map(({ provider }) => provider)).toEqual(['aws-kms', 'local']);
    await fixture.settings.update((old) => ({ ...old, defaultKeys: ['gone'] }));
    await expect(fixture.keyring.defaults()).rejects.toMatchObject({ code: 'key-not-found' });
  });

  it('is not led in circles by the settings', async () => {
    await fixture.settings.update((old) => ({ ...old, keyNames: { a: 'b', b: 'a' } }));
    await expect(fixture.keyring.resolve('a')).rejects.toMatchObject({ code: 'key-not-found' });
  });

  it('tries again to load AWS if that failed', async () => {
    fixture.awsFailures = 1;
    await expect(fixture.keyring.provider('aws-kms')).rejects.toMatchObject({ code: 'settings-invalid' });
    expect(await fixture.keyring.provider('aws-kms')).toBe(fixture.kms);
  });

  it('describes a key under the name this computer has for it', async () => {
    await fixture.settings.update((old) => ({ ...old, keyNames: { age1x: 'Paper' } }));
    expect(await fixture.keyring.describe({ provider: 'age', key: 'age1x' })).toMatchObject({
      name: 'Paper',
    });
    expect(await fixture.keyring.describe({ provider: 'age', key: 'age1y' })).not.toHaveProperty('name');
    const [local] = await fixture.keyring.defaults();
    expect(await fixture.keyring.describe(local!)).toMatchObject({
      name: 'This computer',
      protection: 'file',
    });
  });
});
