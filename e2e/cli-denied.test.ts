/** @file A refusal of AWS on the command line: what is denied, who asks, and the smallest policy that allows it. */
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { newKey } from './kms-stand-in/fixture.ts';
import { startKms, type StandIn } from './kms-stand-in/start.ts';
import { Place } from './run-cli.ts';

let kms: StandIn;
let key: string;
let place: Place;
let env: Record<string, string>;

beforeAll(async () => {
  kms = await startKms();
  key = newKey(kms).arn;
  place = new Place();
  const region = 'eu-central-1';
  env = { AWS_ACCESS_KEY_ID: 'AKIATEST', AWS_SECRET_ACCESS_KEY: 'secret', AWS_REGION: region };
  writeFileSync(place.at('a.txt'), 'a');
  await place.json(['seal', 'a.txt', '--key', key, '--endpoint', kms.endpoint], { env });
});
afterAll(async () => {
  place[Symbol.dispose]();
  await kms.stop();
});
beforeEach(() => {
  kms.faults.clear();
});

/** The policies that were printed. */
const policies = (text: string): unknown[] =>
  [...text.matchAll(/^ +\{\n[^]*?^ {4}\}$/gm)].map(([policy]) => JSON.parse(policy) as unknown);

const allowing = (...actions: string[]) => ({
  Version: '2012-10-17',
  Statement: [
    { Sid: 'Envelope', Effect: 'Allow', Action: actions.length === 1 ? actions[0] : actions, Resource: key },
  ],
});

it('keys aws test says what is denied, and the policy is JSON', async () => {
  kms.faults.add({ kind: 'denied', action: 'GenerateDataKey' });
  const { code, err } = await place.run(['keys', 'aws', 'test', key, '--endpoint', kms.endpoint], { env });
  expect(code).toBe(3);
  expect(err).toContain('Who asks: arn:aws:iam::111122223333:user/AKIATEST');
  expect(err).toContain('Whose key it is: account 111122223333, in eu-central-1');
  expect(policies(err)).toEqual([allowing('kms:GenerateDataKey')]);
});

it('the very first seal says it, though no account was approved yet', async () => {
  kms.faults.add({ kind: 'denied', action: 'GenerateDataKey' });
  const args = ['seal', 'a.txt', '--to', 'out', '--key', key, '--endpoint', kms.endpoint];
  const { err } = await place.run(args, { env }, 'fresh');
  expect(policies(err)).toEqual([allowing('kms:GenerateDataKey')]);
});

it('a seal and an open that were refused say it too', async () => {
  kms.faults.add({ kind: 'denied' });
  const sealed = await place.run(['seal', 'a.txt', '--to', 'out', '--key', key, '--endpoint', kms.endpoint], {
    env,
  });
  expect(policies(sealed.err)).toEqual([allowing('kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey')]);
  kms.faults.clear();
  kms.faults.add({ kind: 'denied', action: 'Decrypt' });
  const opened = await place.run(['open', 'a.txt.envelope', '--to', 'out', '--endpoint', kms.endpoint], {
    env,
  });
  expect(opened.code).toBe(3);
  expect(policies(opened.err)).toEqual([allowing('kms:Decrypt')]);
});

it('an original stays where its key may seal but not open, and it is said why', async () => {
  kms.faults.add({ kind: 'denied', action: 'Decrypt' });
  writeFileSync(place.at('kept.txt'), 'kept');
  const args = ['seal', 'kept.txt', '--trash-originals', '--key', key, '--endpoint', kms.endpoint];
  const { code, err } = await place.run(args, { env });
  expect(code).toBe(0);
  expect(err).toContain('the original was kept: whether the result opens could not be tried');
  expect(existsSync(place.at('kept.txt'))).toBe(true);
  expect(existsSync(place.at('kept.txt.envelope'))).toBe(true);
});

it('a KMS that lies about what it wrapped leaves the original and no pair', async () => {
  kms.faults.add({ kind: 'other-wrapped', action: 'GenerateDataKey' });
  writeFileSync(place.at('lied.txt'), 'lied');
  const args = ['seal', 'lied.txt', '--verify', '--key', key, '--endpoint', kms.endpoint];
  const { code, err } = await place.run(args, { env });
  expect(code).toBe(3);
  expect(err).toContain('an answer that cannot be right');
  expect(readdirSync(place.at('.')).filter((name) => name.includes('lied'))).toEqual(['lied.txt']);
});
