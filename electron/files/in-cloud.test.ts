import { truncate, writeFile } from 'node:fs/promises';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isInCloud, nameInCloud, sizeInCloud } from './in-cloud.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'envelope-cloud-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

describe('a file in the cloud', () => {
  it('has a length and no bytes, on the systems that have such drives', () => {
    for (const platform of ['darwin', 'win32']) {
      expect(isInCloud({ size: 1_000_000, blocks: 0 }, platform)).toBe(true);
      expect(isInCloud({ size: 1_000_000, blocks: 1954 }, platform)).toBe(false);
      // A small file may lie in the file system's own tables.
      expect(isInCloud({ size: 700, blocks: 0 }, platform)).toBe(false);
    }
    expect(isInCloud({ size: 1_000_000, blocks: 0 }, 'linux')).toBe(false);
  });

  it('is known without being opened', async () => {
    const hole = path.join(folder, 'hole.enc');
    await writeFile(hole, '');
    await truncate(hole, 1_000_000);
    expect(await sizeInCloud(hole, 'darwin')).toBe(1_000_000);
    expect(await sizeInCloud(hole, 'linux')).toBeUndefined();
    expect(await sizeInCloud(folder, 'darwin')).toBeUndefined();
    expect(await sizeInCloud(path.join(folder, 'none'), 'darwin')).toBeUndefined();
  });

  it('has another name on iCloud Drive', () => {
    expect(nameInCloud('.report.pdf.enc.icloud')).toBe('report.pdf.enc');
    expect(nameInCloud('report.pdf.enc')).toBeUndefined();
    expect(nameInCloud('..icloud')).toBeUndefined();
  });
});
