/** @file Before an original goes, the keys themselves are asked whether they open what was sealed with them. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EncryptionContext } from '../../shared/envelope.ts';
import type { DataKey } from '../keys/data-key.ts';
import { arn, FakeKeys, wrongKey } from '../keys/keyring-fixture.ts';
import type { KeyRef } from '../keys/keyring.ts';
import type { Wrapping } from '../keys/provider.ts';
import { freshFolder, freshPair, makeTestEngine, sealRequest, type TestEngine } from './engine.fixture.ts';
import { readEnvelopeFile } from './read.ts';
import { reseal } from './reseal.ts';
import { seal, type SealRequest } from './seal.ts';
import { verify } from './verify.ts';

/** A KMS of which some keys wrap another data key than the one that they give or are given. */
class LyingKeys extends FakeKeys {
  readonly lying = new Set<string>();
  /** By key: what refuses to unwrap. */
  readonly closed = new Map<string, 'kms-access-denied' | 'kms-offline' | 'kms-ciphertext-invalid'>();

  override async wrap(key: string, dataKey: DataKey, context?: EncryptionContext): Promise<Wrapping> {
    const made = await super.wrap(key, dataKey, context);
    if (!this.lying.has(key)) return made;
    return { ...made, entry: { ...made.entry, wrapped: wrongKey.map((byte) => byte ^ 0x55) } };
  }

  override async unwrap(entry: Parameters<FakeKeys['unwrap']>[0]) {
    const code = this.closed.get(entry.key);
    if (code !== undefined) this.refusals.set(entry.key, code);
    return await super.unwrap(entry);
  }

  get unwraps(): string[] {
    return this.calls.filter((call) => call.startsWith('unwrap '));
  }
}

const office: KeyRef = { provider: 'aws-kms', key: arn('1') };
const branch: KeyRef = { provider: 'aws-kms', key: arn('2') };
const friend: KeyRef = {
  provider: 'age',
  key: 'age1lhwhxget08rydr389vfuyp28qfj8wr4w9prwp824c75ehep87acqyjj77z',
};

let kms: LyingKeys;
let engine: TestEngine;
let file: string;

beforeEach(async () => {
  kms = new LyingKeys('aws-kms', false);
  engine = await makeTestEngine({ aws: kms });
  file = path.join(await freshFolder(engine), 'report.pdf');
  await writeFile(file, 'tax papers');
});
afterEach(async () => {
  await engine[Symbol.asyncDispose]();
});

const sealed = async (more: Partial<SealRequest>) => await seal(engine, sealRequest(engine, file, more));
const beside = async () => (await readdir(path.dirname(file))).sort();
const ways = [{ binOriginal: true }, { verify: true }, { collision: 'replace' }] as const;

describe.each(ways)('sealing with %o', (way) => {
  it('asks each KMS key once, with the ids of its answers', async () => {
    const result = await sealed({ ...way, keys: [office, branch, engine.local] });
    expect(kms.unwraps).toEqual([`unwrap ${office.key}`, `unwrap ${branch.key}`]);
    expect(result?.requestIds).toEqual(
      expect.arrayContaining([`unwrap-${office.key}`, `unwrap-${branch.key}`]),
    );
    expect(result?.notes).toEqual([]);
    expect(kms.everyKeyIsWiped()).toBe(true);
  });

  it.each([
    ['the only key', [office]],
    ['the second key', [branch, office]],
    ['a key beside a key of this computer', 'local'],
  ] as const)('gives no name to what %s does not open', async (_, keys) => {
    kms.lying.add(office.key);
    const chosen = keys === 'local' ? [engine.local, office] : keys;
    await expect(sealed({ ...way, keys: chosen })).rejects.toMatchObject({
      code: 'kms-answer-wrong',
      details: { key: office.key, action: 'Decrypt' },
    });
    expect(await beside()).toEqual(['report.pdf']);
    expect(engine.bin).toEqual([]);
    expect(kms.everyKeyIsWiped()).toBe(true);
  });

  it('gives no name to what is refused as not wrapped by the key', async () => {
    kms.closed.set(office.key, 'kms-ciphertext-invalid');
    await expect(sealed({ ...way, keys: [office] })).rejects.toMatchObject({ code: 'kms-answer-wrong' });
    expect(await beside()).toEqual(['report.pdf']);
  });

  it('ends where the KMS cannot be reached any more', async () => {
    kms.closed.set(office.key, 'kms-offline');
    await expect(sealed({ ...way, keys: [office] })).rejects.toMatchObject({ code: 'kms-offline' });
    expect(await beside()).toEqual(['report.pdf']);
  });

  it('keeps the original where its keys may seal but not open, and says so', async () => {
    kms.closed.set(office.key, 'kms-access-denied');
    const result = await sealed({ ...way, keys: [office, friend] });
    expect(result).toMatchObject({
      binned: false,
      notes: [{ path: file, code: 'opening-untried', error: { code: 'kms-access-denied' } }],
    });
    expect(engine.bin).toEqual([]);
    expect(await beside()).toEqual(['report.pdf', 'report.pdf.enc', 'report.pdf.envelope']);
  });

  it.each(['kms-access-denied', 'kms-offline'] as const)(
    'is content with another key where one says %s',
    async (code) => {
      kms.closed.set(office.key, code);
      const result = await sealed({ ...way, keys: [office, engine.local] });
      expect(result).toMatchObject({ binned: 'binOriginal' in way, notes: [] });
    },
  );

  it('asks nobody about a recipient whose identity others have', async () => {
    const result = await sealed({ ...way, keys: [friend] });
    expect(result).toMatchObject({ binned: 'binOriginal' in way, notes: [] });
  });
});

it('a pair that is to be replaced stays as it was where the new one does not open', async () => {
  await sealed({ keys: [engine.local] });
  const before = await Promise.all(
    (await beside()).map(async (name) => await readFile(path.join(file, '..', name))),
  );
  kms.lying.add(office.key);
  await expect(sealed({ keys: [office], collision: 'replace' })).rejects.toMatchObject({
    code: 'kms-answer-wrong',
  });
  expect(
    await Promise.all((await beside()).map(async (name) => await readFile(path.join(file, '..', name)))),
  ).toEqual(before);
});

it('a folder that was sealed as an archive stays where the result does not open', async () => {
  const folder = path.join(path.dirname(file), 'papers');
  await mkdir(folder);
  await writeFile(path.join(folder, 'a.txt'), 'a');
  kms.lying.add(office.key);
  const request = sealRequest(engine, folder, { kind: 'folder', keys: [office], binOriginal: true });
  await expect(seal(engine, request)).rejects.toMatchObject({ code: 'kms-answer-wrong' });
  expect(await beside()).toEqual(['papers', 'report.pdf']);
});

it('sealing that leaves everything where it is asks no key to open', async () => {
  kms.closed.set(office.key, 'kms-access-denied');
  expect(await sealed({ keys: [office] })).toMatchObject({ notes: [] });
  expect(kms.unwraps).toEqual([]);
});

describe('sealing again', () => {
  it.each([
    ['lies', 'kms-answer-wrong'],
    ['may not open', 'kms-access-denied'],
  ] as const)('leaves the old pair where the only new key %s', async (how, code) => {
    const pair = await freshPair(engine);
    const before = [await readFile(pair.envelope), await readFile(pair.body)];
    if (how === 'lies') kms.lying.add(office.key);
    else kms.closed.set(office.key, 'kms-access-denied');
    await expect(reseal(engine, pair.envelope, { keys: [office] })).rejects.toMatchObject({ code });
    expect([await readFile(pair.envelope), await readFile(pair.body)]).toEqual(before);
    await verify(engine, await readEnvelopeFile(pair.envelope));
  });

  it('tells the ids of all it asked', async () => {
    const pair = await freshPair(engine);
    const { requestIds } = await reseal(engine, pair.envelope, { keys: [office] });
    expect(requestIds).toContain(`unwrap-${office.key}`);
  });
});
