/**
 * @file A KMS that says it wrapped a data key and wrapped another, or the same for something else. Before an original goes,
 * or a pair takes the place of another, the key is asked to unwrap: what does not open gets no name.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  freshFolder,
  freshPair,
  makeTestEngine,
  sealRequest,
  type TestEngine,
} from '../electron/envelope/engine.fixture.ts';
import { readEnvelopeFile } from '../electron/envelope/read.ts';
import { reseal } from '../electron/envelope/reseal.ts';
import { seal, type SealRequest } from '../electron/envelope/seal.ts';
import { verify } from '../electron/envelope/verify.ts';
import type { AwsConnection } from '../electron/keys/aws/connection.ts';
import { AwsKmsProvider } from '../electron/keys/aws/provider.ts';
import type { KeyRef } from '../electron/keys/keyring.ts';
import { connectTo } from './kms-stand-in/connect.ts';
import type { Fault } from './kms-stand-in/faults.ts';
import { newKey } from './kms-stand-in/fixture.ts';
import { startKms, type StandIn } from './kms-stand-in/start.ts';

let kms: StandIn;
let connection: AwsConnection;
let engine: TestEngine;
let keys: KeyRef[];
let folder: string;

beforeEach(async () => {
  kms = await startKms();
  connection = connectTo(kms.endpoint);
  engine = await makeTestEngine({ aws: new AwsKmsProvider([connection]) });
  keys = [newKey(kms), newKey(kms)].map(({ arn }) => ({ provider: 'aws-kms', key: arn }));
  folder = await freshFolder(engine);
  await writeFile(path.join(folder, 'new.txt'), 'new');
});
afterEach(async () => {
  await engine[Symbol.asyncDispose]();
  connection[Symbol.dispose]();
  await kms.stop();
});

const sealNew = async (more: Partial<SealRequest>) =>
  await seal(engine, sealRequest(engine, path.join(folder, 'new.txt'), { keys, ...more }));
const contentsOf = (where: string): string[][] =>
  readdirSync(where).map((name) => [name, readFileSync(path.join(where, name), 'base64')]);
const count = (action: string): number => kms.calls.filter((call) => call.action === action).length;

const lies: readonly Fault[] = [
  { kind: 'other-data-key', action: 'GenerateDataKey' },
  { kind: 'other-wrapped', action: 'GenerateDataKey' },
  { kind: 'other-context', action: 'GenerateDataKey' },
  { kind: 'other-wrapped', action: 'Encrypt' },
  { kind: 'other-context', action: 'Encrypt' },
];

describe.each(lies)('in $action: $kind', (lie) => {
  it.each([{ binOriginal: true }, { verify: true }, { collision: 'replace' }] as const)(
    'gives no name while sealing with %o',
    async (way) => {
      kms.faults.add(lie);
      const before = contentsOf(folder);
      await expect(sealNew(way)).rejects.toMatchObject({ code: 'kms-answer-wrong' });
      expect(contentsOf(folder)).toEqual(before);
      expect(engine.bin).toEqual([]);
      kms.faults.clear();
      const sealed = await sealNew(way);
      await verify(engine, await readEnvelopeFile(sealed!.envelope));
    },
  );

  it('leaves the old pair while it is sealed again', async () => {
    const { envelope } = await freshPair(engine, 'tax papers', { keys });
    const before = contentsOf(path.dirname(envelope));
    kms.faults.add(lie);
    await expect(reseal(engine, envelope, { keys })).rejects.toMatchObject({ code: 'kms-answer-wrong' });
    expect(contentsOf(path.dirname(envelope))).toEqual(before);
    kms.faults.clear();
    await reseal(engine, envelope, { keys });
    await verify(engine, await readEnvelopeFile(envelope));
  });
});

/** While the key is asked back. */
const troubles = [
  ['kms-unavailable', { kind: 'throttle' }],
  ['kms-offline', { kind: 'reset' }],
  ['kms-offline', { kind: 'stall' }],
  ['credentials-expired', { kind: 'expired' }],
  ['kms-answer-wrong', { kind: 'foreign-key' }],
  ['kms-answer-wrong', { kind: 'short-key' }],
  ['kms-answer-wrong', { kind: 'other-data-key' }],
] as const;

it.each(troubles)('ends with %s where asking back meets %o', async (code, fault) => {
  kms.faults.add({ ...fault, action: 'Decrypt' });
  const before = contentsOf(folder);
  await expect(sealNew({ binOriginal: true })).rejects.toMatchObject({ code });
  expect(contentsOf(folder)).toEqual(before);
  expect(engine.bin).toEqual([]);
});

it('whoever may seal but not open seals, and the original stays', async () => {
  kms.faults.add({ kind: 'denied', action: 'Decrypt' });
  const sealed = await sealNew({ binOriginal: true });
  expect(sealed).toMatchObject({
    binned: false,
    notes: [{ code: 'opening-untried', error: { code: 'kms-access-denied' } }],
  });
  expect(readdirSync(folder)).toEqual(['new.txt', 'new.txt.enc', 'new.txt.envelope']);
  kms.faults.clear();
  await verify(engine, await readEnvelopeFile(sealed!.envelope));
});

it('costs one call more for each KMS key, and none where the original stays', async () => {
  await sealNew({});
  expect([count('GenerateDataKey'), count('Encrypt'), count('Decrypt')]).toEqual([1, 1, 0]);
  await sealNew({ binOriginal: true });
  expect([count('GenerateDataKey'), count('Encrypt'), count('Decrypt')]).toEqual([2, 2, 2]);
});

it('is found out by verifying where the original stayed', async () => {
  const end = kms.faults.add({ kind: 'other-data-key', action: 'GenerateDataKey' });
  const sealed = await sealNew({ keys: keys.slice(0, 1) });
  end();
  await expect(verify(engine, await readEnvelopeFile(sealed!.envelope))).rejects.toMatchObject({
    code: 'no-key-opens',
    details: { attempts: [{ error: { code: 'key-wrong' } }] },
  });
});
