import { appendFile, mkdir, readdir, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  freshFolder,
  freshPair,
  makeTestEngine,
  sealRequest,
  type TestEngine,
  withPool,
} from './engine.fixture.ts';
import { open } from './open.ts';
import { readEnvelopeFile } from './read.ts';
import { seal, type Sealed } from './seal.ts';
import { verify } from './verify.ts';

let engine: TestEngine;

beforeAll(async () => {
  engine = await makeTestEngine();
});
afterAll(async () => {
  await engine[Symbol.asyncDispose]();
});

async function freshFolderPair(): Promise<Sealed> {
  const folder = path.join(await freshFolder(engine), 'docs');
  await mkdir(folder);
  await writeFile(path.join(folder, 'a.txt'), 'tax papers');
  const sealed = await seal(engine, sealRequest(engine, folder, { kind: 'folder' }));
  if (sealed === undefined) throw new Error('nothing was sealed');
  return sealed;
}

const grow = async (file: string) => {
  await appendFile(file, 'x');
};
const shrink = async (file: string) => {
  await truncate(file, 50);
};

describe('a body that changes its length after its last segment was verified', () => {
  it.each([
    ['a file', 'grows', 'body-altered', async () => await freshPair(engine), grow],
    ['a file', 'shrinks', 'body-cut-short', async () => await freshPair(engine), shrink],
    ['a folder', 'grows', 'body-altered', freshFolderPair, grow],
    ['a folder', 'shrinks', 'body-cut-short', freshFolderPair, shrink],
  ])('%s that %s is refused, and nothing of it stays', async (_what, _how, code, fresh, change) => {
    const sealed = await fresh();
    const changing = withPool(engine, async () => {
      await change(sealed.body);
    });
    const file = await readEnvelopeFile(sealed.envelope);
    const folder = await freshFolder(engine);
    await expect(open(changing, file, { folder, collision: 'keep-both' })).rejects.toMatchObject({ code });
    expect(await readdir(folder)).toEqual([]);
  });

  it('does not verify', async () => {
    const sealed = await freshPair(engine);
    const growing = withPool(engine, async () => {
      await grow(sealed.body);
    });
    await expect(verify(growing, await readEnvelopeFile(sealed.envelope))).rejects.toMatchObject({
      code: 'body-altered',
    });
  });
});
