/** @file Accounts, regions and partitions together, and what an administrator lays down. */
import { describe, expect, it } from 'vitest';
import { EnvelopeError } from '../../shared/errors.ts';
import { defaultSettings, type Settings } from '../../shared/settings.ts';
import type { Managed } from '../settings/managed.ts';
import { Accounts, type ApproveAccount, type Unfamiliar } from './accounts.ts';

const key = (region = 'eu-central-1', account = '111122223333', partition = 'aws'): string =>
  `arn:${partition}:kms:${region}:${account}:key/00000000-0000-4000-8000-000000000000`;

type Setup = { settings?: Partial<Settings>; ownRegions?: string[]; managed?: Omit<Managed, 'path'> };

function accountsOf({ settings = {}, ownRegions = [], managed }: Setup) {
  let now: Settings = { ...defaultSettings, ...settings };
  const asked: Unfamiliar[] = [];
  const accounts = new Accounts({
    settings: {
      load: () => Promise.resolve(now),
      update: (change) => Promise.resolve((now = change(now))),
    },
    ownRegions: () => Promise.resolve(ownRegions),
    managed: () => Promise.resolve(managed && { path: '/etc/envelope/policy.json', ...managed }),
  });
  const answering =
    (answer: boolean | 'once'): ApproveAccount =>
    (_, unfamiliar) => {
      asked.push(unfamiliar);
      return Promise.resolve(answer);
    };
  /** The code of the refusal, or undefined. */
  const check = async (arn: string, answer?: boolean | 'once') => {
    try {
      await accounts.check(arn, answer === undefined ? undefined : answering(answer));
      return undefined;
    } catch (error) {
      if (error instanceof EnvelopeError) return error.code;
      throw error;
    }
  };
  return { accounts, check, asked, saved: () => now.accounts };
}

describe('what is asked about', () => {
  it.each([
    ['another account', key('eu-central-1', '999988887777'), 'account'],
    ['another region of the same account', key('us-east-1'), 'region'],
    ['the same number in another partition', key('cn-north-1', '111122223333', 'aws-cn'), 'partition'],
    ['a partition that there is not', key('eu-central-1', '111122223333', 'aws-evil'), 'partition'],
  ])('%s', async (_, arn, unfamiliar) => {
    const mine = accountsOf({ settings: { accounts: ['aws:111122223333:eu-central-1'] } });
    expect(await mine.check(key())).toBeUndefined();
    expect(await mine.check(arn)).toBe('account-unknown');
    expect(await mine.check(arn, false)).toBe('account-unknown');
    expect(mine.asked).toEqual([unfamiliar]);
  });

  it('an account without a region stands for the regions of connections and chosen keys, and no others', async () => {
    const mine = accountsOf({
      settings: {
        accounts: ['aws:111122223333'],
        defaultKeys: [key('eu-west-1')],
        keyNames: { [key('eu-north-1')]: 'team', age1x: 'Anna' },
      },
      ownRegions: ['eu-central-1', 'us-west-2'],
    });
    for (const region of ['eu-west-1', 'eu-north-1', 'eu-central-1', 'us-west-2']) {
      expect(await mine.check(key(region))).toBeUndefined();
    }
    expect(await mine.check(key('us-east-1'))).toBe('account-unknown');
    expect(await mine.check(key('eu-west-1', '999988887777'))).toBe('account-unknown');
  });

  it('a region that was approved of one account is not one of another', async () => {
    const mine = accountsOf({
      settings: { accounts: ['aws:111122223333', 'aws:999988887777:us-east-1'] },
      ownRegions: ['eu-central-1'],
    });
    expect(await mine.check(key('us-east-1'))).toBe('account-unknown');
    expect(await mine.check(key('eu-central-1', '999988887777'))).toBe('account-unknown');
  });

  it('* is every region', async () => {
    const mine = accountsOf({ settings: { accounts: ['aws:111122223333:*'] } });
    expect(await mine.check(key('ap-south-1'))).toBeUndefined();
  });
});

describe('the answer', () => {
  it('only this time is not remembered; always is, for that account in that region', async () => {
    const mine = accountsOf({});
    expect(await mine.check(key(), 'once')).toBeUndefined();
    expect(mine.saved()).toEqual([]);
    expect(await mine.check(key())).toBe('account-unknown');
    expect(await mine.check(key(), true)).toBeUndefined();
    expect(mine.saved()).toEqual(['aws:111122223333:eu-central-1']);
    expect(await mine.check(key('us-east-1'))).toBe('account-unknown');
  });

  it('can be taken back: one region, or the account as a whole', async () => {
    const accounts = ['aws:111122223333', 'aws:111122223333:us-east-1', 'aws-cn:111122223333:cn-north-1'];
    const one = accountsOf({ settings: { accounts } });
    expect(await one.check(key('us-east-1'))).toBeUndefined();
    await one.accounts.forget('aws:111122223333:us-east-1');
    expect(await one.check(key('us-east-1'))).toBe('account-unknown');
    expect(one.saved()).toEqual(['aws:111122223333', 'aws-cn:111122223333:cn-north-1']);
    await one.accounts.forget('aws:111122223333');
    expect(one.saved()).toEqual(['aws-cn:111122223333:cn-north-1']);
  });
});

describe('an administrator', () => {
  const fixed = { trust: { accounts: ['aws:111122223333:eu-central-1'], ask: false }, keys: [] };

  it('who fixes the list lets nothing else be called, whatever the settings and the user say', async () => {
    const mine = accountsOf({ settings: { accounts: ['aws:999988887777:*'] }, managed: fixed });
    expect(await mine.check(key())).toBeUndefined();
    expect(await mine.check(key('eu-central-1', '999988887777'), true)).toBe('account-forbidden');
    expect(await mine.check(key('us-east-1'), true)).toBe('account-forbidden');
    await expect(mine.accounts.approve(key('us-east-1'))).rejects.toMatchObject({
      code: 'account-forbidden',
      details: { account: 'aws:111122223333', region: 'us-east-1', path: '/etc/envelope/policy.json' },
    });
    expect(mine.asked).toEqual([]);
    expect(mine.saved()).toEqual(['aws:999988887777:*']);
  });

  it('is the gate of every connection as well, for keys and aliases', async () => {
    const { accounts } = accountsOf({ managed: fixed });
    await accounts.checkManaged(key());
    await accounts.checkManaged('arn:aws:kms:eu-central-1:111122223333:alias/team');
    for (const arn of [key('us-east-1'), 'arn:aws:kms:us-east-1:111122223333:alias/team']) {
      await expect(accounts.checkManaged(arn)).rejects.toMatchObject({ code: 'account-forbidden' });
    }
  });

  it('who lets the user be asked only adds to the list', async () => {
    const mine = accountsOf({ managed: { ...fixed, trust: { ...fixed.trust, ask: true } } });
    expect(await mine.check(key())).toBeUndefined();
    expect(await mine.check(key('us-east-1'), true)).toBeUndefined();
    expect(mine.saved()).toEqual(['aws:111122223333:us-east-1']);
  });

  it('whose file cannot be believed stops every call', async () => {
    const invalid = new EnvelopeError('managed-invalid', 'x', { problem: 'owner' });
    const accounts = new Accounts({
      settings: {
        load: () => Promise.resolve({ ...defaultSettings, accounts: ['aws:111122223333:*'] }),
        update: () => Promise.reject(new Error('nothing is to be written')),
      },
      managed: () => Promise.reject(invalid),
    });
    await expect(accounts.check(key(), () => Promise.resolve(true))).rejects.toBe(invalid);
    await expect(accounts.approve(key())).rejects.toBe(invalid);
    await expect(accounts.checkManaged(key())).rejects.toBe(invalid);
  });
});
