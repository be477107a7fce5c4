import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  freshFolder,
  makeTestEngine,
  overwrite,
  sealRequest,
  type TestEngine,
  withPool,
} from './engine.fixture.ts';
import type { Engine } from './engine.ts';
import { readEnvelopeFile } from './read.ts';
import { seal } from './seal.ts';
import { verify } from './verify.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let engine: TestEngine;

beforeAll(async () => {
  engine = await makeTestEngine();
});
afterAll(async () => {
  await engine[Symbol.asyncDispose]();
});

async function freshFile(bytes: Uint8Array | string = 'tax papers', name = 'report.pdf'): Promise<string> {
  const file = path.join(await freshFolder(engine), name);
  await writeFile(file, bytes);
  return file;
}

describe('originals', () => {
  it('go to the bin after the pair was read back', async () => {
    const file = await freshFile();
    const sealed = await seal(engine, sealRequest(engine, file, { binOriginal: true }));
    expect(sealed).toMatchObject({ binned: true, notes: [] });
    expect(engine.bin).toContain(file);
    expect(await verify(engine, await readEnvelopeFile(sealed!.envelope))).toMatchObject({
      name: 'report.pdf',
    });
  });

  it('stay if the disk gives something else back', async () => {
    const file = await freshFile(randomBytes(2_000_000));
    let jobs = 0;
    const damaging = withPool(engine, async () => {
      jobs += 1;
      const folder = path.dirname(file);
      const partial = (await readdir(folder)).find((name) => name.endsWith('.enc.partial'));
      if (jobs === 1 && partial !== undefined)
        await overwrite(path.join(folder, partial), 1_500_000, Buffer.of(0x55, 0x55));
    });
    await expect(seal(damaging, sealRequest(engine, file, { binOriginal: true }))).rejects.toMatchObject({
      code: 'body-altered',
    });
    expect(await readdir(path.dirname(file))).toEqual(['report.pdf']);
  });

  it('stay if the bin does not take them, which is said and is no failure', async () => {
    const file = await freshFile();
    const full: Engine = { ...engine, moveToBin: async () => await Promise.reject(new Error('no bin here')) };
    const sealed = await seal(full, sealRequest(engine, file, { binOriginal: true }));
    expect(sealed).toMatchObject({
      binned: false,
      notes: [{ path: file, code: 'original-kept', error: { code: 'io-failed' } }],
    });
    expect(existsSync(file)).toBe(true);
  });

  it('stay if a folder holds what an archive does not keep', async () => {
    const folder = await freshFolder(engine);
    await mkdir(path.join(folder, 'docs'));
    await symlink('/etc/hosts', path.join(folder, 'docs', 'link'));
    const sealed = await seal(
      engine,
      sealRequest(engine, path.join(folder, 'docs'), { kind: 'folder', binOriginal: true }),
    );
    expect(sealed).toMatchObject({ binned: false, leftOut: [{ path: 'link', why: 'link' }] });
    expect(existsSync(path.join(folder, 'docs', 'link'))).toBe(true);
  });
});
