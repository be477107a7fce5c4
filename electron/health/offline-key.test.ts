import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freshFolder, sealRequest } from '../envelope/engine.fixture.ts';
import { replaceKeys } from '../envelope/codec.ts';
import { readEnvelopeFile } from '../envelope/read.ts';
import { seal } from '../envelope/seal.ts';
import { AgeKeys } from '../keys/age.ts';
import { Keyring } from '../keys/keyring.ts';
import { LocalStore } from '../keys/local-store.ts';
import { LocalKeys } from '../keys/local.ts';
import { SettingsStore } from '../settings/store.ts';
import { HealthFixture } from './health.fixture.ts';

let fixture: HealthFixture;
let folder: string;
let mine: string;
let stranger: string;

beforeAll(async () => {
  const identity = await generateX25519Identity();
  mine = await identityToRecipient(identity);
  stranger = await identityToRecipient(await generateX25519Identity());
  fixture = await HealthFixture.create([{ recipient: mine, identity }]);
});
afterAll(async () => {
  await fixture[Symbol.asyncDispose]();
});
beforeEach(async () => {
  folder = await freshFolder(fixture.engine);
});

const at = (...names: string[]): string => path.join(folder, ...names);

async function pair(name: string, ...keys: { provider: 'local' | 'age'; key: string }[]): Promise<void> {
  await writeFile(at(name), name);
  await seal(fixture.engine, sealRequest(fixture.engine, at(name), { binOriginal: true, keys }));
}

describe('age identities', () => {
  it('open if they are here, and one key is one key', async () => {
    await pair('mine', { provider: 'age', key: mine });
    await pair('not mine', { provider: 'age', key: stranger });
    await pair('both', { provider: 'age', key: mine }, { provider: 'age', key: stranger });
    const { states, keys, summary } = await fixture.look(folder);
    expect(states).toEqual({
      'mine.envelope': 'opens',
      'not mine.envelope': 'closed',
      'both.envelope': 'opens',
    });
    expect(keys[mine]).toMatchObject({ files: 2, opens: 2, alone: 1 });
    expect(keys[stranger]).toMatchObject({ files: 2, opens: 0, alone: 1, answers: { absent: 2 } });
    expect(summary.alone).toBe(2);
  });
});

describe('local keys', () => {
  it('of another computer do not open', async () => {
    await pair('a', fixture.engine.local as { provider: 'local'; key: string });
    using elsewhere = new LocalStore(at('no keys'));
    const keyring = { provider: async () => await Promise.resolve(new LocalKeys(elsewhere)) };
    const { files } = await fixture.look(folder, { keyring, local: elsewhere });
    expect(files).toMatchObject([{ problem: 'closed', keys: [{ answer: 'absent' }] }]);
  });

  it('whose wrapped key is damaged are told, and do not count as a key that is left', async () => {
    const { local } = fixture.engine;
    await pair('a', local as { provider: 'local'; key: string }, { provider: 'age', key: mine });
    const { envelope, bytes } = await readEnvelopeFile(at('a.envelope'));
    const raw = envelope.keys[0]?.raw.replace(/"wrapped":"..../, '"wrapped":"AAAA') ?? '';
    const [first, ...others] = envelope.keys;
    if (first?.state !== 'known') throw new Error('it was sealed a moment ago');
    const wrapped = Uint8Array.from(first.wrapped);
    wrapped.set([0, 0, 0]);
    await writeFile(at('a.envelope'), replaceKeys(bytes, [{ ...first, wrapped, raw }, ...others]));
    const { keys, files } = await fixture.look(folder);
    expect(files[0]?.problem).toBeUndefined();
    expect(keys[local.key]).toMatchObject({ alone: 0, answers: { damaged: 1 } });
    expect(keys[mine]).toMatchObject({ alone: 1, opens: 1 });
  });

  it('under a passphrase are asked of nobody, unless that is wanted', async () => {
    let asked = 0;
    const keysFolder = at('keys');
    await mkdir(keysFolder);
    using store = new LocalStore(keysFolder, {
      scryptWork: 4,
      askPassphrase: async () => {
        asked += 1;
        return await Promise.resolve('correct horse');
      },
    });
    const key = await store.create('work', 'passphrase');
    const keyring = new Keyring({
      local: new LocalKeys(store),
      localStore: store,
      age: new AgeKeys(),
      aws: async () => await Promise.reject(new Error('this test has no KMS')),
      settings: new SettingsStore(at('settings.json')),
    });
    await writeFile(at('a'), 'a');
    await seal(
      { ...fixture.engine, keyring },
      sealRequest(fixture.engine, at('a'), { keys: [{ provider: 'local', key }] }),
    );
    store.lock();
    asked = 0;
    const locked = await fixture.look(folder, { keyring, local: store });
    expect(locked.files).toMatchObject([{ problem: 'unsure', keys: [{ answer: 'locked' }], alone: 0 }]);
    expect(locked.summary.keys[0]?.error).toMatchObject({ code: 'key-locked', details: { name: 'work' } });
    expect(asked).toBe(0);
    const unlocked = await fixture.look(folder, { keyring, local: store, unlock: true });
    expect([unlocked.files[0]?.problem, asked]).toEqual([undefined, 1]);
    // Open now, it is tried without a word.
    expect((await fixture.look(folder, { keyring, local: store })).summary.opens).toBe(1);
  });

  it('with a damaged key file among them are not called damaged envelopes', async () => {
    await pair('a', fixture.engine.local as { provider: 'local'; key: string });
    await mkdir(at('keys'));
    await writeFile(at('keys', 'default.json'), '{}');
    using store = new LocalStore(at('keys'));
    const keyring = { provider: async () => await Promise.resolve(new LocalKeys(store)) };
    const { summary } = await fixture.look(folder, { keyring, local: store });
    expect(summary.keys).toMatchObject([{ answers: { absent: 1 }, error: { code: 'key-damaged' } }]);
    expect(await readdir(at('keys'))).toEqual(['default.json']);
  });
});
