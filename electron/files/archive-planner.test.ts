import { execFileSync } from 'node:child_process';
import { chmodSync, symlinkSync, truncateSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asNobody, makeTree, temporaryFolder } from './archive-fixture.ts';
import { encodeHeader } from './archive-header.ts';
import { planArchive } from './archive-planner.ts';
import { ArchiveSource } from './archive-source.ts';

describe('planArchive', () => {
  it.each([
    ['file', 'secret'],
    ['folder', 'closed/'],
  ])('refuses a folder with a %s that cannot be read', async (_kind, path) => {
    using folder = temporaryFolder();
    makeTree(folder.path, [{ path: 'a' }, { path, mode: 0 }]);
    chmodSync(folder.path, 0o755);
    const details = expect.objectContaining({ path: path.replace('/', '') });
    await asNobody(async () => {
      await expect(planArchive(folder.path)).rejects.toMatchObject({ code: 'source-unreadable', details });
    });
  });

  it('can be cancelled', async () => {
    using folder = temporaryFolder();
    const signal = AbortSignal.abort();
    await expect(planArchive(folder.path, { signal })).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('leaves out links and special files and says so, and what is excluded without a word', async () => {
    using folder = temporaryFolder();
    makeTree(folder.path, [{ path: 'a/b' }, { path: 'out/c' }]);
    symlinkSync('b', join(folder.path, 'a/link'));
    execFileSync('mkfifo', [join(folder.path, 'pipe')]);
    const { plan, leftOut } = await planArchive(folder.path, { exclude: [join(folder.path, 'out')] });
    expect(plan.entries.map(({ path }) => path)).toEqual(['a', 'a/b']);
    expect(leftOut).toEqual([
      { path: 'a/link', why: 'link' },
      { path: 'pipe', why: 'special' },
    ]);
  });

  it('plans a file above 8 GiB without reading it', async () => {
    using folder = temporaryFolder();
    makeTree(folder.path, [{ path: 'big' }, { path: 'c', bytes: 'x' }]);
    truncateSync(join(folder.path, 'big'), 9 * 2 ** 30 + 1);
    utimesSync(join(folder.path, 'big'), 1, 1);
    const { plan } = await planArchive(folder.path);
    const [big, last] = plan.entries;
    expect(big?.size).toBe(9 * 2 ** 30 + 1);
    expect(last?.offset).toBe(1536 + 9 * 2 ** 30 + 512);
    const end = Buffer.alloc(4);
    using source = new ArchiveSource(plan);
    const header = last === undefined ? 0 : encodeHeader(last).length;
    source.read(end, (last?.offset ?? 0) + header - 1);
    expect(end).toEqual(Buffer.from('\0x\0\0'));
  });

  it('plans an empty folder', async () => {
    using folder = temporaryFolder();
    const { plan } = await planArchive(folder.path);
    using source = new ArchiveSource(plan);
    const archive = Buffer.alloc(plan.size, 0xff);
    source.read(archive, 0);
    expect(archive).toEqual(Buffer.alloc(1024));
  });
});
