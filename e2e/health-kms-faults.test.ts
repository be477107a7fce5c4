/** @file The health of envelopes under KMS keys when something happens half way, or nobody is there. */
import { describe, expect, it } from 'vitest';
import { EnvelopeError } from '../shared/errors.ts';
import { verify } from '../electron/envelope/verify.ts';
import type { KmsParts } from '../electron/health/kms-desk.ts';
import type { HealthParts } from '../electron/health/scan.ts';
import { overSession } from '../electron/jobs/sessions.ts';
import { connectTo } from './kms-stand-in/connect.ts';
import { HOME, newKey } from './kms-stand-in/fixture.ts';
import { useKmsHealth } from './health-fixture.ts';

const h = useKmsHealth();

describe('half way', () => {
  it('a key that is disabled is told as it is then', async () => {
    await h.pair('a', { labels: { first: 'yes' } });
    await h.pair('b', { labels: { first: 'no' } });
    // One call after another; once the first dry run was answered, somebody acts.
    let asked = 0;
    let last: Promise<unknown> = Promise.resolve();
    const need = async <T>(_: string, work: () => Promise<T>): Promise<T> => {
      const mine = last
        .catch(() => undefined)
        .then(async () => {
          const answer = await work();
          asked += 1;
          if (asked === 2) {
            h.key.state = 'PendingDeletion';
            h.key.deletion = new Date('2026-12-03T16:20:00Z');
          }
          return answer;
        });
      last = mine;
      return await mine;
    };
    const { keys, summary } = await h.look({ need });
    expect(keys[h.key.arn]).toMatchObject({
      answers: { opens: 1, deleting: 1 },
      state: 'PendingDeletion',
      until: '2026-12-03T16:20:00.000Z',
    });
    expect(summary).toMatchObject({ opens: 1, problems: { closed: 1 } });
    expect(h.called.slice(0, 4)).toEqual([
      'DescribeKey',
      'Decrypt (dry run)',
      'Decrypt (dry run)',
      'DescribeKey',
    ]);
  });

  it('a session that ends is asked about once, and everything goes on', async () => {
    for (let n = 0; n < 6; n += 1) await h.pair(`${n}`, { labels: { n: `${n}` } });
    const expire = h.kms.faults.add({ kind: 'expired' });
    let questions = 0;
    let signedIn: Promise<boolean> | undefined;
    const signIn = async (): Promise<boolean> => {
      questions += 1;
      expire();
      return await Promise.resolve(true);
    };
    const again: KmsParts['again'] = () => async (error, tries) => {
      if (error.code !== 'credentials-expired' || tries > 3) return false;
      return await (signedIn ??= signIn());
    };
    const { summary } = await h.look({ again });
    expect(questions).toBe(1);
    expect(summary.opens).toBe(6);
  });

  it('a session that nobody renews leaves the files unsure, and those with a local key open', async () => {
    await h.pairs(3);
    await h.pair('both', { keys: [h.keyOf(h.key), h.engine.local] });
    h.kms.faults.add({ kind: 'expired' });
    const { states, keys } = await h.look();
    expect(states).toEqual({
      '0.envelope': 'unsure',
      '1.envelope': 'unsure',
      '2.envelope': 'unsure',
      'both.envelope': 'opens',
    });
    expect(keys[h.key.arn]).toMatchObject({
      answers: { unasked: 4 },
      error: { code: 'credentials-expired' },
      alone: 3,
    });
  });

  it('a cancel ends the waiting for a KMS that does not answer', async () => {
    await h.pairs(2);
    const release = h.kms.faults.hold('DescribeKey');
    const abort = new AbortController();
    setTimeout(() => {
      abort.abort();
    }, 100);
    const { summary } = await h.look({}, { signal: abort.signal });
    expect(summary).toMatchObject({ cancelled: true, opens: 0 });
    release();
  });
});

describe('half way, while every byte is checked', () => {
  const deep: HealthParts['verify'] = async (file, run) => {
    const { size, requestIds } = await verify(h.engine, file, run);
    return { size, calls: requestIds.length };
  };

  it('a key that is disabled is told as that, of the files it does not open any more', async () => {
    await h.pairs(6);
    // The dry run, which is of all, and two real calls.
    h.kms.faults.at('Decrypt', 4, () => {
      h.key.state = 'Disabled';
    });
    const { keys, summary } = await h.look({ verify: deep });
    expect(summary).toMatchObject({ opens: 2, verified: 2, problems: { closed: 4 } });
    expect(keys[h.key.arn]).toMatchObject({
      opens: 2,
      answers: { opens: 2, disabled: 4 },
      error: { code: 'kms-key-disabled' },
    });
  });

  it('a session that ends is asked about, and each file is checked', async () => {
    await h.pairs(6);
    let renewed = (): void => {};
    h.kms.faults.at('Decrypt', 4, () => {
      renewed = h.kms.faults.add({ kind: 'expired' });
    });
    let signedIn = 0;
    const again: KmsParts['again'] = () => async (error, tries) => {
      const isOver = overSession(error.toRecord()) !== undefined && tries === 1;
      if (isOver) signedIn += 1;
      if (isOver) renewed();
      return isOver;
    };
    const { summary } = await h.look({ verify: deep, again });
    expect(signedIn).toBeGreaterThan(0);
    expect(summary).toMatchObject({ opens: 6, verified: 6, problems: {} });
  });

  it('a session that nobody renews leaves the rest unsure, which is not the same as closed', async () => {
    await h.pairs(6);
    h.kms.faults.at('Decrypt', 4, () => {
      h.kms.faults.add({ kind: 'expired' });
    });
    const { keys, summary } = await h.look({ verify: deep });
    expect(summary).toMatchObject({ opens: 2, problems: { unsure: 4 } });
    expect(keys[h.key.arn]).toMatchObject({
      answers: { opens: 2, unasked: 4 },
      error: { code: 'credentials-expired' },
    });
  });
});

describe('without a network', () => {
  it('one silence is waited for in a region, and local keys answer', async () => {
    await h.pair('a', { keys: [h.keyOf(h.key), h.engine.local] });
    const keys = [newKey(h.kms), newKey(h.kms), newKey(h.kms)];
    for (const other of keys) await h.pair(other.id, { keys: [h.keyOf(other)] });
    h.kms.faults.add({ kind: 'reset' });
    const { summary, states } = await h.look();
    expect(states['a.envelope']).toBe('opens');
    expect(summary.problems).toEqual({ unsure: 3 });
    const unasked = summary.keys.find(({ key: one }) => one === keys[0]?.arn);
    expect(unasked).toMatchObject({ answers: { unasked: 1 }, error: { code: 'kms-offline' } });
    expect(h.called).toEqual(['DescribeKey']);
  });
});

describe('an account that is not approved', () => {
  it('is not called, whatever else is asked', async () => {
    await h.pairs(2);
    const checkAccount = async (key: string): Promise<void> => {
      const details = { key, account: 'aws:111122223333' };
      await Promise.reject(new EnvelopeError('account-unknown', 'not approved', details));
    };
    const { summary, keys } = await h.look({ checkAccount });
    expect(h.called).toEqual([]);
    expect(keys[h.key.arn]).toMatchObject({ answers: { account: 2 }, alone: 2, account: '111122223333' });
    expect(summary).toMatchObject({ problems: { unsure: 2 }, calls: {} });
  });
});

describe('a multi-Region key', () => {
  it('is asked through a replica when its home does not answer', async () => {
    h.key = newKey(h.kms, { multiRegion: true });
    h.kms.keys.replicate(h.key, 'eu-west-1');
    await h.pairs(2);
    using abroad = connectTo(h.kms.endpoint, { replicaRegions: ['eu-west-1'] }, {}, { attempts: 1 });
    h.kms.faults.add({ kind: 'reset', region: HOME });
    const { summary } = await h.look({ opening: async () => await Promise.resolve([abroad]) });
    expect(summary.opens).toBe(2);
    // Once the replica has answered it is asked first.
    expect(h.kms.calls.map(({ action, region }) => `${action} ${region}`)).toEqual([
      `DescribeKey ${HOME}`,
      'DescribeKey eu-west-1',
      'Decrypt eu-west-1',
      'ListAliases eu-west-1',
    ]);
  });
});

describe('several connections', () => {
  it('are asked in turn, and the one that knew the key is asked again', async () => {
    await h.pairs(2);
    using other = connectTo(h.kms.endpoint, {
      name: 'other',
      credentials: { kind: 'keys', accessKeyId: 'AKIAOTHER' },
    });
    h.kms.faults.add({ kind: 'denied', action: 'DescribeKey', times: 1 });
    const { summary } = await h.look({ opening: async () => await Promise.resolve([other, h.connection]) });
    expect(summary.opens).toBe(2);
    expect(h.kms.calls.map(({ action, accessKeyId }) => [action, accessKeyId])).toEqual([
      ['DescribeKey', 'AKIAOTHER'],
      ['DescribeKey', 'AKIATEST'],
      ['Decrypt', 'AKIATEST'],
      ['ListAliases', 'AKIATEST'],
    ]);
  });
});
