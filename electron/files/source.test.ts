import { execFileSync } from 'node:child_process';
import type * as fs from 'node:fs/promises';
import { mkdir, mkdtemp, open, rename, rm, symlink, writeFile } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openSource } from './source.ts';
import { readStart } from './read-start.ts';

vi.mock('node:fs/promises', { spy: true });

let folder: string;
const at = (name: string) => path.join(folder, name);
const special = { code: 'source-special' };

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'source-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe('openSource', () => {
  it('refuses what is not there', async () => {
    await expect(openSource(at('none'))).rejects.toMatchObject({ code: 'source-missing' });
  });

  it('refuses a folder, a pipe, a socket and a device without waiting', async () => {
    await mkdir(at('folder'));
    await expect(openSource(at('folder'))).rejects.toMatchObject(special);
    execFileSync('mkfifo', [at('pipe')]);
    await expect(openSource(at('pipe'))).rejects.toMatchObject(special);
    await expect(openSource('/dev/null')).rejects.toMatchObject(special);
    const server = net.createServer();
    await new Promise<void>((resolve) => {
      server.listen(at('socket'), resolve);
    });
    await expect(openSource(at('socket'))).rejects.toMatchObject(special);
    server.close();
  });

  it('follows a link the user named, and refuses it where a program came upon it', async () => {
    await writeFile(at('file'), 'text');
    await symlink('file', at('link'));
    const opened = await openSource(at('link'));
    expect(opened.identity.size).toBe(4n);
    await opened.handle.close();
    await expect(openSource(at('link'), { noFollow: true })).rejects.toMatchObject(special);
  });

  it('refuses a link that leads nowhere or in a circle', async () => {
    await symlink('gone', at('dangling'));
    await expect(openSource(at('dangling'))).rejects.toMatchObject({ code: 'source-missing' });
    await symlink('circle', at('circle'));
    await expect(openSource(at('circle'))).rejects.toMatchObject(special);
  });

  it.each([
    ['another file', { noFollow: false }],
    ['a link to another', { noFollow: false }],
    ['a link to another', { noFollow: true }],
    ['a pipe', { noFollow: false }],
  ])('refuses %s put in its place between the look and the opening (%j)', async (what, options) => {
    await writeFile(at('file'), 'text');
    await writeFile(at('other'), 'another');
    const { open: really } = await vi.importActual<typeof fs>('node:fs/promises');
    vi.mocked(open).mockImplementationOnce(async (...given) => {
      await rm(at('file'));
      if (what === 'a pipe') execFileSync('mkfifo', [at('file')]);
      else if (what === 'another file') await rename(at('other'), at('file'));
      else await symlink('other', at('file'));
      return await really(...given);
    });
    await expect(openSource(at('file'), options)).rejects.toMatchObject(special);
    expect(open).toHaveBeenCalledOnce();
    vi.mocked(open).mockClear();
  });

  it('says what it opened', async () => {
    await writeFile(at('file'), 'text');
    const { handle, identity, stats } = await openSource(at('file'));
    expect(stats.isFile()).toBe(true);
    expect(identity).toMatchObject({ inode: stats.ino, size: 4n, modifiedNs: stats.mtimeNs });
    expect((await readStart(handle, 4)).toString()).toBe('text');
    await handle.close();
  });
});
