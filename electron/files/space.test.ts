import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freeBytes, needSpace, needSpaceForAll } from './space.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'space-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe('needSpace', () => {
  it('refuses more than there is, with figures', async () => {
    await expect(needSpace(folder, 1e18)).rejects.toMatchObject({
      code: 'disk-full',
      details: { folder, needed: 1e18, free: expect.any(Number) },
    });
  });

  it('asks the disk of a folder that is still to be made', async () => {
    const later = path.join(folder, 'a', 'b');
    await needSpace(later, 1);
    await expect(needSpace(later, 1e18)).rejects.toMatchObject({
      code: 'disk-full',
      details: { folder: later },
    });
  });

  it('names the file that stands where a folder should be, not what would lie below it', async () => {
    const file = path.join(folder, 'file');
    await writeFile(file, '');
    await expect(freeBytes(path.join(file, 'a', 'b'))).rejects.toMatchObject({
      code: 'target-missing',
      details: { path: file },
    });
  });

  it('adds up what goes to one disk', async () => {
    const most = Math.floor((await freeBytes(folder)) * 0.6);
    await needSpaceForAll([{ folder, bytes: most }]);
    await expect(
      needSpaceForAll([
        { folder, bytes: most },
        { folder: path.join(folder, 'later'), bytes: most },
      ]),
    ).rejects.toMatchObject({ code: 'disk-full', details: { folder, needed: 2 * most } });
  });
});
