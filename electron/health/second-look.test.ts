import { rename, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freshFolder, makeTestEngine, sealRequest, type TestEngine } from '../envelope/engine.fixture.ts';
import { seal } from '../envelope/seal.ts';
import { FolderPairs } from './folder-pairs.ts';

let engine: TestEngine;
let folder: string;

beforeAll(async () => {
  engine = await makeTestEngine();
});
afterAll(async () => {
  await engine[Symbol.asyncDispose]();
});
beforeEach(async () => {
  folder = await freshFolder(engine);
});

const at = (name: string): string => path.join(folder, name);

async function pairs(count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    await writeFile(at(`${n}`), `${n}`);
    await seal(engine, sealRequest(engine, at(`${n}`), { binOriginal: true }));
  }
}

/** Looks at the envelopes `names`, with room for two files that do not pair. */
async function look(bodies: number, names: readonly string[]) {
  const found: Record<string, string> = {};
  const onFound = {
    pair: async (
      { path: file }: { path: string },
      { body, error }: { body?: { path: string }; error?: { code: string } },
    ) => {
      found[path.basename(file)] = body === undefined ? (error?.code ?? '') : path.basename(body.path);
      await Promise.resolve();
    },
    unread: (file: string, { code }: { code: string }) => {
      found[path.basename(file)] = code;
    },
    alone: (file: string) => {
      found[path.basename(file)] = 'alone';
    },
  };
  const looked = new FolderPairs(folder, onFound, { mostHeld: 2 });
  for (let n = 0; n < bodies; n += 1) looked.body('some.enc');
  for (const name of names) await looked.envelope(name);
  await looked.finish();
  return found;
}

describe('where more files do not pair than are held', () => {
  it('each envelope finds its body, or hears that there is none', async () => {
    await pairs(7);
    for (let n = 0; n < 6; n += 1) await rename(at(`${n}.enc`), at(`body ${n}.enc`));
    await unlink(at('body 3.enc'));
    const names = Array.from({ length: 7 }, (_, n) => `${n}.envelope`);
    expect(await look(6, names)).toEqual({
      '0.envelope': 'body 0.enc',
      '1.envelope': 'body 1.enc',
      '2.envelope': 'body 2.enc',
      '3.envelope': 'body-missing',
      '4.envelope': 'body 4.enc',
      '5.envelope': 'body 5.enc',
      '6.envelope': '6.enc',
    });
  });

  it('each body without an envelope is told', async () => {
    await pairs(7);
    for (let n = 0; n < 5; n += 1) await unlink(at(`${n}.envelope`));
    expect(await look(7, ['5.envelope', '6.envelope'])).toEqual({
      '0.enc': 'alone',
      '1.enc': 'alone',
      '2.enc': 'alone',
      '3.enc': 'alone',
      '4.enc': 'alone',
      '5.envelope': '5.enc',
      '6.envelope': '6.enc',
    });
  });

  it('an envelope that goes away meanwhile is not mentioned', async () => {
    await pairs(1);
    await unlink(at('0.envelope'));
    await unlink(at('0.enc'));
    expect(await look(0, ['0.envelope'])).toEqual({});
  });
});
