import { mkdir, readFile, symlink, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runOpen } from '../jobs/batch.fixture.ts';
import { HEADER_BYTES } from '../stream/header.ts';
import {
  freshFolder,
  freshPair,
  makeTestEngine,
  prototypeOfHandles,
  type TestEngine,
} from './engine.fixture.ts';
import { FolderIndex, isPlaceholder } from './folder-index.ts';

let engine: TestEngine;

beforeAll(async () => {
  engine = await makeTestEngine();
});
afterAll(async () => {
  await engine[Symbol.asyncDispose]();
});

/** What a body begins with, the number in it. */
const bodyLike = (number: number): Buffer =>
  Buffer.concat([Buffer.from([0x28]), Buffer.alloc(63, String(number).padStart(9, '0'))]);

describe('an index of a folder', () => {
  it('has what begins as a body, and passes over everything else', async () => {
    const folder = await freshFolder(engine);
    const at = (name: string): string => path.join(folder, name);
    await writeFile(at('b.enc'), bodyLike(1));
    await writeFile(at('a.ENC'), bodyLike(1));
    await writeFile(at('other.bin'), bodyLike(2));
    await writeFile(at('short.enc'), bodyLike(3).subarray(0, 39));
    await writeFile(at('text.enc'), 'x'.repeat(100));
    await mkdir(at('folder.enc'));
    await symlink('/dev/zero', at('device.enc'));
    await symlink(at('gone'), at('dangling.enc'));
    await symlink(at('other.bin'), at('link.enc'));
    const bodies = [...(await new FolderIndex().bodies(folder)).values()].map((file) => path.basename(file));
    expect(bodies.sort()).toEqual(['a.ENC', 'link.enc']);
  });

  it('fetches nothing that is only in the cloud', async () => {
    const folder = await freshFolder(engine);
    const file = path.join(folder, 'cloud.enc');
    await writeFile(file, bodyLike(1));
    expect((await new FolderIndex().bodies(folder)).size).toBe(1);
    // Nothing of it is on the disk, as with a placeholder.
    await writeFile(file, '');
    await truncate(file, 5_000);
    expect((await new FolderIndex().bodies(folder)).size).toBe(0);
    expect(isPlaceholder({ size: 5_000, blocks: 0 })).toBe(true);
    expect(isPlaceholder({ size: 4_096, blocks: 0 })).toBe(false);
  });

  it('asks again about a folder that could not be read', async () => {
    const folder = path.join(await freshFolder(engine), 'later');
    const index = new FolderIndex();
    await expect(index.bodies(folder)).rejects.toMatchObject({ code: 'source-missing' });
    await mkdir(folder);
    expect((await index.bodies(folder)).size).toBe(0);
  });
});

it('a batch looks at each folder once, however many of its envelopes lack their body', async () => {
  const folder = await freshFolder(engine);
  const { envelope } = await freshPair(engine);
  const bytes = await readFile(envelope);
  for (let n = 0; n < 40; n += 1) {
    await writeFile(path.join(folder, `${n}.envelope`), bytes);
    await writeFile(path.join(folder, `x${n}.enc`), bodyLike(n));
  }
  const read = vi.spyOn(await prototypeOfHandles(), 'read');
  const { errors } = await runOpen(engine, [folder]);
  expect(errors.filter(({ code }) => code === 'body-missing')).toHaveLength(40);
  // Twice 40 bodies: once by the index, once where each is looked at for the envelope it may have.
  const ofBodies = read.mock.calls.filter((asked) => asked.some((value: unknown) => value === HEADER_BYTES));
  expect(ofBodies.length).toBeGreaterThan(40);
  expect(ofBodies.length).toBeLessThan(200);
  read.mockRestore();
});
