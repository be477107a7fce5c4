import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { KeyEntry } from '../../shared/envelope.ts';
import { accept, arn, failure, header, KeyringFixture, known } from './keyring-fixture.ts';

let fixture: KeyringFixture;
beforeEach(async () => {
  fixture = await KeyringFixture.create();
});
afterEach(async () => {
  await fixture.remove();
});

const attemptsOf = async (keys: KeyEntry[], ask?: () => Promise<boolean>): Promise<unknown> =>
  (await failure(fixture.keyring.unwrap({ header, keys }, { accept, approveAccount: ask }))).details[
    'attempts'
  ];

const context = { 'envelope-id': header.id };
describe('accounts of KMS keys', () => {
  const mine = known('aws-kms', arn('1'));
  const foreign = known('aws-kms', arn('2', '999988887777'));
  it.each([
    ['there is nobody to ask', undefined],
    ['the user says no', () => Promise.resolve(false)],
  ])('makes no call to an unknown account when %s', async (_, ask) => {
    expect(await attemptsOf([foreign], ask)).toMatchObject([
      {
        key: arn('2', '999988887777'),
        error: {
          code: 'account-unknown',
          details: {
            account: 'aws:999988887777',
            region: 'eu-central-1',
            partition: 'aws',
            unfamiliar: 'account',
          },
        },
      },
    ]);
    expect(fixture.kms.calls).toEqual([]);
    expect(fixture.awsLoads).toBe(0);
    expect((await fixture.settings.load()).accounts).toEqual([]);
  });

  it('asks once about an account, and keeps a yes', async () => {
    const asked: string[] = [];
    const approveAccount = async (asking: string): Promise<boolean> => {
      asked.push(asking);
      await new Promise(setImmediate);
      return true;
    };
    const open = () => fixture.keyring.unwrap({ header, keys: [mine] }, { accept, approveAccount });
    await Promise.all([open(), open(), open()]);
    await open();
    expect(asked).toEqual([arn('1')]);
    expect((await fixture.settings.load()).accounts).toEqual(['aws:111122223333:eu-central-1']);
  });

  it('one approved account approves no other, and no partition but its own', async () => {
    await fixture.keyring.approve(arn('1'));
    const china = known('aws-kms', arn('1').replace('arn:aws:', 'arn:aws-cn:'));
    await attemptsOf([foreign, china]);
    expect(fixture.kms.calls).toEqual([]);
    const opened = await fixture.keyring.unwrap({ header, keys: [foreign, mine] }, { accept });
    expect(opened.entry.key).toBe(arn('1'));
  });

  it('sees what another process approved meanwhile', async () => {
    await attemptsOf([mine]);
    await fixture.settings.update((old) => ({ ...old, accounts: ['aws:111122223333:*'] }));
    await expect(fixture.keyring.unwrap({ header, keys: [mine] }, { accept })).resolves.toMatchObject({
      entry: { key: arn('1') },
    });
  });

  it('sealing with a key approves its account, by the ARN that the KMS answered', async () => {
    fixture.kms.aliases.set('alias/team', arn('5', '555566667777'));
    const { dataKey } = await fixture.keyring.makeKey([{ provider: 'aws-kms', key: 'alias/team' }], context);
    dataKey.wipe();
    expect((await fixture.settings.load()).accounts).toEqual(['aws:555566667777:eu-central-1']);
  });

  it('a seal that fails approves nothing', async () => {
    fixture.age.refusals.set('age1x', 'key-not-found');
    const refs = [
      { provider: 'aws-kms', key: arn('1') } as const,
      { provider: 'age', key: 'age1x' } as const,
    ];
    await failure(fixture.keyring.makeKey(refs, context));
    expect((await fixture.settings.load()).accounts).toEqual([]);
  });
});
