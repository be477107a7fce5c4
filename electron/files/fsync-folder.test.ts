import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { cannotFsync, fsyncFolder } from './fsync-folder.ts';

const error = (code: string) => Object.assign(new Error(code), { code, syscall: 'fsync' });

describe('fsyncFolder', () => {
  it('says that there is no such folder, to everybody who asked', async () => {
    const none = path.join(os.tmpdir(), 'fsync-folder-none');
    const results = await Promise.allSettled([fsyncFolder(none), fsyncFolder(none), fsyncFolder(none)]);
    for (const result of results) expect(result).toMatchObject({ reason: { code: 'target-missing' } });
    await expect(fsyncFolder(none)).rejects.toMatchObject({ code: 'target-missing' });
  });

  it('goes on after a failure, for who asked while it was under way and for later', async () => {
    const folder = path.join(await mkdtemp(path.join(os.tmpdir(), 'fsync-folder-')), 'later');
    const first = fsyncFolder(folder).catch(() => 'failed');
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
    const second = fsyncFolder(folder).catch(() => 'failed');
    expect(await Promise.all([first, second])).toEqual(['failed', 'failed']);
    await mkdir(folder);
    await fsyncFolder(folder);
    await rm(path.dirname(folder), { recursive: true });
  });

  it('serves many at once, and those who come later', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'fsync-folder-'));
    const first = fsyncFolder(folder);
    await Promise.all(Array.from({ length: 50 }, async () => await fsyncFolder(folder)));
    await first;
    await fsyncFolder(folder);
    await rm(folder, { recursive: true });
    await expect(fsyncFolder(folder)).rejects.toMatchObject({ code: 'target-missing' });
  });

  it('leaves out what a system cannot, and nothing else', () => {
    expect(cannotFsync(error('EINVAL'))).toBe(true);
    expect(cannotFsync(error('EIO'))).toBe(false);
    expect(cannotFsync(new Error('a bug'))).toBe(false);
  });
});
