/** @file Sealing again that does not come to its end leaves the old pair, or is finished by the next start. */
import { copyFile, readdir, readFile, rename, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import * as atomic from '../files/atomic.ts';
import { Journal } from '../files/journal.ts';
import { recover } from '../files/recover.ts';
import type { StreamRunner } from '../stream/job.ts';
import { freshFolder, freshPair, overwrite, withPool } from './engine.fixture.ts';
import type { Engine } from './engine.ts';
import { open } from './open.ts';
import { readEnvelopeFile } from './read.ts';
import { reseal } from './reseal.ts';
import { first, type KmsEngine, makeKmsEngine, second } from './rewrap.fixture.ts';

vi.mock('../files/atomic.ts', { spy: true });

let engine: KmsEngine;

beforeAll(async () => {
  engine = await makeKmsEngine();
  await engine.keyring.approve(second.key);
});
afterAll(async () => {
  await engine[Symbol.asyncDispose]();
});
beforeEach(() => {
  engine.kms.calls.length = 0;
});
afterEach(() => {
  vi.restoreAllMocks();
});

const keys = () => [engine.local];
const opened = async (envelope: string, folder?: string) => {
  const to = folder ?? (await freshFolder(engine));
  const result = await open(engine, await readEnvelopeFile(envelope), { folder: to, collision: 'keep-both' });
  return result?.path ?? '';
};

/** Everything in a folder, its bytes too. */
async function lookAt(folder: string): Promise<Record<string, string>> {
  const names = await readdir(folder);
  return Object.fromEntries(
    await Promise.all(
      names.map(
        async (name) => [name, (await readFile(path.join(folder, name))).toString('base64')] as const,
      ),
    ),
  );
}

async function expectRefused(envelope: string, resealing: Promise<unknown>, code: string): Promise<void> {
  const folder = path.dirname(envelope);
  const before = await lookAt(folder);
  await expect(resealing).rejects.toMatchObject({ code });
  expect(await lookAt(folder)).toEqual(before);
}

describe('a pair is left as it was', () => {
  it('if a key refuses, or none opens it', async () => {
    const { envelope } = await freshPair(engine);
    engine.kms.refusals.set(second.key, 'kms-key-disabled');
    await expectRefused(envelope, reseal(engine, envelope, { keys: [second] }), 'kms-key-disabled');
    engine.kms.refusals.clear();
    const foreign = await freshPair(engine, 'x', { keys: [first] });
    engine.kms.refusals.set(first.key, 'kms-access-denied');
    await expectRefused(foreign.envelope, reseal(engine, foreign.envelope, { keys: keys() }), 'no-key-opens');
    engine.kms.refusals.clear();
  });

  it('if its envelope or its body was altered', async () => {
    const { envelope, body } = await freshPair(engine);
    const text = await readFile(envelope, 'utf8');
    await writeFile(envelope, text.replace('report.pdf', 'report.exe'));
    await expectRefused(envelope, reseal(engine, envelope, { keys: keys() }), 'envelope-altered');
    await writeFile(envelope, text);
    await overwrite(body, 45, Buffer.of(1, 2, 3));
    await expectRefused(envelope, reseal(engine, envelope, { keys: keys() }), 'body-altered');
  });

  it('if its halves are not together', async () => {
    const { envelope, body } = await freshPair(engine);
    const apart = path.join(path.dirname(body), 'other.enc');
    await rename(body, apart);
    await expectRefused(envelope, reseal(engine, envelope, { keys: keys() }), 'pair-apart');
    await symlink(apart, body);
    await expectRefused(envelope, reseal(engine, envelope, { keys: keys() }), 'pair-apart');
  });

  it('if somebody else changes it meanwhile', async () => {
    const { envelope, body } = await freshPair(engine);
    const bytes = await readFile(envelope);
    const rewriting = withPool(engine, async () => {
      await writeFile(envelope, Buffer.concat([bytes, Buffer.from('\n')]));
    });
    await expect(reseal(rewriting, envelope, { keys: keys() })).rejects.toMatchObject({
      code: 'envelope-changed',
    });
    await writeFile(envelope, bytes);
    let jobs = 0;
    const replacing = withPool(engine, async () => {
      jobs += 1;
      if (jobs > 1) return;
      await copyFile(body, `${body}.new`);
      await rename(`${body}.new`, body);
    });
    await expectRefused(envelope, reseal(replacing, envelope, { keys: keys() }), 'source-changed');
  });

  it('if the disk gives the new pair back otherwise', async () => {
    const { envelope } = await freshPair(engine);
    let jobs = 0;
    const damaging = withPool(engine, async () => {
      jobs += 1;
      const folder = path.dirname(envelope);
      const partial = (await readdir(folder)).find((name) => name.endsWith('.enc.partial'));
      if (jobs === 1 && partial !== undefined)
        await overwrite(path.join(folder, partial), 45, Buffer.of(9, 9));
    });
    await expectRefused(envelope, reseal(damaging, envelope, { keys: keys() }), 'body-altered');
  });

  it('if it is cancelled, also at the last moment', async () => {
    const { envelope } = await freshPair(engine);
    const abort = new AbortController();
    const late = reseal(
      engine,
      envelope,
      {
        keys: keys(),
        onReplace: async () => {
          await Promise.resolve();
          abort.abort();
        },
      },
      { signal: abort.signal },
    );
    await expectRefused(envelope, late, 'cancelled');
  });

  it('if what is to be noted before it is replaced cannot be', async () => {
    const { envelope } = await freshPair(engine);
    const onReplace = async () => await Promise.reject(Object.assign(new Error('x'), { code: 'usage' }));
    await expectRefused(envelope, reseal(engine, envelope, { keys: keys(), onReplace }), 'usage');
  });
});

describe('a crash while the new pair takes the place of the old', () => {
  it('between the two names is finished by the next start', async () => {
    const { envelope } = await freshPair(engine);
    const { folder: home } = engine;
    const journals = path.join(home, 'crashed');
    const journal = Journal.open(journals);
    const crashing = { ...engine, journal };
    // The second rename never happens, and nothing after it.
    const crash = vi.mocked(atomic.replaceName);
    const real = crash.getMockImplementation();
    let renames = 0;
    crash.mockImplementation(async (partial, final) => {
      renames += 1;
      if (renames === 2) throw new Error('killed');
      await rename(partial, final);
    });
    await expect(reseal(crashing, envelope, { keys: keys() })).rejects.toThrow('could not be finished');
    if (real === undefined) crash.mockReset();
    await journal.close();
    expect((await recover(journals)).map(({ did }) => did)).toEqual(['finished']);
    expect(await readFile(await opened(envelope), 'utf8')).toBe('tax papers');
    expect((await readdir(path.dirname(envelope))).length).toBe(2);
  });
});

describe('keys', () => {
  it('are overwritten on every way out, the old one and the new one', async () => {
    for (const fail of [false, true]) {
      const { envelope } = await freshPair(engine);
      const seen: Uint8Array[] = [];
      const pool: StreamRunner = {
        run: async (job, options) => {
          seen.push(job.fileKey, ...(job.kind === 'reseal' ? [job.oldKey] : []));
          if (fail) throw new Error('the worker is gone');
          return await engine.pool.run(job, options);
        },
        [Symbol.asyncDispose]: async () => {},
      };
      const watched: Engine = { ...engine, pool };
      await reseal(watched, envelope, { keys: keys() }).catch(() => undefined);
      expect(seen.length).toBe(fail ? 2 : 3);
      for (const key of seen) expect(key.every((byte) => byte === 0)).toBe(true);
      expect((await stat(envelope)).isFile()).toBe(true);
    }
  });
});
