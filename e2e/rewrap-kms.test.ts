/** @file Rewrapping many under real clients of a KMS: what is asked of it, and faults half way. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeTestEngine, type TestEngine } from '../electron/envelope/engine.fixture.ts';
import type { AwsConnection } from '../electron/keys/aws/connection.ts';
import { AwsKmsProvider } from '../electron/keys/aws/provider.ts';
import type { KeyRef } from '../electron/keys/keyring.ts';
import { planRewrap } from '../electron/rewrap/plan.ts';
import { prove } from '../electron/rewrap/proof.ts';
import { choiceOf, headOf, runAgain, runNew, sealMany } from '../electron/rewrap/rewrap-many.fixture.ts';
import { connectTo } from './kms-stand-in/connect.ts';
import { newKey } from './kms-stand-in/fixture.ts';
import type { Key } from './kms-stand-in/keys.ts';
import { startKms, type StandIn } from './kms-stand-in/start.ts';

let kms: StandIn;
let connection: AwsConnection;
let engine: TestEngine;
let [from, to]: Key[] = [];
let records: string;

beforeEach(async () => {
  kms = await startKms();
  connection = connectTo(kms.endpoint);
  engine = await makeTestEngine({ aws: new AwsKmsProvider([connection]) });
  records = path.join(engine.folder, 'changes');
  [from, to] = [newKey(kms), newKey(kms)];
});
afterEach(async () => {
  await engine[Symbol.asyncDispose]();
  connection[Symbol.dispose]();
  await kms.stop();
});

const ref = (key: Key | undefined): KeyRef => ({ provider: 'aws-kms', key: key?.arn ?? '' });
const replace = () => choiceOf({ replace: [{ from: ref(from).key, to: ref(to) }] });
const count = (action: string): number => kms.calls.filter((call) => call.action === action).length;

describe('one KMS key for another', () => {
  it('goes by ReEncrypt alone, under a KMS that refuses every Decrypt and Encrypt', async () => {
    const { folder } = await sealMany(engine, 12, [ref(from)]);
    kms.calls.length = 0;
    kms.faults.add({ kind: 'denied', action: 'Decrypt' });
    kms.faults.add({ kind: 'denied', action: 'Encrypt' });
    const plan = await planRewrap(engine.keyring, [folder], replace());
    expect(plan).toMatchObject({
      changing: 12,
      inside: 12,
      calls: { ReEncrypt: 12, Encrypt: 0, Decrypt: 0 },
    });
    const ran = await runNew(engine, records, headOf([folder], replace()));
    expect(ran.result).toMatchObject({ changed: 12, failed: 0 });
    expect(new Set(kms.actions)).toEqual(new Set(['ReEncrypt']));
    expect(count('ReEncrypt')).toBe(12);
    expect(ran.results.every(({ verified }) => verified === false)).toBe(true);
    kms.faults.clear();
    // The new key opens: it is proved by adding a key, which takes the data key.
    const added = await runNew(engine, records, headOf([folder], choiceOf({ add: [engine.local] })));
    expect(added.result).toMatchObject({ changed: 12, failed: 0 });
  });

  it('a key disabled half way fails the rest by its code; enabled again, the rest is done', async () => {
    const { folder } = await sealMany(engine, 90, [ref(from)]);
    let done = 0;
    const ran = await runNew(engine, records, headOf([folder], replace()), {
      onEvent: (event) => {
        if (event.type === 'result' && ++done === 5 && to !== undefined) to.state = 'Disabled';
      },
    });
    expect(ran.result.changed).toBeGreaterThanOrEqual(5);
    expect(ran.result.failed).toBeGreaterThan(0);
    const codes = new Set(ran.results.flatMap(({ error }) => error?.code ?? []));
    expect(codes).toEqual(new Set(['kms-key-disabled']));
    if (to !== undefined) to.state = 'Enabled';
    const rest = await runAgain(engine, ran);
    expect(rest.result).toMatchObject({ changed: ran.result.failed, already: ran.result.changed, failed: 0 });
  });

  it('a session that ends half way waits for another, and nothing fails', async () => {
    const { folder } = await sealMany(engine, 20, [ref(from)]);
    const over = kms.faults.add({ kind: 'expired', action: 'ReEncrypt' });
    let asked = 0;
    const ran = await runNew(engine, records, headOf([folder], replace()), {
      again: async ({ code }) => {
        expect(code).toBe('credentials-expired');
        asked += 1;
        over();
        return await Promise.resolve(true);
      },
    });
    expect(asked).toBeGreaterThan(0);
    expect(ran.result).toMatchObject({ changed: 20, failed: 0 });
  });

  it('is proved by dry runs of the KMS, if that is wanted', async () => {
    const { folder } = await sealMany(engine, 4, [ref(from)]);
    await runNew(engine, records, headOf([folder], replace()));
    kms.calls.length = 0;
    const proof = await prove(engine.keyring, [folder], [ref(from).key], { askKms: true });
    expect(proof).toMatchObject({ named: { count: 0 }, opens: { count: 0 }, tried: { kms: 4 }, untried: 0 });
    expect(kms.calls.every(({ dryRun, action }) => dryRun && action === 'Decrypt')).toBe(true);
    const still = await prove(engine.keyring, [folder], [ref(to).key], { askKms: true });
    expect(still).toMatchObject({ named: { count: 4 }, opens: { count: 4 } });
  });
});

describe('the plan and the KMS', () => {
  it('agree on how often it is asked, where the data key is in hand', async () => {
    const { folder } = await sealMany(engine, 6, [ref(from)]);
    const choice = choiceOf({ add: [engine.local, ref(to)], remove: [ref(from).key] });
    const { calls } = await planRewrap(engine.keyring, [folder], choice);
    kms.calls.length = 0;
    const ran = await runNew(engine, records, headOf([folder], choice));
    expect(ran.result).toMatchObject({ changed: 6, failed: 0 });
    expect(calls).toEqual({
      ReEncrypt: 0,
      GenerateDataKey: 0,
      Encrypt: count('Encrypt'),
      Decrypt: count('Decrypt'),
    });
  });

  it('1,000 envelopes by ReEncrypt, as fast as disk and clients are', { timeout: 300_000 }, async () => {
    const { folder, envelopes } = await sealMany(engine, 1, [ref(from)]);
    const text = await readFile(envelopes[0] ?? '');
    for (let n = 1; n < 1000; n += 1) await writeFile(path.join(folder, `${n}.copy.envelope`), text);
    const started = performance.now();
    const ran = await runNew(engine, records, headOf([folder], replace()));
    const seconds = (performance.now() - started) / 1000;
    console.log(`1,000 envelopes by ReEncrypt in ${seconds.toFixed(1)} s`);
    expect(ran.result).toMatchObject({ changed: 1000, failed: 0 });
  });
});
