/** @file A KMS in trouble while many files are sealed at once, as many calls at a time as the program makes. */
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  freshFolder,
  makeTestEngine,
  sealRequest,
  type TestEngine,
} from '../electron/envelope/engine.fixture.ts';
import { open } from '../electron/envelope/open.ts';
import { readEnvelopeFile } from '../electron/envelope/read.ts';
import { seal } from '../electron/envelope/seal.ts';
import { type AwsConnection, defaultLimits } from '../electron/keys/aws/connection.ts';
import { AwsKmsProvider } from '../electron/keys/aws/provider.ts';
import { isEnvelopeError } from '../shared/errors.ts';
import { connectTo, testLimits } from './kms-stand-in/connect.ts';
import { newKey } from './kms-stand-in/fixture.ts';
import { startKms, type StandIn } from './kms-stand-in/start.ts';

const COUNT = 64;
const CALL_MS = 3_000;

let kms: StandIn;
let connection: AwsConnection;
let engine: TestEngine;
let key: string;

beforeEach(async () => {
  kms = await startKms();
  const { concurrency } = defaultLimits;
  connection = connectTo(kms.endpoint, {}, {}, { concurrency, callMs: CALL_MS });
  engine = await makeTestEngine({ aws: new AwsKmsProvider([connection]) });
  key = newKey(kms).arn;
});
afterEach(async () => {
  await engine[Symbol.asyncDispose]();
  connection[Symbol.dispose]();
  await kms.stop();
});

const textOf = (n: number): string => `paper ${n}`;

async function sealMany(folder: string): Promise<PromiseSettledResult<unknown>[]> {
  return await Promise.allSettled(
    Array.from({ length: COUNT }, async (_, n) => {
      const file = path.join(folder, `${n}.txt`);
      await writeFile(file, textOf(n));
      const keys = [{ provider: 'aws-kms', key }] as const;
      return await seal(engine, sealRequest(engine, file, { keys, binOriginal: true }));
    }),
  );
}

/** Every file is sealed whole and opens, or is as it was, with nothing beside it. */
async function expectWhole(folder: string, results: readonly PromiseSettledResult<unknown>[]): Promise<void> {
  const back = path.join(await freshFolder(engine), 'back');
  await mkdir(back);
  const expected: string[] = [];
  for (const [n, { status }] of results.entries()) {
    const name = `${n}.txt`;
    if (status === 'rejected') {
      expect(readFileSync(path.join(folder, name), 'utf8')).toBe(textOf(n));
      expected.push(name);
      continue;
    }
    const file = await readEnvelopeFile(path.join(folder, `${name}.envelope`));
    await open(engine, file, { folder: back, collision: 'keep-both' });
    expect(readFileSync(path.join(back, name), 'utf8')).toBe(textOf(n));
    expected.push(`${name}.enc`, `${name}.envelope`);
  }
  expect(readdirSync(folder).sort()).toEqual(expected.sort());
}

describe('64 files under a KMS in trouble', () => {
  it('that passes: each is sealed and opens, or is as it was', { timeout: 120_000 }, async () => {
    for (const kind of ['throttle', 'broken', 'reset', 'half', 'stall'] as const)
      kms.faults.add({ kind, action: 'GenerateDataKey', times: 12 });
    const folder = await freshFolder(engine);
    const results = await sealMany(folder);
    kms.faults.clear();
    expect(results.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0);
    await expectWhole(folder, results);
  });

  it('that throttles for ever: all of them fail in time, by name', { timeout: 120_000 }, async () => {
    kms.faults.add({ kind: 'throttle', action: 'GenerateDataKey' });
    const folder = await freshFolder(engine);
    const started = performance.now();
    const results = await sealMany(folder);
    // Two turns of as many as are under way at once; left to the SDK it was more than three minutes.
    expect(performance.now() - started).toBeLessThan(2 * CALL_MS + 15_000);
    for (const result of results)
      expect(result).toMatchObject({ status: 'rejected', reason: { code: 'kms-unavailable' } });
    expect(kms.calls.length).toBeLessThanOrEqual(COUNT * testLimits.attempts);
    await expectWhole(folder, results);
  });

  it('that throttles for ever: the last of many do not wait for hours', { timeout: 120_000 }, async () => {
    connection[Symbol.dispose]();
    const limits = { concurrency: 4, callMs: 1_000, silentMs: 500 };
    connection = connectTo(kms.endpoint, {}, {}, limits);
    await engine[Symbol.asyncDispose]();
    engine = await makeTestEngine({ aws: new AwsKmsProvider([connection]) });
    const end = kms.faults.add({ kind: 'throttle', action: 'GenerateDataKey' });
    const folder = await freshFolder(engine);
    const results = await sealMany(folder);
    const stormy = results.filter((one) => one.status === 'rejected' && isStorm(one.reason));
    // Those under way when it broke, and a few trials; all others are told at once.
    expect(stormy.length).toBeGreaterThan(COUNT / 2);
    await expectWhole(folder, results);
    end();
    // The SDK itself goes slowly for a while after so much throttling.
    const file = path.join(folder, '0.txt');
    const request = sealRequest(engine, file, { keys: [{ provider: 'aws-kms', key }] });
    const again = async (): Promise<string | undefined> =>
      (await seal(engine, request).catch(() => undefined))?.envelope;
    await expect.poll(again, { timeout: 60_000, interval: limits.silentMs }).toBe(`${file}.envelope`);
  });
});

const isStorm = (error: unknown): boolean => isEnvelopeError(error) && error.details['storm'] === true;
