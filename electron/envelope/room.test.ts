/** @file Room on the disk is looked for before any key is asked for (FORMAT.md section 3: planned from F). */
import { type StatFsOptions, type BigIntStatsFs } from 'node:fs';
import { readdir, statfs, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { bodyLength } from '../stream/sizes.ts';
import { MAX_ENVELOPE_BYTES } from './codec.ts';
import { freshFolder, freshPair, makeTestEngine, sealRequest, type TestEngine } from './engine.fixture.ts';
import { open } from './open.ts';
import { readEnvelopeFile } from './read.ts';
import { seal } from './seal.ts';

vi.mock('node:fs/promises', { spy: true });

let engine: TestEngine;

beforeEach(async () => {
  engine = await makeTestEngine();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await engine[Symbol.asyncDispose]();
});

/** From now on this user may write `free` bytes more. */
async function leaveFree(free: number): Promise<void> {
  const real = await statfs(engine.folder, { bigint: true });
  const full: BigIntStatsFs = Object.assign(real, { bsize: 1n, bavail: BigInt(free) });
  vi.mocked(
    statfs as (path: string, options: StatFsOptions & { bigint: true }) => Promise<BigIntStatsFs>,
  ).mockResolvedValue(full);
}

describe('a disk that is nearly full', () => {
  it('refuses an open by one byte before any key is asked for, and takes what fits', async () => {
    const sealed = await freshPair(engine, 'tax papers');
    const file = await readEnvelopeFile(sealed.envelope);
    const folder = await freshFolder(engine);
    const unwrap = vi.spyOn(engine.keyring, 'unwrap');
    await leaveFree(9);
    await expect(open(engine, file, { folder, collision: 'keep-both' })).rejects.toMatchObject({
      code: 'disk-full',
      details: { folder, needed: 10, free: 9 },
    });
    expect(unwrap).not.toHaveBeenCalled();
    expect(await readdir(folder)).toEqual([]);
    await leaveFree(10);
    expect(await open(engine, file, { folder, collision: 'keep-both' })).toMatchObject({ size: 10 });
  });

  it('refuses a seal by one byte before any key is asked for, and takes what fits', async () => {
    const source = path.join(await freshFolder(engine), 'report.pdf');
    const folder = await freshFolder(engine);
    await writeFile(source, 'tax papers');
    const makeKey = vi.spyOn(engine.keyring, 'makeKey');
    const needed = bodyLength(10) + MAX_ENVELOPE_BYTES;
    await leaveFree(needed - 1);
    await expect(seal(engine, sealRequest(engine, source, { folder }))).rejects.toMatchObject({
      code: 'disk-full',
      details: { folder, needed, free: needed - 1 },
    });
    expect(makeKey).not.toHaveBeenCalled();
    expect(await readdir(folder)).toEqual([]);
    await leaveFree(needed);
    expect(await seal(engine, sealRequest(engine, source, { folder }))).toMatchObject({ size: 10 });
  });
});
