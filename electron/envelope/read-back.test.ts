/** @file A pair that replaces another is read back under its temporary names (FORMAT.md section 5, Seal). */
import { type FileHandle, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  freshFolder,
  makeTestEngine,
  overwrite,
  prototypeOfHandles,
  sealRequest,
  type TestEngine,
  withPool,
} from './engine.fixture.ts';
import type { Engine } from './engine.ts';
import { seal, type SealRequest } from './seal.ts';

let engine: TestEngine;
/** Sealed already. */
let source: string;
let pair: Buffer[];

const readPair = async () => [await readFile(`${source}.enc`), await readFile(`${source}.envelope`)];

beforeAll(async () => {
  engine = await makeTestEngine();
});
afterAll(async () => {
  await engine[Symbol.asyncDispose]();
});
beforeEach(async () => {
  source = path.join(await freshFolder(engine), 'report.pdf');
  await writeFile(source, 'tax papers');
  await seal(engine, sealRequest(engine, source));
  pair = await readPair();
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** The disk damages the body right after its last segment was written. */
function damagingBody(): Engine {
  let jobs = 0;
  return withPool(engine, async () => {
    jobs += 1;
    const folder = path.dirname(source);
    const partial = (await readdir(folder)).find((name) => name.endsWith('.enc.partial'));
    if (jobs > 1 || partial === undefined) return;
    await overwrite(path.join(folder, partial), 45, Buffer.of(0x55, 0x55, 0x55));
  });
}

/** Refused with `code`; the old pair stands as it was, and nothing is beside it. */
async function expectRefused(sealing: Engine, more: Partial<SealRequest>, code: string): Promise<void> {
  await expect(seal(sealing, sealRequest(engine, source, more))).rejects.toMatchObject({ code });
  expect(await readPair()).toEqual(pair);
  expect((await readdir(path.dirname(source))).length).toBe(3);
}

describe('a pair that the disk gives back otherwise', () => {
  it('does not replace another, asked to be verified or not', async () => {
    await expectRefused(damagingBody(), { collision: 'replace' }, 'body-altered');
  });

  it('gets no name if it was to be verified', async () => {
    await expectRefused(damagingBody(), { verify: true }, 'body-altered');
  });

  it('does not replace another for its envelope either', async () => {
    const damaging = async function (this: FileHandle): Promise<void> {
      const first = Buffer.alloc(1);
      await this.read(first, 0, 1, 0);
      if (first.toString() === '{') await this.write(' ', 1);
    };
    vi.spyOn(await prototypeOfHandles(), 'sync').mockImplementation(damaging);
    await expectRefused(engine, { collision: 'replace' }, 'io-failed');
  });
});
