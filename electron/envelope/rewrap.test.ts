import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EnvelopeError } from '../../shared/errors.ts';
import { newIdentity } from '../keys/age-identity.ts';
import { arn, failure } from '../keys/keyring-fixture.ts';
import type { KeyRef } from '../keys/keyring.ts';
import type { KeyChange } from './change-keys.ts';
import { parseEnvelope } from './codec.ts';
import { freshFolder } from './engine.fixture.ts';
import { newEntry } from './entries.ts';
import { open } from './open.ts';
import { readEnvelopeFile } from './read.ts';
import {
  add,
  type FakeKms,
  first,
  forge,
  freshKmsPair,
  keysOf,
  type KmsEngine,
  makeKmsEngine,
  second,
  unknownEntry,
} from './rewrap.fixture.ts';
import { rewrap } from './rewrap.ts';
import type { Sealed } from './seal.ts';

/** Nobody here has the identity. */
let stranger: KeyRef;

beforeAll(async () => {
  stranger = { provider: 'age', key: (await newIdentity()).recipient };
});

let engine: KmsEngine;
let kms: FakeKms;

beforeEach(async () => {
  engine = await makeKmsEngine();
  ({ kms } = engine);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await engine[Symbol.asyncDispose]();
});

/** The rewrap fails with `code`, nothing was wrapped, and the folder is as it was to the byte. */
async function expectRefused(sealed: Sealed, change: KeyChange, code: string): Promise<EnvelopeError> {
  const folder = path.dirname(sealed.envelope);
  const before = { names: await readdir(folder), bytes: await readFile(sealed.envelope) };
  const error = await failure(rewrap(engine, sealed.envelope, change));
  expect(error.code).toBe(code);
  expect({ names: await readdir(folder), bytes: await readFile(sealed.envelope) }).toEqual(before);
  expect(kms.calls.filter((call) => !call.startsWith('unwrap'))).toEqual([]);
  return error;
}

describe('nothing is wrapped', () => {
  it('if the data key is a foreign one, such as from a cache', async () => {
    const sealed = await freshKmsPair(engine, [first]);
    await forge(sealed.envelope, () => [
      newEntry({ ...first, provider: 'aws-kms', wrapped: new Uint8Array(32) }),
    ]);
    const error = await expectRefused(sealed, add(second), 'no-key-opens');
    expect(error.details.attempts).toMatchObject([{ key: first.key, error: { code: 'key-wrong' } }]);
    expect(kms.everyKeyIsWiped()).toBe(true);
  });

  it('if the only entry is the age wrap of another envelope', async () => {
    const [sealed, other] = [
      await freshKmsPair(engine, [engine.friend]),
      await freshKmsPair(engine, [engine.friend]),
    ];
    const foreign = (await readEnvelopeFile(other.envelope)).envelope.keys;
    await forge(sealed.envelope, () => foreign);
    const error = await expectRefused(sealed, add(second), 'no-key-opens');
    expect(error.details.attempts).toMatchObject([{ key: engine.friend.key, error: { code: 'key-wrong' } }]);
  });

  it('if the MAC was altered, or what it covers', async () => {
    for (const [from, to] of [
      ['report.pdf', 'report.exe'],
      ['"mac": "', '"mac": "AAAA'],
    ] as const) {
      const sealed = await freshKmsPair(engine, [first]);
      const text = await readFile(sealed.envelope, 'utf8');
      const changed = text.replace(new RegExp(`${from}.{${String(to.length - from.length)}}`), to);
      expect(changed).not.toBe(text);
      await writeFile(sealed.envelope, changed);
      await expectRefused(sealed, add(second), 'envelope-altered');
      expect(kms.everyKeyIsWiped()).toBe(true);
    }
  });

  it('to a key that the user did not choose: an entry that was put in is no destination', async () => {
    const sealed = await freshKmsPair(engine);
    const injected = arn('bad');
    await forge(sealed.envelope, (keys) => [
      newEntry({ provider: 'aws-kms', key: injected, wrapped: new Uint8Array(32) }),
      ...keys,
    ]);
    await rewrap(engine, sealed.envelope, add(second));
    await rewrap(engine, sealed.envelope, { add: [], remove: [engine.local.key] });
    expect(kms.calls.filter((call) => !call.startsWith('unwrap'))).toEqual([`wrap ${second.key}`]);
  });

  it('and none is removed before one that stays has opened it', async () => {
    const sealed = await freshKmsPair(engine);
    await rewrap(engine, sealed.envelope, { add: [], remove: [engine.local.key] });
    expect(kms.calls).toEqual([`unwrap ${first.key}`]);
    const other = await freshKmsPair(engine);
    kms.refusals.set(first.key, 'kms-access-denied');
    const change = { add: [], remove: [engine.local.key] };
    const error = await expectRefused(other, change, 'no-key-tried');
    expect(error.details.attempts).toMatchObject([{ key: first.key, error: { code: 'kms-access-denied' } }]);
    await rewrap(engine, other.envelope, change, { leaveUntried: true });
    expect(await keysOf(other.envelope)).toEqual([first.key]);
  });

  it('if the account of an entry is not approved', async () => {
    const sealed = await freshKmsPair(engine, [first]);
    const strange = arn('1', '999999999999');
    await forge(sealed.envelope, () => [
      newEntry({ provider: 'aws-kms', key: strange, wrapped: new Uint8Array(32) }),
    ]);
    kms.inside = true;
    const change = { add: [], remove: [], replace: [{ from: strange, to: second }] };
    await expectRefused(sealed, change, 'account-unknown');
    expect(kms.calls).toEqual([]);
  });

  it('if the last key were removed, an unknown entry or not', async () => {
    const sealed = await freshKmsPair(engine, [first]);
    const remove = { add: [], remove: [first.key] };
    await expectRefused(sealed, remove, 'last-key');
    await forge(sealed.envelope, (keys) => [unknownEntry(), ...keys]);
    await expectRefused(sealed, remove, 'last-key');
  });

  it('if there were 33 keys, nothing is to be done, or a key is not there', async () => {
    const sealed = await freshKmsPair(engine, [first]);
    await forge(sealed.envelope, (keys) => Array.from({ length: 32 }, () => keys[0]!));
    await expectRefused(sealed, add(second), 'too-many-keys');
    await expectRefused(sealed, add(), 'usage');
    await expectRefused(sealed, { add: [second], remove: [arn('5')] }, 'key-not-found');
  });
});

describe('with the data key in hand', () => {
  it('adds a key that opens, and changes nothing but keys', async () => {
    const sealed = await freshKmsPair(engine);
    await forge(sealed.envelope, (keys) => [unknownEntry(), ...keys]);
    const damaged = ', { "provider": "local", "key": 5 }\n  ]';
    const text = (await readFile(sealed.envelope, 'utf8'))
      .replace(/\n {2}\]/, damaged)
      .replaceAll('\n', '\r\n');
    await writeFile(sealed.envelope, text);
    const body = await readFile(sealed.body);

    const result = await rewrap(engine, sealed.envelope, add(engine.friend));
    expect(result).toMatchObject({ added: [engine.friend.key], removed: [], verified: true });
    const now = await readFile(sealed.envelope, 'utf8');
    const head = text.indexOf('"keys"');
    expect(now.slice(0, head)).toBe(text.slice(0, head));
    const [before, after] = [text, now].map((one) =>
      parseEnvelope(Buffer.from(one)).keys.map(({ raw }) => raw),
    );
    expect(after!.slice(0, -1)).toEqual(before);
    expect((await readFile(sealed.body)).equals(body)).toBe(true);
    expect((await readdir(path.dirname(sealed.envelope))).length).toBe(2);

    await forge(sealed.envelope, (keys) => keys.slice(-1));
    const opened = await open(engine, await readEnvelopeFile(sealed.envelope), {
      folder: await freshFolder(engine),
      collision: 'keep-both',
    });
    expect(opened).toMatchObject({ key: engine.friend.key, size: 10 });
  });

  it('needs no body', async () => {
    const sealed = await freshKmsPair(engine);
    await rename(sealed.body, path.join(await freshFolder(engine), 'elsewhere'));
    expect(await rewrap(engine, sealed.envelope, add(second))).toMatchObject({ added: [second.key] });
  });

  it('replaces: the new entry is unwrapped again before the old one goes', async () => {
    const sealed = await freshKmsPair(engine);
    const replace = [{ from: first.key, to: second }];
    const result = await rewrap(engine, sealed.envelope, { add: [], remove: [], replace });
    expect(result).toMatchObject({ added: [second.key], removed: [first.key], verified: true });
    expect(result.requestIds).toEqual([`wrap-${second.key}`, `unwrap-${second.key}`]);
    expect(await keysOf(sealed.envelope)).toEqual([engine.local.key, second.key]);
    expect(kms.everyKeyIsWiped()).toBe(true);
  });

  it('does not remove an entry for one that cannot be unwrapped again', async () => {
    const sealed = await freshKmsPair(engine);
    const change = { add: [stranger], remove: [engine.local.key] };
    const error = await expectRefused(sealed, change, 'no-key-opens');
    expect(error.details).toMatchObject({ added: [stranger.key], attempts: [{ key: stranger.key }] });
  });

  it('does not remove an entry for one that came back with another data key', async () => {
    const sealed = await freshKmsPair(engine);
    vi.spyOn(kms, 'wrap').mockResolvedValue({
      entry: { provider: 'aws-kms', key: second.key, wrapped: new Uint8Array(32) },
    });
    const change = { add: [second], remove: [first.key] };
    await expect(rewrap(engine, sealed.envelope, change)).rejects.toMatchObject({ code: 'no-key-opens' });
    expect(await keysOf(sealed.envelope)).toEqual([first.key, engine.local.key]);
  });

  it('added again, a key has one entry; one that only others have keeps its older one beside it', async () => {
    const sealed = await freshKmsPair(engine);
    await rewrap(engine, sealed.envelope, add(engine.local, second, second));
    await rewrap(engine, sealed.envelope, add(stranger));
    const result = await rewrap(engine, sealed.envelope, add(engine.local, stranger));
    expect(result).toMatchObject({ added: [engine.local.key, stranger.key], removed: [engine.local.key] });
    const [local, age] = [engine.local.key, stranger.key];
    expect(await keysOf(sealed.envelope)).toEqual([first.key, second.key, age, local, age]);
  });

  it('wipes the data key if a wrap is refused', async () => {
    const sealed = await freshKmsPair(engine, [first]);
    kms.refusals.set(second.key, 'kms-access-denied');
    await expect(rewrap(engine, sealed.envelope, add(second))).rejects.toMatchObject({
      code: 'kms-access-denied',
    });
    expect(kms.everyKeyIsWiped()).toBe(true);
  });
});
