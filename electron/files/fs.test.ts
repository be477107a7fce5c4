/** @file Calls made at once and calls handed over do the same, and fail in the same way. */
import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { constants } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type * as atOnce from './at-once.ts';
import type * as subject from './fs.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'envelope-fs-'));
});
afterEach(async () => {
  vi.doUnmock('./at-once.ts');
  await rm(folder, { recursive: true });
});
const at = (name: string) => path.join(folder, name);

/** How calls are made: `always` means that no slow call changes it, so that the test sees what it names. */
const ways = ['as in a window', 'always at once', 'always handed over by descriptor'] as const;

async function load(way: (typeof ways)[number]): Promise<typeof subject> {
  vi.resetModules();
  const real = await vi.importActual<typeof atOnce>('./at-once.ts');
  class Always {
    async make<T>(now: () => T, handedOver: () => Promise<T>): Promise<T> {
      return way === 'always at once' ? now() : await handedOver();
    }
  }
  if (way !== 'as in a window')
    vi.doMock('./at-once.ts', () => ({ ...real, isAtOnceAllowed: () => true, CallKind: Always }));
  return await import('./fs.ts');
}

describe.for(ways)('%s', (way) => {
  it('a file is written, read and looked at', async () => {
    const fs = await load(way);
    await using file = await fs.open(at('file'), 'wx+', 0o600);
    await file.writeFile('0123');
    await file.writeFile(Buffer.from('45'));
    await file.writeFile(['6', '7']);
    expect(await file.write(Buffer.from('-abc-'), 1, 3, 1)).toMatchObject({ bytesWritten: 3 });
    await file.truncate(7);
    await file.chmod(0o640);
    await file.chown(process.getuid?.() ?? 0, process.getgid?.() ?? 0);
    await file.datasync();
    await file.sync();
    const into = Buffer.alloc(4, '.');
    expect(await file.read(into, 1, 3, 4)).toMatchObject({ bytesRead: 3 });
    expect(into.toString()).toBe('.456');
    expect(await file.read(into, 0, 4, 7)).toMatchObject({ bytesRead: 0 });
    expect((await file.stat()).size).toBe(7);
    expect((await file.stat({ bigint: true })).mode & 0o777n).toBe(0o640n);
    await file.close();
    await file.close();
    expect(await readFile(at('file'), 'utf8')).toBe('0abc456');
  });

  it('names are given, taken and asked for', async () => {
    const fs = await load(way);
    await writeFile(at('file'), 'text');
    await symlink('file', at('pointer'));
    await fs.link(at('file'), at('linked'));
    await fs.rename(at('linked'), at('renamed'));
    expect((await fs.lstat(at('pointer'))).isSymbolicLink()).toBe(true);
    expect((await fs.lstat(at('pointer'), { bigint: true })).isSymbolicLink()).toBe(true);
    expect((await fs.lstatIfThere(at('pointer')))?.isSymbolicLink()).toBe(true);
    expect((await fs.stat(at('pointer'))).size).toBe(4);
    expect((await fs.stat(at('renamed'), { bigint: true })).nlink).toBe(2n);
    expect((await fs.statIfThere(at('pointer')))?.size).toBe(4n);
    await fs.unlink(at('file'));
    expect(await fs.statIfThere(at('pointer'))).toBeUndefined();
    expect(await fs.lstatIfThere(at('file'))).toBeUndefined();
    expect(await fs.lstatIfThere(at('renamed/below'))).toBeUndefined();
    expect((await fs.statfs(folder, { bigint: true })).bsize).toBeGreaterThan(0n);
  });

  it.for<[string, string, (fs: typeof subject) => Promise<unknown>]>([
    ['ENOENT', 'open', async (fs) => await fs.open(at('gone'), 'r')],
    ['EEXIST', 'open', async (fs) => await fs.open(at('file'), 'wx', 0o600)],
    ['ENOTDIR', 'open', async (fs) => await fs.open(at('file/below'), 'r')],
    ['ELOOP', 'open', async (fs) => await fs.open(at('pointer'), constants.O_RDONLY | constants.O_NOFOLLOW)],
    ['ENOENT', 'stat', async (fs) => await fs.stat(at('gone'))],
    ['ENOENT', 'lstat', async (fs) => await fs.lstat(at('gone'))],
    ['ENAMETOOLONG', 'lstat', async (fs) => await fs.lstatIfThere(at('n'.repeat(300)))],
    ['ENAMETOOLONG', 'stat', async (fs) => await fs.statIfThere(at('n'.repeat(300)))],
    ['ENOENT', 'statfs', async (fs) => await fs.statfs(at('gone'), { bigint: true })],
    ['EEXIST', 'link', async (fs) => await fs.link(at('file'), at('pointer'))],
    ['ENOENT', 'rename', async (fs) => await fs.rename(at('gone'), at('other'))],
    ['ENOENT', 'unlink', async (fs) => await fs.unlink(at('gone'))],
    ['EBADF', 'write', async (fs) => await (await opened(fs)).write(Buffer.from('x'), 0, 1, 0)],
    ['EISDIR', 'read', async (fs) => await (await opened(fs, folder)).read(Buffer.alloc(1), 0, 1, 0)],
  ])('%s of %s is the same error', async ([code, syscall, call]) => {
    const fs = await load(way);
    await writeFile(at('file'), 'text');
    await chmod(at('file'), 0o600);
    await symlink('file', at('pointer'));
    await mkdir(at('folder'));
    await expect(call(fs)).rejects.toMatchObject({ code, syscall });
  });
});

/** Opened for reading only; the test's process closes it on ending. */
async function opened(fs: typeof subject, file = at('file')) {
  const handle = await fs.open(file, 'r');
  return handle;
}
