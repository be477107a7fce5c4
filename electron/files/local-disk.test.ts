import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isOnLocalDisk } from './local-disk.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'envelope-local-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

it.runIf(process.platform === 'linux')(
  'a disk of this machine is one, as is what will be made on it',
  async () => {
    await writeFile(path.join(folder, 'file'), '');
    expect(await isOnLocalDisk(path.join(folder, 'file'))).toBe(true);
    expect(await isOnLocalDisk(path.join(folder, 'not', 'there', 'yet'))).toBe(true);
  },
);

it('what the kernel only shows as files is none, and what other systems have is not known', async () => {
  expect(await isOnLocalDisk('/proc/self/status')).toBe(false);
  expect(await isOnLocalDisk(folder, { platform: 'darwin' })).toBe(false);
  expect(await isOnLocalDisk(folder, { platform: 'win32' })).toBe(false);
});
