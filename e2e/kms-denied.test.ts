/** @file What is denied is found by dry runs, and the policy allows just that: every combination, on the stand-in. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { AwsConnection } from '../electron/keys/aws/connection.ts';
import { explainDenied } from '../electron/keys/aws/denied.ts';
import { policiesFor } from '../shared/denial.ts';
import { connectTo } from './kms-stand-in/connect.ts';
import { ACCOUNT, HOME, newKey } from './kms-stand-in/fixture.ts';
import { startKms, type StandIn } from './kms-stand-in/start.ts';

let kms: StandIn;
let key: string;
let connection: AwsConnection;

beforeAll(async () => {
  kms = await startKms();
  key = newKey(kms).arn;
  kms.keys.addAlias({ account: ACCOUNT, region: HOME }, 'alias/team', key.split('/')[1]);
  connection = connectTo(kms.endpoint);
});
afterAll(async () => {
  connection[Symbol.dispose]();
  await kms.stop();
});
afterEach(() => {
  kms.faults.clear();
  kms.calls.length = 0;
});

const all = ['Decrypt', 'DescribeKey', 'GenerateDataKey'] as const;
const combinations = Array.from({ length: 8 }, (_, bits) =>
  all.filter((_action, at) => (bits >> at) % 2 === 1),
);

describe('sealing', () => {
  it.each(combinations.map((denied) => [denied.join(' and ') || 'nothing', denied] as const))(
    'with %s denied',
    async (_, denied) => {
      for (const action of denied) kms.faults.add({ kind: 'denied', action });
      const denial = await explainDenied(connection, { action: 'GenerateDataKey', key }, 'seal');
      expect(denial.denied).toEqual(denied);
      expect(denial).toMatchObject({
        caller: { account: ACCOUNT },
        key: { arn: key, account: ACCOUNT, region: HOME },
        crossAccount: false,
      });
      const policies = policiesFor(denial);
      if (denied.length === 0) {
        expect(policies).toBeUndefined();
        return;
      }
      const { Statement } = JSON.parse(policies?.caller ?? '') as {
        Statement: [{ Action: string | string[] }];
      };
      expect([Statement[0].Action].flat()).toEqual(denied.map((action) => `kms:${action}`));
      expect(Statement[0]).toMatchObject({ Effect: 'Allow', Resource: key });
      expect(
        kms.calls.every(
          ({ action, dryRun }) => dryRun || ['DescribeKey', 'GetCallerIdentity'].includes(action),
        ),
      ).toBe(true);
    },
  );
});

it('opening needs no GenerateDataKey, so none is asked for', async () => {
  kms.faults.add({ kind: 'denied', action: 'Decrypt' });
  const denial = await explainDenied(connection, { action: 'Decrypt', key }, 'open');
  expect(denial.denied).toEqual(['Decrypt']);
  expect(kms.actions).not.toContain('GenerateDataKey');
});

it('an alias becomes the key behind it, unless that may not be asked either', async () => {
  kms.faults.add({ kind: 'denied', action: 'GenerateDataKey' });
  const known = await explainDenied(connection, { action: 'GenerateDataKey', key: 'alias/team' }, 'seal');
  expect(known.key).toMatchObject({ arn: key });
  kms.faults.add({ kind: 'denied', action: 'DescribeKey' });
  const unknown = await explainDenied(connection, { action: 'GenerateDataKey', key: 'alias/team' }, 'seal');
  expect(unknown.key).toEqual({ name: 'alias/team', partition: 'aws', account: ACCOUNT, region: HOME });
  expect(policiesFor(unknown)?.caller).toContain('kms:ResourceAliases');
});

it('a key of another account takes its policy too', async () => {
  const foreign = key.replace(ACCOUNT, '999988887777');
  for (const action of all) kms.faults.add({ kind: 'denied', action });
  const denial = await explainDenied(connection, { action: 'Decrypt', key: foreign }, 'open');
  expect(denial).toMatchObject({
    crossAccount: true,
    key: { account: '999988887777' },
    denied: ['Decrypt', 'DescribeKey'],
  });
  expect(policiesFor(denial)?.key).toContain('"Principal"');
});

it('what is wrong in another way is no matter of permission', async () => {
  kms.faults.add({ kind: 'refuse', name: 'DisabledException', action: 'Decrypt' });
  expect((await explainDenied(connection, { action: 'Decrypt', key }, 'open')).denied).toEqual([]);
});

it('who asks is asked once a session, and not at all where STS is silent', async () => {
  connection.reset();
  await explainDenied(connection, { action: 'Decrypt', key }, 'open');
  await explainDenied(connection, { action: 'Decrypt', key }, 'open');
  expect(kms.actions.filter((action) => action === 'GetCallerIdentity')).toHaveLength(1);
  connection.reset();
  kms.faults.add({ kind: 'broken', action: 'GetCallerIdentity' });
  const denial = await explainDenied(connection, { action: 'Decrypt', key }, 'open');
  expect(denial.caller).toBeUndefined();
  expect(denial.crossAccount).toBe(false);
});

it('is cancelled with what asked for it', async () => {
  const asking = explainDenied(connection, { action: 'Decrypt', key }, 'open', {
    signal: AbortSignal.abort(),
  });
  await expect(asking).rejects.toMatchObject({ code: 'cancelled' });
});
