import { copyFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EnvelopeError } from '../../shared/errors.ts';
import {
  first,
  forge,
  type KmsEngine,
  makeKmsEngine,
  second,
  unknownEntry,
} from '../envelope/rewrap.fixture.ts';
import { newEntry } from '../envelope/entries.ts';
import { newIdentity } from '../keys/age-identity.ts';
import { arn } from '../keys/keyring-fixture.ts';
import type { KeyRef } from '../keys/keyring.ts';
import type { Choice } from './choice.ts';
import * as folders from './check-folder.ts';
import { planReseal } from './plan-reseal.ts';
import { type PlannedFile, planRewrap } from './plan.ts';
import { choiceOf, headOf, runNew, sealMany } from './rewrap-many.fixture.ts';

vi.mock('./check-folder.ts', { spy: true });

let engine: KmsEngine;

beforeEach(async () => {
  engine = await makeKmsEngine();
  await engine.keyring.approve(second.key);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await engine[Symbol.asyncDispose]();
});

const third: KeyRef = { provider: 'aws-kms', key: arn('3') };

/** What the KMS was really asked for by a run, as the plan counts it. */
function askedFor() {
  const { calls } = engine.kms;
  const count = (verb: string) => calls.filter((call) => call.startsWith(`${verb} `)).length;
  return {
    ReEncrypt: count('rewrap'),
    GenerateDataKey: count('generate'),
    Encrypt: count('wrap') - count('generate'),
    Decrypt: count('unwrap'),
  };
}

describe('a plan', () => {
  it('foresees the calls that the run then makes', async () => {
    const cases: [keys: KeyRef[], choice: Partial<Choice>, inside: boolean][] = [
      [[first], { replace: [{ from: first.key, to: second }] }, true],
      [[first, third], { replace: [{ from: first.key, to: second }] }, true],
      [[first], { add: [second] }, false],
      [[first, engine.local], { add: [second] }, false],
      [[first, engine.local], { remove: [first.key] }, false],
      [[first, engine.local], { remove: [engine.local.key] }, false],
      [[first, engine.local], { add: [second, third], remove: [first.key] }, false],
      [[engine.local], { replace: [{ from: engine.local.key, to: second }] }, false],
      [[engine.local], { add: [engine.friend] }, false],
      [[first], { add: [engine.local, engine.friend], remove: [first.key] }, false],
    ];
    for (const [keys, more, inside] of cases) {
      const { folder } = await sealMany(engine, 3, keys);
      engine.kms.calls.length = 0;
      const choice = choiceOf(more);
      const plan = await planRewrap(engine.keyring, [folder], choice);
      expect(engine.kms.calls).toEqual([]);
      expect(plan).toMatchObject({ envelopes: 3, changing: 3, inside: inside ? 3 : 0, impossible: [] });
      engine.kms.inside = inside;
      const ran = await runNew(engine, path.join(engine.folder, 'changes'), headOf([folder], choice));
      engine.kms.inside = false;
      expect(ran.result, JSON.stringify(choice)).toMatchObject({ changed: 3, failed: 0 });
      expect(plan.calls, JSON.stringify(choice)).toEqual(askedFor());
      const after = await planRewrap(engine.keyring, [folder], choice);
      expect(after).toMatchObject({ changing: 0, already: 3 });
    }
  });

  it('tells keys by their names and how often they stand there, and what it would come to', async () => {
    const { folder, envelopes } = await sealMany(engine, 4, [first, engine.local]);
    await forge(envelopes[0] ?? '', (keys) => [...keys.slice(1), unknownEntry()]);
    const files: PlannedFile[] = [];
    const choice = choiceOf({ replace: [{ from: first.key, to: second }] });
    const plan = await planRewrap(engine.keyring, [folder], choice, { onFile: (file) => files.push(file) });
    expect(plan.keys).toEqual([
      { ...engine.local, name: 'This computer', envelopes: 4 },
      { ...first, envelopes: 3 },
    ]);
    expect(plan).toMatchObject({ changing: 3, already: 1, unreadable: 1, lockedOut: 0, sharing: 0 });
    expect(files.map(({ how }) => how)).toEqual(['nothing', 'inside', 'inside', 'inside']);
    expect(files[1]).toMatchObject({ name: '001.txt', add: [second.key], remove: [first.key] });
  });

  it('says what cannot be done, and why, by its reason', async () => {
    const { folder, envelopes } = await sealMany(engine, 5, [engine.local]);
    const [damaged = '', foreign = '', elsewhere = ''] = envelopes;
    await writeFile(damaged, '{}');
    await forge(foreign, () => [unknownEntry()]);
    vi.mocked(folders.checkFolder).mockImplementation(async (file) => {
      await Promise.resolve();
      if (file === elsewhere) throw new EnvelopeError('target-unwritable', 'no', { path: folder });
    });
    const codes = async (choice: Choice, more = {}) => {
      const plan = await planRewrap(engine.keyring, [folder], choice, more);
      return Object.fromEntries(plan.impossible.map(({ code, count }) => [code, count]));
    };
    expect(await codes(choiceOf({ add: [second] }))).toEqual({
      'envelope-invalid': 1,
      'no-key-opens': 1,
      'target-unwritable': 1,
    });
    expect(await codes(choiceOf({ remove: [engine.local.key] }))).toEqual({
      'envelope-invalid': 1,
      'last-key': 3,
    });
  });

  it('a replacement that nobody here can try is impossible; apart from the removal it is not', async () => {
    const stranger: KeyRef = { provider: 'age', key: (await newIdentity()).recipient };
    const { folder } = await sealMany(engine, 2, [engine.local]);
    const replace = choiceOf({ replace: [{ from: engine.local.key, to: stranger }] });
    const plan = await planRewrap(engine.keyring, [folder], replace);
    expect(plan.impossible).toMatchObject([
      { code: 'no-key-opens', count: 2, first: [{ error: { details: { untried: stranger.key } } }, {}] },
    ]);
    const apart = choiceOf({ add: [stranger], remove: [engine.local.key] });
    const refused = await planRewrap(engine.keyring, [folder], apart);
    expect(refused.impossible).toMatchObject([{ code: 'no-key-tried', count: 2 }]);
    const allowed = await planRewrap(engine.keyring, [folder], apart, { leaveUntried: true });
    expect(allowed).toMatchObject({ changing: 2, impossible: [], lockedOut: 2 });
    const head = headOf([folder], apart, { leaveUntried: true });
    const ran = await runNew(engine, path.join(engine.folder, 'changes'), head);
    expect(ran.result).toMatchObject({ changed: 2, failed: 0 });
    expect(ran.results[0]).toMatchObject({ added: [stranger.key], removed: [engine.local.key] });
  });

  it('names accounts that would be asked about', async () => {
    const strange: KeyRef = { provider: 'aws-kms', key: arn('1', '999999999999') };
    const { folder, envelopes } = await sealMany(engine, 1, [first]);
    // Sealing asked the key itself, for the originals were to go.
    engine.kms.calls.length = 0;
    const wrapped = new Uint8Array(32);
    await forge(envelopes[0] ?? '', () => [newEntry({ provider: 'aws-kms', key: strange.key, wrapped })]);
    const plan = await planRewrap(engine.keyring, [folder], choiceOf({ add: [second] }));
    expect(plan.accounts).toEqual(['aws:999999999999:eu-central-1']);
    expect(engine.kms.calls.filter((call) => call.startsWith('unwrap'))).toEqual([]);
  });

  it('of sealing again measures the bodies, and sees that halves are together', async () => {
    const { folder, envelopes } = await sealMany(engine, 3, [first]);
    const [one = '', two = ''] = envelopes;
    await copyFile(one, path.join(folder, 'copy.envelope'));
    await rename(two.replace(/envelope$/, 'enc'), path.join(folder, 'other.enc'));
    const plan = await planReseal(engine.keyring, [folder], [second, third, engine.local]);
    expect(plan).toMatchObject({
      envelopes: 4,
      changing: 2,
      sharing: 1,
      impossible: [{ code: 'pair-apart', count: 2 }],
      bytes: 2 * (40 + 6 + 16),
      calls: { ReEncrypt: 0, GenerateDataKey: 2, Encrypt: 2, Decrypt: 2 },
    });
    const alone = await planReseal(engine.keyring, [one], [engine.local]);
    expect(alone).toMatchObject({ envelopes: 1, changing: 1, sharing: 1 });
  });
});
