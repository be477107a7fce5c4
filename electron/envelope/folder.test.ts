import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  freshFolder,
  freshPair,
  makeTestEngine,
  overwrite,
  sealRequest,
  type TestEngine,
  timeAndMode,
} from './engine.fixture.ts';
import { open } from './open.ts';
import { readEnvelopeFile } from './read.ts';
import { seal, type Sealed } from './seal.ts';
import { verify } from './verify.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let engine: TestEngine;

beforeAll(async () => {
  engine = await makeTestEngine();
});
afterAll(async () => {
  await engine[Symbol.asyncDispose]();
});

const openIn = async (envelope: string, folder = path.dirname(envelope), more = {}) =>
  await open(engine, await readEnvelopeFile(envelope), { folder, collision: 'keep-both', ...more });

/** Open and verify both refuse, and leave the folder as it was. */
async function expectRefused(sealed: Sealed, error: object): Promise<void> {
  const before = await readdir(path.dirname(sealed.envelope));
  const file = await readEnvelopeFile(sealed.envelope);
  const request = { folder: path.dirname(sealed.envelope), collision: 'keep-both' } as const;
  await expect(open(engine, file, request)).rejects.toMatchObject(error);
  await expect(verify(engine, file)).rejects.toMatchObject(error);
  expect(await readdir(path.dirname(sealed.envelope))).toEqual(before);
}

describe('a folder as one archive', () => {
  async function freshTree(): Promise<string> {
    const folder = path.join(await freshFolder(engine), 'docs');
    await mkdir(path.join(folder, 'empty'), { recursive: true });
    await mkdir(path.join(folder, 'a', 'b'), { recursive: true });
    await writeFile(path.join(folder, 'a', 'b', 'big.bin'), randomBytes(2_500_000));
    await writeFile(path.join(folder, 'näme.txt'), 'x', { mode: 0o600 });
    await utimes(path.join(folder, 'a'), 1_600_000_000, 1_600_000_000);
    return folder;
  }

  it('comes back with bytes, times and modes', async () => {
    const folder = await freshTree();
    const sealed = await seal(engine, sealRequest(engine, folder, { kind: 'folder', verify: true }));
    const opened = await openIn(sealed!.envelope, await freshFolder(engine));
    expect(opened).toMatchObject({ kind: 'folder', notes: [] });
    expect(await readFile(path.join(opened!.path, 'a/b/big.bin'))).toEqual(
      await readFile(path.join(folder, 'a/b/big.bin')),
    );
    for (const name of ['', 'a', 'empty', 'näme.txt', 'a/b/big.bin']) {
      const [was, is] = [
        await timeAndMode(path.join(folder, name)),
        await timeAndMode(path.join(opened!.path, name)),
      ];
      expect(is, name).toEqual(was);
    }
  });

  it('leaves no half folder if its last segment is damaged', async () => {
    const folder = await freshTree();
    const sealed = await freshPair(engine, undefined, {
      path: folder,
      kind: 'folder',
      folder: path.dirname(folder),
    });
    await overwrite(sealed.body, 2_400_000, Buffer.from('damage'));
    await expectRefused(sealed, { code: 'body-altered' });
  });

  it('a result inside the folder itself is refused', async () => {
    const folder = await freshTree();
    const inside = { path: folder, kind: 'folder', folder: path.join(folder, 'a') } as const;
    await expect(freshPair(engine, undefined, inside)).rejects.toMatchObject({ code: 'same-file' });
  });
});
