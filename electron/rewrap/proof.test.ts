import { copyFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WrappedKey } from '../../shared/envelope.ts';
import { EnvelopeError } from '../../shared/errors.ts';
import { newEntry } from '../envelope/entries.ts';
import { readEnvelopeFile } from '../envelope/read.ts';
import {
  first,
  forge,
  type KmsEngine,
  makeKmsEngine,
  second,
  unknownEntry,
} from '../envelope/rewrap.fixture.ts';
import { prove } from './proof.ts';
import { choiceOf, headOf, runNew, sealMany } from './rewrap-many.fixture.ts';

let engine: KmsEngine;

beforeEach(async () => {
  engine = await makeKmsEngine();
  await engine.keyring.approve(second.key);
});
afterEach(async () => {
  await engine[Symbol.asyncDispose]();
});

const changes = () => path.join(engine.folder, 'changes');

/** Takes the key of this computer out of all envelopes of a new folder. */
async function removed(count: number): Promise<{ folder: string; envelopes: string[] }> {
  const many = await sealMany(engine, count, [first, engine.local]);
  const before = path.join(engine.folder, 'before.envelope');
  await copyFile(many.envelopes[0] ?? '', before);
  const choice = choiceOf({ remove: [engine.local.key] });
  const ran = await runNew(engine, changes(), headOf([many.folder], choice));
  expect(ran.result).toMatchObject({ changed: count, failed: 0 });
  return many;
}

describe('the proof', () => {
  it('finds nothing where all went well, and says what it looked at', async () => {
    const { folder } = await removed(3);
    expect(await prove(engine.keyring, [folder], [engine.local.key])).toMatchObject({
      envelopes: 3,
      keys: [engine.local.key],
      named: { count: 0, first: [] },
      opens: { count: 0, first: [] },
      copies: { count: 0 },
      // There is no local entry left that it could be tried on.
      tried: { here: 0, kms: 0 },
      untried: 0,
      unreadable: 0,
      unread: { count: 0 },
    });
  });

  it('finds a removed key that goes by another name: the entry is tried, not believed', async () => {
    const { folder, envelopes } = await removed(2);
    const [victim = ''] = envelopes;
    const old = await readEnvelopeFile(path.join(engine.folder, 'before.envelope'));
    const own = old.envelope.keys.find((entry) => entry.provider === 'local') as unknown as WrappedKey;
    const disguised = newEntry({ provider: 'local', key: `local:${'A'.repeat(21)}Q`, wrapped: own.wrapped });
    await forge(victim, (keys) => [...keys, disguised]);
    const proof = await prove(engine.keyring, [folder], [engine.local.key]);
    expect(proof).toMatchObject({ named: { count: 0 }, opens: { count: 1, first: [victim] } });
    // An honest entry of another key fails with it, as it must.
    await forge(victim, (keys) => [
      ...keys.slice(0, -1),
      newEntry({ provider: 'local', key: `local:${'A'.repeat(21)}Q`, wrapped: new Uint8Array(80) }),
    ]);
    expect(await prove(engine.keyring, [folder], [engine.local.key])).toMatchObject({
      opens: { count: 0 },
      tried: { here: 1, kms: 0 },
    });
  });

  it('finds what still names it, what it cannot read, and what it cannot say', async () => {
    const { folder, envelopes } = await removed(4);
    const [named = '', damaged = '', unknown = ''] = envelopes;
    await copyFile(path.join(engine.folder, 'before.envelope'), named);
    await writeFile(damaged, '{');
    await forge(unknown, (keys) => [...keys, unknownEntry()]);
    expect(await prove(engine.keyring, [folder], [engine.local.key])).toMatchObject({
      envelopes: 3,
      named: { count: 1, first: [named] },
      opens: { count: 1, first: [named] },
      unread: { count: 1, first: [damaged] },
      unreadable: 1,
    });
  });

  it('finds old copies beside single envelopes: they open what they did', async () => {
    const { folder, envelopes } = await removed(2);
    const [one = '', other = ''] = envelopes;
    const copy = path.join(folder, 'old copy.envelope');
    await copyFile(path.join(engine.folder, 'before.envelope'), copy);
    const proof = await prove(engine.keyring, [one], [engine.local.key]);
    expect(proof).toMatchObject({ envelopes: 1, named: { count: 0 }, copies: { count: 1, first: [copy] } });
    expect(await prove(engine.keyring, [other], [engine.local.key])).toMatchObject({ copies: { count: 0 } });
    // In a folder that is gone through as a whole it is one of the selection.
    expect(await prove(engine.keyring, [folder], [engine.local.key])).toMatchObject({
      named: { count: 1, first: [copy] },
      copies: { count: 0 },
    });
  });

  it('asks the KMS only where that is wanted, and only what does not give a key away', async () => {
    const { folder } = await sealMany(engine, 2, [first, engine.local]);
    const choice = choiceOf({ replace: [{ from: first.key, to: second }] });
    await runNew(engine, changes(), headOf([folder], choice));
    engine.kms.calls.length = 0;
    expect(await prove(engine.keyring, [folder], [first.key])).toMatchObject({
      named: { count: 0 },
      tried: { kms: 0 },
      untried: 2,
    });
    expect(engine.kms.calls).toEqual([]);
    const asked: string[] = [];
    let opens = false;
    Object.assign(engine.kms, {
      wouldUnwrap: async ({ key }: WrappedKey) => {
        asked.push(key);
        return await Promise.resolve(opens);
      },
    });
    expect(await prove(engine.keyring, [folder], [first.key], { askKms: true })).toMatchObject({
      opens: { count: 0 },
      tried: { kms: 2 },
      untried: 0,
    });
    expect(asked).toEqual([first.key, first.key]);
    opens = true;
    expect(await prove(engine.keyring, [folder], [first.key], { askKms: true })).toMatchObject({
      opens: { count: 2 },
    });
    Object.assign(engine.kms, {
      wouldUnwrap: async () => await Promise.reject(new EnvelopeError('kms-access-denied', 'no')),
    });
    expect(await prove(engine.keyring, [folder], [first.key], { askKms: true })).toMatchObject({
      opens: { count: 0 },
      tried: { kms: 0 },
      untried: 2,
    });
    expect(engine.kms.calls).toEqual([]);
  });

  it('changes nothing', async () => {
    const { folder, envelopes } = await removed(1);
    const before = await readFile(envelopes[0] ?? '');
    await prove(engine.keyring, [folder], [engine.local.key]);
    expect(await readFile(envelopes[0] ?? '')).toEqual(before);
  });
});
