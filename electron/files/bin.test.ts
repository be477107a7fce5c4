import { mkdir, mkdtemp, readdir, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { moveToBin } from './bin.ts';
import { identityOf } from './identity.ts';

let folder: string;
const at = (name: string) => path.join(folder, name);
const original = async (name: string) => ({
  path: at(name),
  identity: identityOf(await stat(at(name), { bigint: true })),
});
const move = async (file: string) => {
  await rename(file, at(`bin/${path.basename(file)}`));
};
const refusing = async () => {
  throw new Error('no bin here');
};
const stays = (name: string, code: string) => ({ path: at(name), error: { code } });

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'bin-'));
  await mkdir(at('bin'));
  for (const name of ['a', 'b', 'c']) await writeFile(at(name), name);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

describe('moveToBin', () => {
  it('leaves what is no longer the file that was sealed, and goes on', async () => {
    const originals = await Promise.all(['a', 'b', 'c'].map(original));
    await writeFile(at('a'), 'changed');
    await rm(at('b'));
    expect(await moveToBin(originals, { move })).toMatchObject([
      stays('a', 'source-changed'),
      stays('b', 'source-missing'),
      { path: at('c') },
    ]);
    expect(await readdir(at('bin'))).toEqual(['c']);
  });

  it('looks right before each, not once at the start', async () => {
    const originals = await Promise.all(['a', 'b'].map(original));
    const results = await moveToBin(originals, {
      move: async (file) => {
        await move(file);
        await writeFile(at('b'), 'changed while a was moved');
      },
    });
    expect(results).toMatchObject([{ path: at('a') }, stays('b', 'source-changed')]);
  });

  it('leaves a link: what was sealed is behind it', async () => {
    await symlink('a', at('link'));
    expect(await moveToBin([await original('link')], { move })).toMatchObject([
      stays('link', 'source-changed'),
    ]);
  });

  it('leaves a folder in which anything changed', async () => {
    await mkdir(at('folder'));
    await writeFile(at('folder/file'), 'text');
    const sealed = { ...(await original('folder')), files: [await original('folder/file')] };
    await writeFile(at('folder/file'), 'other text');
    expect(await moveToBin([sealed], { move })).toMatchObject([stays('folder', 'source-changed')]);
    const again = { ...sealed, files: [await original('folder/file')] };
    expect(await moveToBin([again], { move })).toEqual([{ path: at('folder') }]);
  });

  it('says what the bin refused', async () => {
    expect(await moveToBin([await original('a')], { move: refusing })).toMatchObject([
      stays('a', 'io-failed'),
    ]);
  });

  it('leaves the rest where it is when cancelled', async () => {
    const originals = await Promise.all(['a', 'b'].map(original));
    const cancel = new AbortController();
    const results = await moveToBin(originals, {
      move: async (file) => {
        await move(file);
        cancel.abort();
      },
      signal: cancel.signal,
    });
    expect(results).toMatchObject([{ path: at('a') }, stays('b', 'cancelled')]);
  });

  it.runIf(process.platform === 'linux')('moves to the real bin, a name like a pattern too', async () => {
    vi.stubEnv('XDG_DATA_HOME', at('data'));
    await mkdir(at('data'));
    await writeFile(at('*'), 'not a pattern');
    expect(await moveToBin([await original('*')])).toEqual([{ path: at('*') }]);
    expect((await readdir(folder)).sort()).toEqual(['a', 'b', 'bin', 'c', 'data']);
    expect(await readdir(at('data/Trash/files'))).toHaveLength(1);
  });
});
