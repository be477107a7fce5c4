import { chmod, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeFolder, Mirror } from './mirror.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'envelope-mirror-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('makeFolder', () => {
  it('makes what is missing, and says whether it did', async () => {
    expect(await makeFolder(path.join(folder, 'a', 'b', 'c'))).toBe(true);
    expect(await makeFolder(path.join(folder, 'a', 'b', 'c'))).toBe(false);
    expect((await stat(path.join(folder, 'a', 'b', 'c'))).isDirectory()).toBe(true);
  });

  it('refuses a name that a file has, and a file on the way', async () => {
    await writeFile(path.join(folder, 'file'), '');
    await expect(makeFolder(path.join(folder, 'file'))).rejects.toMatchObject({ code: 'name-taken' });
    await expect(makeFolder(path.join(folder, 'file', 'x'))).rejects.toMatchObject({
      code: 'target-missing',
    });
  });

  it.runIf(process.platform === 'linux')('ends where no folder can be made', async () => {
    await expect(makeFolder('/proc/envelope-test')).rejects.toMatchObject({ code: 'target-missing' });
    await expect(makeFolder('/proc/envelope-test/deeper')).rejects.toMatchObject({ code: 'target-missing' });
  });
});

describe('Mirror', () => {
  it('gives folders the permissions and times of the originals, deepest first', async () => {
    const mirror = new Mirror();
    const [outer, inner] = [path.join(folder, 'outer'), path.join(folder, 'outer', 'inner')];
    await mirror.make(outer, { mode: 0o500, modifiedMs: 1_000_000 });
    await mirror.make(inner, { mode: 0o700, modifiedMs: 2_000_000 });
    await writeFile(path.join(inner, 'file'), '');
    await mirror.finish();
    expect(Math.floor((await stat(outer)).mtimeMs)).toBe(1_000_000);
    expect(Math.floor((await stat(inner)).mtimeMs)).toBe(2_000_000);
    expect((await stat(outer)).mode & 0o777).toBe(0o500);
  });

  it('leaves a folder alone that was there', async () => {
    const there = path.join(folder, 'there');
    await mkdir(there);
    await chmod(there, 0o711);
    const mirror = new Mirror();
    await mirror.make(there, { mode: 0o500, modifiedMs: 1_000_000 });
    await mirror.finish();
    expect((await stat(there)).mode & 0o777).toBe(0o711);
  });
});
