import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EnvelopeError } from '../../shared/errors.ts';
import { open } from '../envelope/open.ts';
import { readEnvelopeFile } from '../envelope/read.ts';
import { first, keysOf, type KmsEngine, makeKmsEngine, second } from '../envelope/rewrap.fixture.ts';
import { seal, type Sealed } from '../envelope/seal.ts';
import type { KeyRef } from '../keys/keyring.ts';
import { addWaiting, type Tried } from './add-waiting.ts';
import { WaitingList } from './waiting-list.ts';

let engine: KmsEngine;
let list: WaitingList;

beforeEach(async () => {
  engine = await makeKmsEngine();
  list = new WaitingList(path.join(engine.folder, 'waiting'));
});

afterEach(async () => {
  await engine[Symbol.asyncDispose]();
});

/** Seals a file while no KMS key can be reached. */
async function sealOffline(keys: readonly KeyRef[] = [first], name = 'a.txt'): Promise<Sealed> {
  for (const { key } of keys) engine.kms.refusals.set(key, 'kms-offline');
  const file = path.join(engine.folder, name);
  await writeFile(file, 'tax papers');
  const sealed = await seal(engine, {
    path: file,
    kind: 'file',
    folder: engine.folder,
    keys,
    labels: {},
    hideNames: false,
    collision: 'keep-both',
    verify: false,
    binOriginal: false,
    offline: { mayWait: async () => await Promise.resolve(true), list },
  });
  if (sealed === undefined) throw new Error('it was not skipped');
  return sealed;
}

async function add(): Promise<{ tried: Tried[]; waiting: number | undefined }> {
  const tried: Tried[] = [];
  const waiting = await addWaiting(engine, list, { onTried: (one) => tried.push(one) });
  return { tried, waiting };
}

const reachable = (): void => engine.kms.refusals.clear();

async function opens(envelope: string): Promise<boolean> {
  const folder = path.join(engine.folder, 'opened');
  await mkdir(folder, { recursive: true });
  const file = await readEnvelopeFile(envelope);
  const opened = await open(engine, file, { folder, collision: 'keep-both' });
  return opened !== undefined && (await readFile(opened.path, 'utf8')) === 'tax papers';
}

describe('a file that is sealed while its KMS key cannot be reached', () => {
  it('is sealed with a key of this computer, and says so', async () => {
    const sealed = await sealOffline();
    expect(sealed).toMatchObject({ keys: [engine.local.key], waiting: [first.key], requestIds: [] });
    expect(await keysOf(sealed.envelope)).toEqual([engine.local.key]);
    expect(await list.all()).toMatchObject([
      { id: sealed.id, envelope: sealed.envelope, keys: [first], standIn: engine.local.key },
    ]);
    expect(await opens(sealed.envelope)).toBe(true);
  });

  it('waits under the name it got', async () => {
    await writeFile(path.join(engine.folder, 'a.txt.envelope'), 'taken');
    const sealed = await sealOffline();
    expect(path.basename(sealed.envelope)).toBe('a (2).txt.envelope');
    expect((await list.all())[0]?.envelope).toBe(sealed.envelope);
  });

  it('is not sealed at all if that cannot be noted', async () => {
    await writeFile(path.join(engine.folder, 'waiting'), 'a file in the way');
    await expect(sealOffline()).rejects.toBeInstanceOf(EnvelopeError);
    await expect(readFile(path.join(engine.folder, 'a.txt.envelope'))).rejects.toThrow('ENOENT');
  });
});

describe('what is told to wait no longer while it is being tried', () => {
  it('does not come back when the try fails, and those behind it in the list are not tried', async () => {
    const one = await sealOffline([first], 'a.txt');
    const two = await sealOffline([first], 'b.txt');
    engine.kms.meanwhile = async () => {
      await Promise.all([list.drop(one.id), list.drop(two.id)]);
    };
    const { tried, waiting } = await add();
    expect(await list.all()).toEqual([]);
    expect(waiting).toBe(0);
    expect(tried).toMatchObject([{ state: 'added', note: { id: one.id, keys: [] } }]);
    engine.kms.meanwhile = async () => {};
    reachable();
    await add();
    for (const { envelope } of [one, two]) expect(await keysOf(envelope)).toEqual([engine.local.key]);
  });
});

describe('when the key can be reached again', () => {
  it('the KMS key is added and checked, and the key of this computer, which nobody chose, goes', async () => {
    const sealed = await sealOffline();
    const body = await readFile(sealed.body);
    reachable();
    engine.kms.calls.length = 0;
    expect(await add()).toMatchObject({
      waiting: 0,
      tried: [{ state: 'added', changed: { envelope: sealed.envelope, keys: [first.key] } }],
    });
    expect(await keysOf(sealed.envelope)).toEqual([first.key]);
    // Its own entry was opened before the other left.
    expect(engine.kms.calls).toEqual([`wrap ${first.key}`, `unwrap ${first.key}`]);
    expect(await list.all()).toEqual([]);
    expect(await readFile(sealed.body)).toEqual(body);
    expect(await opens(sealed.envelope)).toBe(true);
  });

  it('a key of this computer that was chosen stays', async () => {
    const sealed = await sealOffline([first, engine.local]);
    expect((await list.all())[0]?.standIn).toBeUndefined();
    reachable();
    await add();
    expect((await keysOf(sealed.envelope)).sort()).toEqual([first.key, engine.local.key].sort());
  });

  it.each(['kms-key-disabled', 'kms-access-denied', 'kms-key-not-found'] as const)(
    'but refuses (%s), nothing changes and the reason is kept',
    async (code) => {
      const sealed = await sealOffline();
      const before = await readFile(sealed.envelope);
      engine.kms.refusals.set(first.key, code);
      expect(await add()).toMatchObject({
        waiting: 1,
        tried: [{ state: 'waits', note: { problem: { code } } }],
      });
      expect(await readFile(sealed.envelope)).toEqual(before);
      expect(await list.all()).toMatchObject([
        { id: sealed.id, tried: expect.any(String), problem: { code } },
      ]);
      reachable();
      expect((await add()).waiting).toBe(0);
      expect(await keysOf(sealed.envelope)).toEqual([first.key]);
    },
  );

  it('and seals but does not open, the key of this computer stays', async () => {
    const sealed = await sealOffline();
    reachable();
    engine.kms.refuseUnwrap = true;
    expect(await add()).toMatchObject({
      waiting: 1,
      tried: [{ note: { problem: { code: 'no-key-opens' } } }],
    });
    expect(await keysOf(sealed.envelope)).toEqual([engine.local.key]);
  });

  it('one of two keys is added without the other', async () => {
    await engine.keyring.approve(second.key);
    const sealed = await sealOffline([first, second]);
    engine.kms.refusals.delete(second.key);
    expect(await add()).toMatchObject({
      waiting: 1,
      tried: [{ state: 'waits', changed: { keys: [second.key] } }],
    });
    expect(await keysOf(sealed.envelope)).toEqual([second.key]);
    expect(await list.all()).toMatchObject([{ keys: [first] }]);
    reachable();
    expect((await add()).waiting).toBe(0);
    expect((await keysOf(sealed.envelope)).sort()).toEqual([first.key, second.key].sort());
  });

  it('a key that still cannot be is asked for once, not for each file', async () => {
    for (const name of ['a', 'b', 'c']) await sealOffline([first], name);
    engine.kms.calls.length = 0;
    expect((await add()).waiting).toBe(3);
    expect(engine.kms.calls).toEqual([`wrap ${first.key}`]);
  });
});

describe('an envelope that is not where it was', () => {
  it('is found under another name in its folder', async () => {
    const sealed = await sealOffline();
    const moved = path.join(engine.folder, 'renamed.envelope');
    await rename(sealed.envelope, moved);
    reachable();
    expect(await add()).toMatchObject({ waiting: 0, tried: [{ changed: { envelope: moved } }] });
    expect(await keysOf(moved)).toEqual([first.key]);
  });

  it('is said to be gone, stays in the list, and can be dropped', async () => {
    const sealed = await sealOffline();
    await rm(sealed.envelope);
    reachable();
    expect(await add()).toMatchObject({ tried: [{ note: { problem: { code: 'source-missing' } } }] });
    await list.drop(sealed.id);
    await list.drop(sealed.id);
    expect(await list.all()).toEqual([]);
  });

  it('is never another one that has taken its place', async () => {
    const sealed = await sealOffline([first], 'a.txt');
    const other = await sealOffline([first], 'b.txt');
    await list.drop(other.id);
    await rename(other.envelope, sealed.envelope);
    reachable();
    expect(await add()).toMatchObject({
      waiting: 1,
      tried: [{ note: { problem: { code: 'source-missing' } } }],
    });
    expect(await keysOf(sealed.envelope)).toEqual([engine.local.key]);
  });
});

describe('the list', () => {
  it('goes on after a kill between the change and its note', async () => {
    const sealed = await sealOffline();
    const note = (await list.all())[0];
    reachable();
    await add();
    if (note === undefined) throw new Error('it was noted');
    await list.put(note);
    expect((await add()).waiting).toBe(0);
    expect(await keysOf(sealed.envelope)).toEqual([first.key]);
  });

  it('passes over what is no note, and is worked on by one process at a time', async () => {
    await sealOffline();
    await writeFile(path.join(engine.folder, 'waiting', 'torn.json'), '{"version":1,"id"');
    expect(await list.all()).toHaveLength(1);
    using _lock = await list.lock();
    expect(await addWaiting(engine, list)).toBeUndefined();
  });
});
