/** @file The key of the segments is overwritten on every way out (FORMAT.md section 3). */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { StreamRunner } from '../stream/job.ts';
import { freshFolder, freshPair, makeTestEngine, sealRequest, type TestEngine } from './engine.fixture.ts';
import type { Engine } from './engine.ts';
import { open } from './open.ts';
import { readEnvelopeFile } from './read.ts';
import { seal, type Sealed } from './seal.ts';
import { verify } from './verify.ts';

let engine: TestEngine;
/** The keys that jobs were given: the same bytes, not copies. */
let seen: Uint8Array[];
let sealed: Sealed;

beforeAll(async () => {
  engine = await makeTestEngine();
});
afterAll(async () => {
  await engine[Symbol.asyncDispose]();
});
beforeEach(async () => {
  seen = [];
  sealed = await freshPair(engine);
});

/** An engine whose pool remembers the keys, and then does the job or throws. */
function watching(fail: boolean): Engine {
  const pool: StreamRunner = {
    run: async (job, options) => {
      expect(job.fileKey.some((byte) => byte !== 0)).toBe(true);
      seen.push(job.fileKey);
      if (fail) throw new Error('the worker is gone');
      return await engine.pool.run(job, options);
    },
    [Symbol.asyncDispose]: async () => {},
  };
  return { ...engine, pool };
}

const works = [
  [
    'sealing',
    async (watched: Engine) => {
      const source = path.join(await freshFolder(engine), 'report.pdf');
      await writeFile(source, 'tax papers');
      await seal(watched, sealRequest(engine, source));
    },
  ],
  [
    'opening',
    async (watched: Engine) => {
      const folder = await freshFolder(engine);
      await open(watched, await readEnvelopeFile(sealed.envelope), { folder, collision: 'keep-both' });
    },
  ],
  [
    'verifying',
    async (watched: Engine) => {
      await verify(watched, await readEnvelopeFile(sealed.envelope));
    },
  ],
] as const;

describe('the file key is zero', () => {
  it.each(works)('after %s', async (_what, work) => {
    await work(watching(false));
    expect(seen).toEqual([new Uint8Array(32)]);
  });

  it.each(works)('after %s that failed', async (_what, work) => {
    await expect(work(watching(true))).rejects.toThrow('the worker is gone');
    expect(seen).toEqual([new Uint8Array(32)]);
  });
});
