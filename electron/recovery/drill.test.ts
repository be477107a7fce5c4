import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freshPair, makeTestEngine, overwrite, type TestEngine } from '../envelope/engine.fixture.ts';
import { parseEnvelope } from '../envelope/codec.ts';
import { readEnvelopeFile } from '../envelope/read.ts';
import { type AgeIdentity, newIdentity } from '../keys/age-identity.ts';
import { findPlaces } from '../settings/places.ts';
import { SettingsStore } from '../settings/store.ts';
import { drill, findToTry } from './drill.ts';
import { forgetRecoveryKey, useRecoveryKey } from './recovery-key.ts';

let engine: TestEngine;
let settings: SettingsStore;
let identity: AgeIdentity;

beforeAll(async () => {
  engine = await makeTestEngine();
  settings = new SettingsStore(findPlaces({ ENVELOPE_HOME: `${engine.folder}/home` }).settingsFile);
});
afterAll(async () => {
  await engine[Symbol.asyncDispose]();
});
beforeEach(async () => {
  identity = await newIdentity();
  await useRecoveryKey(settings, { recipient: identity.recipient, made: '2026-01-01T00:00:00.000Z' });
});

const keysOf = async (envelope: string): Promise<string[]> =>
  parseEnvelope(await readFile(envelope)).keys.flatMap((entry) => (entry.state === 'known' ? entry.key : []));
const drilled = async (): Promise<string | undefined> => (await settings.load()).recovery.key?.drilled;

describe('a recovery key', () => {
  it('is in every new envelope, last and once, whatever keys are chosen', async () => {
    const { envelope } = await freshPair(engine);
    expect(await keysOf(envelope)).toEqual([engine.local.key, identity.recipient]);
    const recovery = { provider: 'age', key: identity.recipient } as const;
    const both = await freshPair(engine, 'x', { keys: [recovery, engine.local] });
    expect(await keysOf(both.envelope)).toEqual([identity.recipient, engine.local.key]);
    await forgetRecoveryKey(settings);
    const after = await freshPair(engine);
    expect(await keysOf(after.envelope)).toEqual([engine.local.key]);
  });

  it('counts among the 32 keys that an envelope has', async () => {
    const many = await Promise.all(Array.from({ length: 32 }, async () => (await newIdentity()).recipient));
    const keys = many.map((key) => ({ provider: 'age' as const, key }));
    await expect(freshPair(engine, 'x', { keys })).rejects.toMatchObject({ code: 'usage' });
    const { envelope } = await freshPair(engine, 'x', { keys: keys.slice(1) });
    expect(await keysOf(envelope)).toHaveLength(32);
  });
});

describe('drill', () => {
  it('opens all of an envelope with the identity alone, and remembers the date', async () => {
    const { envelope } = await freshPair(engine, 'y'.repeat(3_000_000));
    expect(await drilled()).toBeUndefined();
    const verified = await drill(engine, settings, identity, await readEnvelopeFile(envelope));
    expect(verified).toMatchObject({ name: 'report.pdf', size: 3_000_000, key: identity.recipient });
    expect(Date.now() - Date.parse((await drilled()) ?? '')).toBeLessThan(60_000);
  });

  it('says no, and remembers nothing, to another key and to an envelope of before', async () => {
    const { envelope } = await freshPair(engine);
    const file = await readEnvelopeFile(envelope);
    const other = await newIdentity();
    await expect(drill(engine, settings, other, file)).rejects.toMatchObject({ code: 'recovery-other' });
    await forgetRecoveryKey(settings);
    const before = await freshPair(engine);
    await useRecoveryKey(settings, { recipient: identity.recipient, made: '2026-01-01T00:00:00.000Z' });
    await expect(
      drill(engine, settings, identity, await readEnvelopeFile(before.envelope)),
    ).rejects.toMatchObject({ code: 'recovery-absent' });
    expect(await drilled()).toBeUndefined();
  });

  it('is not fooled by an envelope that only names the key, nor by a body that was changed', async () => {
    const mine = await freshPair(engine);
    const other = await freshPair(engine);
    const texts = await Promise.all(
      [mine, other].map(async ({ envelope }) => await readFile(envelope, 'utf8')),
    );
    const wrapped = texts.map((text) => /"provider": "age",[^}]*"wrapped": "([^"]+)"/.exec(text)?.[1] ?? '');
    await writeFile(mine.envelope, (texts[0] ?? '').replace(wrapped[0] ?? '', wrapped[1] ?? ''));
    await expect(
      drill(engine, settings, identity, await readEnvelopeFile(mine.envelope)),
    ).rejects.toMatchObject({
      code: 'no-key-opens',
      details: { attempts: [{ error: { code: 'key-wrong' } }] },
    });
    await overwrite(other.body, 50, new Uint8Array(4));
    await expect(
      drill(engine, settings, identity, await readEnvelopeFile(other.envelope)),
    ).rejects.toMatchObject({ code: 'body-altered' });
    expect(await drilled()).toBeUndefined();
  });

  it('can be cancelled, and then remembers nothing', async () => {
    const { envelope } = await freshPair(engine, 'y'.repeat(3_000_000));
    const signal = AbortSignal.abort();
    await expect(
      drill(engine, settings, identity, await readEnvelopeFile(envelope), { signal }),
    ).rejects.toMatchObject({ code: 'cancelled' });
    expect(await drilled()).toBeUndefined();
  });

  it('finds an envelope to try among those that are gone, broken or of before', async () => {
    const { envelope } = await freshPair(engine);
    const broken = `${engine.folder}/broken.envelope`;
    await writeFile(broken, '{}');
    const paths = [`${engine.folder}/gone.envelope`, broken, engine.folder, envelope];
    expect(await findToTry(paths, identity.recipient)).toMatchObject({ path: envelope });
    expect(await findToTry(paths, (await newIdentity()).recipient)).toBeUndefined();
  });
});
