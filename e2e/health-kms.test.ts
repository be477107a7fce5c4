/** @file The health of envelopes under KMS keys: what is asked, how often, and what becomes of faults half way. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  freshFolder,
  makeTestEngine,
  sealRequest,
  type TestEngine,
} from '../electron/envelope/engine.fixture.ts';
import { replaceKeys } from '../electron/envelope/codec.ts';
import { readEnvelopeFile } from '../electron/envelope/read.ts';
import { seal } from '../electron/envelope/seal.ts';
import { look } from '../electron/health/health.fixture.ts';
import type { KmsParts } from '../electron/health/kms-desk.ts';
import type { HealthOptions, HealthParts } from '../electron/health/scan.ts';
import { verify } from '../electron/envelope/verify.ts';
import type { AwsConnection } from '../electron/keys/aws/connection.ts';
import { AwsKmsProvider } from '../electron/keys/aws/provider.ts';
import { connectTo } from './kms-stand-in/connect.ts';
import { HOME, newKey } from './kms-stand-in/fixture.ts';
import type { Key } from './kms-stand-in/keys.ts';
import { type StandIn, startKms } from './kms-stand-in/start.ts';

let kms: StandIn;
let connection: AwsConnection;
let engine: TestEngine;
let folder: string;
let key: Key;

beforeAll(async () => {
  kms = await startKms();
  connection = connectTo(kms.endpoint, {}, {}, { attempts: 1, requestMs: 10_000 });
  engine = await makeTestEngine({ aws: new AwsKmsProvider([connection]) });
});
afterAll(async () => {
  await engine[Symbol.asyncDispose]();
  connection[Symbol.dispose]();
  await kms.stop();
});
beforeEach(async () => {
  folder = await freshFolder(engine);
  key = newKey(kms);
});
afterEach(() => {
  kms.faults.clear();
});

const at = (name: string): string => path.join(folder, name);
const kmsKey = ({ arn }: Key): { provider: 'aws-kms'; key: string } => ({ provider: 'aws-kms', key: arn });

async function pair(name: string, more: object = {}): Promise<void> {
  await mkdir(path.dirname(at(name)), { recursive: true });
  await writeFile(at(name), name);
  await seal(engine, sealRequest(engine, at(name), { binOriginal: true, keys: [kmsKey(key)], ...more }));
}

async function pairs(count: number, more: object = {}): Promise<void> {
  for (let n = 0; n < count; n += 1) await pair(`${n}`, more);
}

async function health(more: Partial<KmsParts & HealthParts> = {}, options: Partial<HealthOptions> = {}) {
  kms.calls.length = 0;
  const { again, need, checkAccount, opening, ...parts } = more;
  return await look(
    {
      keyring: engine.keyring,
      local: { isOpen: () => true, describe: async () => await Promise.resolve(undefined) },
      unlock: false,
      kms: {
        opening: opening ?? (async () => await Promise.resolve([connection])),
        checkAccount: checkAccount ?? (async () => await Promise.resolve()),
        again,
        need,
      },
      nameOf: () => undefined,
      ...parts,
    },
    folder,
    options,
  );
}

const called = (): string[] =>
  kms.calls.map(({ action, dryRun }) => (dryRun ? `${action} (dry run)` : action));

describe('a key that opens', () => {
  it('is asked once how it is and once whether it opens, whatever the number of envelopes', async () => {
    await pairs(40);
    const { summary, keys } = await health();
    expect(called()).toEqual(['DescribeKey', 'Decrypt (dry run)', 'ListAliases']);
    expect(summary).toMatchObject({ envelopes: 40, opens: 40, alone: 40, problems: {} });
    expect(summary.calls).toEqual({ DescribeKey: 1, Decrypt: 1, ListAliases: 1 });
    expect(keys[key.arn]).toMatchObject({
      state: 'Enabled',
      opens: 40,
      region: HOME,
      account: '111122223333',
    });
  });

  it('is asked about its first wrapped key, in the context of that envelope', async () => {
    await pair('a', { labels: { project: 'apollo' } });
    await health();
    const { id } = (await readEnvelopeFile(at('a.envelope'))).envelope.header;
    expect(kms.calls[1]).toMatchObject({
      key: key.arn,
      dryRun: true,
      context: { project: 'apollo', 'envelope-id': id },
    });
  });

  it('is asked once for each set of labels, in whatever order they stand', async () => {
    await pair('a', { labels: { project: 'apollo', team: 'x' } });
    await pair('b', { labels: { team: 'x', project: 'apollo' } });
    await pair('c', { labels: { project: 'zeus' } });
    await pair('d');
    await health();
    expect(called().filter((call) => call === 'DescribeKey')).toHaveLength(1);
    expect(called().filter((call) => call === 'Decrypt (dry run)')).toHaveLength(3);
  });

  it('is not asked for every file where every file has labels of its own', async () => {
    for (let n = 0; n < 110; n += 1) await pair(`${n}`, { labels: { invoice: `${n}` } });
    const { summary, keys } = await health();
    expect(called().filter((call) => call === 'Decrypt (dry run)')).toHaveLength(100);
    expect(summary.opens).toBe(110);
    expect(keys[key.arn]).toMatchObject({ opens: 110, assumed: 10 });
  });

  it('gets the name that the KMS has for it, unless it has one here', async () => {
    kms.keys.addAlias({ account: '111122223333', region: HOME }, `alias/for-${key.id}`, key.id);
    await pair('a');
    expect((await health()).keys[key.arn]?.name).toBe(`alias/for-${key.id}`);
    expect((await health({ nameOf: () => 'mine' })).keys[key.arn]?.name).toBe('mine');
    expect(called()).toEqual(['DescribeKey', 'Decrypt (dry run)']);
  });
});

describe('a key that does not open', () => {
  it.each([
    ['Disabled', 'disabled', 'kms-key-disabled'],
    ['PendingDeletion', 'deleting', 'kms-key-state'],
  ] as const)('in the state %s is not asked whether it does', async (state, answer, code) => {
    await pairs(3);
    key.state = state;
    if (state === 'PendingDeletion') key.deletion = new Date('2026-12-03T16:20:00Z');
    const { summary, keys } = await health();
    expect(called()).toEqual(['DescribeKey', 'ListAliases']);
    expect(summary).toMatchObject({ opens: 0, problems: { closed: 3 } });
    expect(keys[key.arn]).toMatchObject({ alone: 3, answers: { [answer]: 3 }, error: { code }, state });
    if (answer === 'deleting') expect(keys[key.arn]?.until).toBe('2026-12-03T16:20:00.000Z');
  });

  it('because it is not there, or not for us', async () => {
    await pairs(2);
    kms.faults.add({ kind: 'denied', action: 'Decrypt' });
    expect((await health()).keys[key.arn]).toMatchObject({ answers: { denied: 2 }, state: 'Enabled' });
    kms.faults.add({ kind: 'refuse', name: 'NotFoundException', action: 'DescribeKey' });
    const { keys } = await health();
    expect(keys[key.arn]).toMatchObject({ answers: { gone: 2 }, alone: 0 });
    expect(called()).toEqual(['DescribeKey']);
  });

  it('may still do so where it may not be described', async () => {
    await pairs(2);
    kms.faults.add({ kind: 'denied', action: 'DescribeKey' });
    expect((await health()).summary.opens).toBe(2);
    expect(called()).toEqual(['DescribeKey', 'Decrypt (dry run)']);
  });

  it('for one envelope whose wrapped key is damaged does for the others', async () => {
    await pairs(3);
    for (const name of ['0', '1', '2']) {
      const { bytes, envelope } = await readEnvelopeFile(at(`${name}.envelope`));
      const [entry] = envelope.keys;
      if (entry?.state !== 'known' || name !== '0') continue;
      const wrapped = entry.wrapped.map((byte, index) => (index > 60 ? byte ^ 1 : byte));
      const raw = JSON.stringify({
        provider: entry.provider,
        key: entry.key,
        wrapped: Buffer.from(wrapped).toString('base64url'),
      });
      await writeFile(at('0.envelope'), replaceKeys(bytes, [{ ...entry, wrapped, raw }]));
    }
    // One after another, so that the damaged one is the first.
    const first = await look(
      {
        keyring: engine.keyring,
        local: { isOpen: () => true, describe: async () => await Promise.resolve(undefined) },
        unlock: false,
        kms: {
          opening: async () => await Promise.resolve([connection]),
          checkAccount: async () => await Promise.resolve(),
        },
        nameOf: () => undefined,
      },
      { paths: ['0', '1', '2'].map((name) => at(`${name}.envelope`)) },
    );
    const answers = first.keys[key.arn]?.answers;
    expect(answers?.opens).toBe(2);
    expect(answers?.damaged ?? 0).toBe(1);
    expect(first.summary.calls['Decrypt']).toBeLessThanOrEqual(2);
  });
});

describe('half way', () => {
  it('a key that is disabled is told as it is then', async () => {
    await pair('a', { labels: { first: 'yes' } });
    await pair('b', { labels: { first: 'no' } });
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
            key.state = 'PendingDeletion';
            key.deletion = new Date('2026-12-03T16:20:00Z');
          }
          return answer;
        });
      last = mine;
      return await mine;
    };
    const { keys, summary } = await health({ need });
    expect(keys[key.arn]).toMatchObject({
      answers: { opens: 1, deleting: 1 },
      state: 'PendingDeletion',
      until: '2026-12-03T16:20:00.000Z',
    });
    expect(summary).toMatchObject({ opens: 1, problems: { closed: 1 } });
    expect(called().slice(0, 4)).toEqual([
      'DescribeKey',
      'Decrypt (dry run)',
      'Decrypt (dry run)',
      'DescribeKey',
    ]);
  });

  it('a session that ends is asked about once, and everything goes on', async () => {
    for (let n = 0; n < 6; n += 1) await pair(`${n}`, { labels: { n: `${n}` } });
    const expire = kms.faults.add({ kind: 'expired' });
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
    const { summary } = await health({ again });
    expect(questions).toBe(1);
    expect(summary.opens).toBe(6);
  });

  it('a session that nobody renews leaves the files unsure, and those with a local key open', async () => {
    await pairs(3);
    await pair('both', { keys: [kmsKey(key), engine.local] });
    kms.faults.add({ kind: 'expired' });
    const { states, keys } = await health();
    expect(states).toEqual({
      '0.envelope': 'unsure',
      '1.envelope': 'unsure',
      '2.envelope': 'unsure',
      'both.envelope': 'opens',
    });
    expect(keys[key.arn]).toMatchObject({
      answers: { unasked: 4 },
      error: { code: 'credentials-expired' },
      alone: 3,
    });
  });

  it('a cancel ends the waiting for a KMS that does not answer', async () => {
    await pairs(2);
    const release = kms.faults.hold('DescribeKey');
    const abort = new AbortController();
    setTimeout(() => {
      abort.abort();
    }, 100);
    const { summary } = await health({}, { signal: abort.signal });
    expect(summary).toMatchObject({ cancelled: true, opens: 0 });
    release();
  });
});

describe('without a network', () => {
  it('one silence is waited for in a region, and local keys answer', async () => {
    await pair('a', { keys: [kmsKey(key), engine.local] });
    const keys = [newKey(kms), newKey(kms), newKey(kms)];
    for (const other of keys) await pair(other.id, { keys: [kmsKey(other)] });
    kms.faults.add({ kind: 'reset' });
    const { summary, states } = await health();
    expect(states['a.envelope']).toBe('opens');
    expect(summary.problems).toEqual({ unsure: 3 });
    const unasked = summary.keys.find(({ key: one }) => one === keys[0]?.arn);
    expect(unasked).toMatchObject({ answers: { unasked: 1 }, error: { code: 'kms-offline' } });
    expect(called()).toEqual(['DescribeKey']);
  });
});

describe('an account that is not approved', () => {
  it('is not called, whatever else is asked', async () => {
    await pairs(2);
    const settings = await look(
      {
        keyring: engine.keyring,
        local: { isOpen: () => true, describe: async () => await Promise.resolve(undefined) },
        unlock: false,
        kms: {
          opening: async () => await Promise.resolve([connection]),
          checkAccount: async (arn) => {
            const { EnvelopeError } = await import('../shared/errors.ts');
            throw new EnvelopeError('account-unknown', 'not approved', {
              key: arn,
              account: 'aws:111122223333',
            });
          },
        },
        nameOf: () => undefined,
      },
      folder,
    );
    kms.calls.length = 0;
    expect(settings.keys[key.arn]).toMatchObject({
      answers: { account: 2 },
      alone: 2,
      account: '111122223333',
    });
    expect(settings.summary).toMatchObject({ problems: { unsure: 2 }, calls: {} });
    expect(kms.calls).toEqual([]);
  });
});

describe('a multi-Region key', () => {
  it('is asked through a replica when its home does not answer', async () => {
    key = newKey(kms, { multiRegion: true });
    kms.keys.replicate(key, 'eu-west-1');
    await pairs(2);
    using abroad = connectTo(kms.endpoint, { replicaRegions: ['eu-west-1'] }, {}, { attempts: 1 });
    kms.faults.add({ kind: 'reset', region: HOME });
    const { summary } = await health({ opening: async () => await Promise.resolve([abroad]) });
    expect(summary.opens).toBe(2);
    // Once the replica has answered it is asked first.
    expect(kms.calls.map(({ action, region }) => `${action} ${region}`)).toEqual([
      `DescribeKey ${HOME}`,
      'DescribeKey eu-west-1',
      'Decrypt eu-west-1',
      'ListAliases eu-west-1',
    ]);
  });
});

describe('several connections', () => {
  it('are asked in turn, and the one that knew the key is asked again', async () => {
    await pairs(2);
    using other = connectTo(kms.endpoint, {
      name: 'other',
      credentials: { kind: 'keys', accessKeyId: 'AKIAOTHER' },
    });
    kms.faults.add({ kind: 'denied', action: 'DescribeKey', times: 1 });
    const { summary } = await health({ opening: async () => await Promise.resolve([other, connection]) });
    expect(summary.opens).toBe(2);
    expect(kms.calls.map(({ action, accessKeyId }) => [action, accessKeyId])).toEqual([
      ['DescribeKey', 'AKIAOTHER'],
      ['DescribeKey', 'AKIATEST'],
      ['Decrypt', 'AKIATEST'],
      ['ListAliases', 'AKIATEST'],
    ]);
  });
});

describe('every byte', () => {
  it('takes one real call for each envelope, and none for what does not seem to open', async () => {
    await pairs(3);
    const deep: HealthParts['verify'] = async (file, run) => {
      const { size, requestIds } = await verify(engine, file, run);
      return { size, calls: requestIds.length };
    };
    const { summary } = await health({ verify: deep });
    expect(summary).toMatchObject({ verified: 3, calls: { DescribeKey: 1, Decrypt: 4 } });
    expect(called().filter((call) => call === 'Decrypt')).toHaveLength(3);
    key.state = 'Disabled';
    expect((await health({ verify: deep })).summary).toMatchObject({
      verified: 0,
      calls: { DescribeKey: 1 },
    });
    expect(called()).toEqual(['DescribeKey', 'ListAliases']);
  });
});
