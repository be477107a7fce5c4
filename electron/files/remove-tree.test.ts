import { chmod, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { removeTree } from './remove-tree.ts';

let folder: string;
const at = (name: string) => path.join(folder, name);

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'remove-tree-'));
  await mkdir(at('kept'));
  await writeFile(at('kept/file'), 'text');
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe('removeTree', () => {
  it('follows no link, in it or as it', async () => {
    await mkdir(at('tree'));
    await symlink('../kept', at('tree/link'));
    await symlink('kept', at('link'));
    await removeTree(at('tree'));
    await removeTree(at('link'));
    expect(await readdir(folder)).toEqual(['kept']);
    expect(await readdir(at('kept'))).toEqual(['file']);
  });

  it('removes what was made read-only in it', async () => {
    await mkdir(at('tree/a/b'), { recursive: true });
    await writeFile(at('tree/a/b/file'), 'text', { mode: 0o400 });
    await chmod(at('tree/a/b'), 0o500);
    await chmod(at('tree/a'), 0o000);
    await removeTree(at('tree'));
    expect(await readdir(folder)).toEqual(['kept']);
  });

  it('takes a file, and nothing at all', async () => {
    await removeTree(at('kept/file'));
    await removeTree(at('kept/file'));
    expect(await readdir(at('kept'))).toEqual([]);
  });
});
