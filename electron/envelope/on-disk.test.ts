/** @file What gets a final name is on disk before, and its name after (FORMAT.md section 5). */
import { existsSync } from 'node:fs';
import { type FileHandle, mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  freshFolder,
  freshPair,
  makeTestEngine,
  prototypeOfHandles,
  sealRequest,
  type TestEngine,
} from './engine.fixture.ts';
import { open } from './open.ts';
import { readEnvelopeFile } from './read.ts';
import { seal } from './seal.ts';

let engine: TestEngine;

beforeAll(async () => {
  engine = await makeTestEngine();
});
afterEach(() => {
  vi.restoreAllMocks();
});
afterAll(async () => {
  await engine[Symbol.asyncDispose]();
});

/** Every fsync from now on: of which file, its bytes then, and which of `finals` had their names. */
async function watchSyncs(...finals: string[]) {
  const syncs: { file: number; bytes: number; named: boolean[] }[] = [];
  vi.spyOn(await prototypeOfHandles(), 'sync').mockImplementation(async function (this: FileHandle) {
    const { ino, size } = await this.stat();
    syncs.push({ file: ino, bytes: size, named: finals.map((final) => existsSync(final)) });
  });
  return syncs;
}

/** How an fsync of `file`, as large as it is now, stands in the list; the length of a folder is its own affair. */
async function syncOf(file: string, named: boolean[]) {
  const stats = await stat(file);
  return { file: stats.ino, bytes: stats.isDirectory() ? expect.any(Number) : stats.size, named };
}

async function freshSource(): Promise<string> {
  const source = path.join(await freshFolder(engine), 'report.pdf');
  await writeFile(source, 'tax papers');
  return source;
}

describe('on disk', () => {
  it('are a body and its envelope before either has its name, and each name before the next', async () => {
    const source = await freshSource();
    const folder = await freshFolder(engine);
    const finals = ['report.pdf.enc', 'report.pdf.envelope'].map((name) => path.join(folder, name));
    const syncs = await watchSyncs(...finals);
    await seal(engine, sealRequest(engine, source, { folder }));
    expect(syncs).toEqual([
      await syncOf(finals[0]!, [false, false]),
      await syncOf(finals[1]!, [false, false]),
      await syncOf(folder, [true, false]),
      await syncOf(folder, [true, true]),
    ]);
  });

  it('is an opened file before it has its name, and its name after', async () => {
    const file = await readEnvelopeFile((await freshPair(engine)).envelope);
    const folder = await freshFolder(engine);
    const target = path.join(folder, 'report.pdf');
    const syncs = await watchSyncs(target);
    await open(engine, file, { folder, collision: 'keep-both' });
    expect(syncs).toEqual([await syncOf(target, [false]), await syncOf(folder, [true])]);
  });

  it('is an opened folder before it has its name, and its name after', async () => {
    const source = path.join(await freshFolder(engine), 'docs');
    await mkdir(source);
    await writeFile(path.join(source, 'a.txt'), 'tax papers');
    const sealed = await seal(engine, sealRequest(engine, source, { kind: 'folder' }));
    const file = await readEnvelopeFile(sealed!.envelope);
    const folder = await freshFolder(engine);
    const target = path.join(folder, 'docs');
    const syncs = await watchSyncs(target);
    await open(engine, file, { folder, collision: 'keep-both' });
    expect(syncs).toEqual([await syncOf(target, [false]), await syncOf(folder, [true])]);
  });
});

describe('a folder that stands under the name of an opened folder', () => {
  it('goes to the bin on replace, whole, and is never merged into', async () => {
    const source = path.join(await freshFolder(engine), 'docs');
    await mkdir(source);
    await writeFile(path.join(source, 'a.txt'), 'tax papers');
    const sealed = await seal(engine, sealRequest(engine, source, { kind: 'folder' }));
    await writeFile(path.join(source, 'b.txt'), 'written since');
    const folder = path.dirname(source);
    const binned: string[] = [];
    const binning = {
      ...engine,
      moveToBin: async (gone: string) => {
        binned.push(...(await readdir(gone)).sort());
        await engine.moveToBin(gone);
      },
    };
    const file = await readEnvelopeFile(sealed!.envelope);
    const opened = await open(binning, file, { folder, collision: 'replace' });
    expect(opened!.path).toBe(source);
    expect(engine.bin.at(-1)).toBe(source);
    expect(binned).toEqual(['a.txt', 'b.txt']);
    expect(await readdir(source)).toEqual(['a.txt']);
  });
});
