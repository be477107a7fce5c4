/** @file Every key is overwritten on every way out (FORMAT.md section 3): data keys, what is derived from them, and wrap keys. */
import type * as Crypto from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DataKey } from '../keys/data-key.ts';
import type { Keyring } from '../keys/keyring.ts';
import type { StreamRunner } from '../stream/job.ts';
import { freshFolder, freshPair, makeTestEngine, sealRequest, type TestEngine } from './engine.fixture.ts';
import type { Engine } from './engine.ts';
import { open } from './open.ts';
import { readEnvelopeFile } from './read.ts';
import { reseal } from './reseal.ts';
import { rewrap } from './rewrap.ts';
import { seal, type Sealed } from './seal.ts';
import { verify } from './verify.ts';

/** The memory of every key there was, by what it was: the same bytes, not copies. */
const seen = vi.hoisted(() => [] as { what: string; bytes: Uint8Array }[]);

/** Not secret: the commitment stands in the body, the name of a local key in the envelope. */
const PUBLIC = ['envelope/1 salt', 'envelope/1 local id'];

vi.mock('node:crypto', async (original) => {
  const crypto = await original<typeof Crypto>();
  const hkdfSync: typeof crypto.hkdfSync = (...args) => {
    const derived = crypto.hkdfSync(...args);
    const what = typeof args[3] === 'string' ? args[3] : 'bytes';
    if (!PUBLIC.includes(what)) seen.push({ what, bytes: new Uint8Array(derived) });
    return derived;
  };
  return { ...crypto, hkdfSync };
});

function watchDataKeys(keyring: Keyring): void {
  const [makeKey, unwrap] = [keyring.makeKey.bind(keyring), keyring.unwrap.bind(keyring)];
  const watch = (dataKey: DataKey): void => void seen.push({ what: 'data key', bytes: dataKey.bytes });
  vi.spyOn(keyring, 'makeKey').mockImplementation(async (...args) => {
    const made = await makeKey(...args);
    watch(made.dataKey);
    return made;
  });
  vi.spyOn(keyring, 'unwrap').mockImplementation(async (...args) => {
    const opened = await unwrap(...args);
    watch(opened.dataKey);
    return opened;
  });
}

let engine: TestEngine;
let sealed: Sealed;

beforeAll(async () => {
  engine = await makeTestEngine();
  watchDataKeys(engine.keyring);
});
afterAll(async () => {
  vi.restoreAllMocks();
  await engine[Symbol.asyncDispose]();
});
beforeEach(async () => {
  sealed = await freshPair(engine, 'tax papers', { hideNames: true });
  seen.length = 0;
});

/** An engine whose pool sees that keys are whole while it works, and then does the job or throws. */
function watching(fail: boolean): Engine {
  const pool: StreamRunner = {
    run: async (job, options) => {
      for (const key of job.kind === 'reseal' ? [job.fileKey, job.oldKey] : [job.fileKey])
        expect(key.some((byte) => byte !== 0)).toBe(true);
      if (fail) throw new Error('the worker is gone');
      return await engine.pool.run(job, options);
    },
    [Symbol.asyncDispose]: async () => {},
  };
  return { ...engine, pool };
}

/** What is done, and which keys there are meanwhile; `<id>` is the key of a body. */
const works: readonly [what: string, keys: readonly string[], work: (watched: Engine) => Promise<unknown>][] =
  [
    [
      'sealing',
      ['<id>', 'data key', 'envelope/1 content', 'envelope/1 local wrap', 'envelope/1 mac'],
      async (watched) => {
        const source = path.join(await freshFolder(engine), 'report.pdf');
        await writeFile(source, 'tax papers');
        await seal(watched, sealRequest(engine, source, { hideNames: true }));
      },
    ],
    [
      'opening',
      ['<id>', 'data key', 'envelope/1 content', 'envelope/1 local wrap', 'envelope/1 mac'],
      async (watched) => {
        const folder = await freshFolder(engine);
        await open(watched, await readEnvelopeFile(sealed.envelope), { folder, collision: 'keep-both' });
      },
    ],
    [
      'verifying',
      ['<id>', 'data key', 'envelope/1 content', 'envelope/1 local wrap', 'envelope/1 mac'],
      async (watched) => {
        await verify(watched, await readEnvelopeFile(sealed.envelope));
      },
    ],
    [
      'sealing again',
      ['<id>', '<id>', 'data key', 'data key', 'envelope/1 content', 'envelope/1 content'],
      async (watched) => {
        await reseal(watched, sealed.envelope, { keys: [engine.local] });
      },
    ],
  ];

/** Every key that was seen is zero, and those of `keys` were among them. */
function expectWiped(keys: readonly string[]): void {
  const known = seen.map(({ what }) => (/^[0-9a-f-]{36}$/.test(what) ? '<id>' : what));
  for (const key of new Set(keys)) {
    const count = (all: readonly string[]): number => all.filter((one) => one === key).length;
    expect(count(known), key).toBeGreaterThanOrEqual(count(keys));
  }
  expect(seen.filter(({ bytes }) => bytes.some((byte) => byte !== 0)).map(({ what }) => what)).toEqual([]);
}

describe('every key is zero', () => {
  it.each(works)('after %s', async (_what, keys, work) => {
    await work(watching(false));
    expectWiped(keys);
  });

  it.each(works)('after %s that failed', async (_what, keys, work) => {
    await expect(work(watching(true))).rejects.toThrow('the worker is gone');
    expectWiped(keys);
  });

  it('after a rewrap, done or refused', async () => {
    const another = { provider: 'local', key: `local:${'A'.repeat(22)}` } as const;
    await expect(rewrap(engine, sealed.envelope, { add: [another], remove: [] })).rejects.toMatchObject({
      code: 'key-not-found',
    });
    expectWiped(['data key', 'envelope/1 mac', 'envelope/1 local wrap']);
    await rewrap(engine, sealed.envelope, { add: [engine.local], remove: [] });
    expectWiped(['data key', 'data key', 'envelope/1 mac', 'envelope/1 local wrap']);
  });

  it('after an envelope that was altered', async () => {
    const { envelope, ...file } = await readEnvelopeFile(sealed.envelope);
    const altered = { ...file, envelope: { ...envelope, mac: new Uint8Array(32) } };
    await expect(verify(engine, altered)).rejects.toMatchObject({ code: 'envelope-altered' });
    expectWiped(['data key', 'envelope/1 mac', 'envelope/1 local wrap']);
  });
});
