import { link, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { refuseSameFile } from './same-file.ts';

let folder: string;
const at = (name: string) => path.join(folder, name);

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'same-file-'));
  await mkdir(at('x'));
  await writeFile(at('file'), 'text');
  await writeFile(at('other'), 'text');
  await symlink('file', at('link'));
  await symlink('.', at('loop'));
  await link(at('file'), at('hard'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe('refuseSameFile', () => {
  it.each(['file', 'x/../file', 'link', 'hard', 'loop/file', 'loop/x/../loop/hard'])(
    'refuses %s',
    async (name) => {
      // Not by path.join, which would resolve the name first.
      const output = `${folder}/${name}`;
      await expect(refuseSameFile(output, [at('other'), at('file')])).rejects.toMatchObject({
        code: 'same-file',
        details: { input: at('file'), output },
      });
    },
  );

  it('refuses a path that does not exist twice', async () => {
    await expect(refuseSameFile(at('x/../none'), [at('none')])).rejects.toMatchObject({ code: 'same-file' });
  });

  it('lets another file, and one that is not there yet, pass', async () => {
    await refuseSameFile(at('other'), [at('file')]);
    await refuseSameFile(at('new'), [at('file'), at('other')]);
  });
});
