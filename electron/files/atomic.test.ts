import type { PathLike } from 'node:fs';
import {
  link,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  claimName,
  createPartial,
  createPartialFolder,
  dropClaim,
  exists,
  giveName,
  replaceName,
  settleClaim,
  writeWhole,
} from './atomic.ts';

let folder: string;
const at = (name: string) => path.join(folder, name);
const failing = (code: string) => ({
  link: async () => {
    throw Object.assign(new Error(code), { code, syscall: 'link' });
  },
});

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'atomic-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe('createPartial', () => {
  it('overwrites nothing and follows no link', async () => {
    await writeFile(at('taken'), 'old');
    await expect(createPartial(at('taken'))).rejects.toMatchObject({ code: 'name-taken' });
    await symlink('elsewhere', at('link'));
    await expect(createPartial(at('link'))).rejects.toMatchObject({ code: 'name-taken' });
    expect(await readdir(folder)).toEqual(['link', 'taken']);
    expect(await readFile(at('taken'), 'utf8')).toBe('old');
    await expect(createPartialFolder(at('taken'))).rejects.toMatchObject({ code: 'name-taken' });
  });

  it('says that the folder is missing, or the name too long', async () => {
    await expect(createPartial(at('no/file'))).rejects.toMatchObject({ code: 'target-missing' });
    await expect(createPartial(at('n'.repeat(256)))).rejects.toMatchObject({ code: 'name-impossible' });
  });

  it('makes what only its owner reads', async () => {
    await (await createPartial(at('file'))).close();
    await createPartialFolder(at('folder'));
    expect((await stat(at('file'))).mode & 0o777).toBe(0o600);
    expect((await stat(at('folder'))).mode & 0o777).toBe(0o700);
  });
});

describe('giveName', () => {
  it.each([
    ['with hard links', { link }],
    ['without them', failing('EPERM')],
    ['on exFAT under Windows', failing('EISDIR')],
  ])('replaces nothing %s', async (_, system) => {
    await writeFile(at('partial'), 'new');
    await writeFile(at('file'), 'old');
    await symlink('nowhere', at('dangling'));
    await mkdir(at('empty'));
    for (const taken of ['file', 'dangling', 'empty']) {
      expect(await claimName(at('partial'), at(taken), system)).toBeUndefined();
    }
    expect(await readFile(at('file'), 'utf8')).toBe('old');
    expect(await readFile(at('partial'), 'utf8')).toBe('new');
  });

  it.each([
    ['with hard links', { link }, 'linked'],
    ['without them', failing('ENOTSUP'), 'renamed'],
  ])('gives a name and takes it back %s', async (_, system, how) => {
    await writeFile(at('partial'), 'new');
    const claim = await claimName(at('partial'), at('final'), system);
    if (claim === undefined) throw new Error('not taken');
    expect(claim.how).toBe(how);
    await dropClaim(claim);
    expect(await readdir(folder)).toEqual(['partial']);
    const again = await claimName(at('partial'), at('final'), system);
    if (again === undefined) throw new Error('not taken');
    await settleClaim(again);
    expect(await readdir(folder)).toEqual(['final']);
  });

  it('takes a link that is there already for its own', async () => {
    await writeFile(at('partial'), 'new');
    await link(at('partial'), at('final'));
    expect(await giveName(at('partial'), at('final'))).toBe(true);
    expect(await readdir(folder)).toEqual(['final']);
  });

  it('does not take back a name that was replaced meanwhile', async () => {
    await writeFile(at('partial'), 'new');
    const claim = await claimName(at('partial'), at('final'));
    await writeFile(at('other'), 'theirs');
    await rename(at('other'), at('final'));
    if (claim !== undefined) await dropClaim(claim);
    expect(await readFile(at('final'), 'utf8')).toBe('theirs');
    expect(await readFile(at('partial'), 'utf8')).toBe('new');
  });

  it('fails on any other error', async () => {
    await writeFile(at('partial'), 'new');
    await expect(claimName(at('partial'), at('final'), failing('EIO'))).rejects.toMatchObject({
      code: 'disk-failing',
      details: { errno: 'EIO' },
    });
    await expect(giveName(at('none'), at('final'))).rejects.toMatchObject({ code: 'target-missing' });
  });

  it('names a folder, and replaces none', async () => {
    await mkdir(at('partial'));
    await mkdir(at('taken'));
    expect(await giveName(at('partial'), at('taken'))).toBe(false);
    expect(await giveName(at('partial'), at('final'))).toBe(true);
    expect(await readdir(folder)).toEqual(['final', 'taken']);
  });

  it('gives one name to one of many that ask at once, also without hard links', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `partial-${index}`);
    await Promise.all(names.map(async (name) => await writeFile(at(name), name)));
    const claims = await Promise.all(
      names.map(async (name) => await claimName(at(name), at('final'), failing('EPERM'))),
    );
    expect(claims.filter((claim) => claim !== undefined)).toHaveLength(1);
    expect(await readdir(folder)).toHaveLength(20);
  });
});

/** A system whose first renames fail, and whose sleeps only add up. */
const busySystem = (times: number, code: string, platform: string) => {
  let left = times;
  const slept: number[] = [];
  const system = {
    platform,
    sleep: async (ms: number) => {
      slept.push(ms);
    },
    rename: async (from: PathLike, to: PathLike) => {
      left -= 1;
      if (left >= 0) throw Object.assign(new Error(code), { code, syscall: 'rename' });
      await rename(from, to);
    },
  };
  return { system: system as Parameters<typeof replaceName>[2], slept };
};

describe('replaceName', () => {
  beforeEach(async () => {
    await writeFile(at('partial'), 'new');
    await writeFile(at('final'), 'old');
  });

  it('fails at once where the system means it', async () => {
    const refused = busySystem(1, 'EPERM', 'linux');
    await expect(replaceName(at('partial'), at('final'), refused.system)).rejects.toMatchObject({
      code: 'target-unwritable',
    });
    const full = busySystem(1, 'ENOSPC', 'win32');
    await expect(replaceName(at('partial'), at('final'), full.system)).rejects.toMatchObject({
      code: 'disk-full',
    });
    expect([...refused.slept, ...full.slept]).toEqual([]);
    expect(await readFile(at('final'), 'utf8')).toBe('old');
  });

  it('waits on Windows while somebody holds the file', async () => {
    const { system, slept } = busySystem(3, 'EBUSY', 'win32');
    await replaceName(at('partial'), at('final'), system);
    expect(slept).toEqual([10, 20, 50]);
    expect(await readFile(at('final'), 'utf8')).toBe('new');
  });

  it('gives up on Windows after 3 seconds', async () => {
    const { system, slept } = busySystem(99, 'EACCES', 'win32');
    await expect(replaceName(at('partial'), at('final'), system)).rejects.toMatchObject({
      code: 'target-unwritable',
    });
    expect(slept.reduce((a, b) => a + b)).toBe(3180);
    expect(await readFile(at('partial'), 'utf8')).toBe('new');
  });
});

describe('writeWhole', () => {
  it('leaves the old file and no temporary when it fails', async () => {
    await mkdir(at('settings'));
    await expect(writeWhole(at('settings'), 'new')).rejects.toMatchObject({ code: 'name-taken' });
    expect(await readdir(folder)).toEqual(['settings']);
    await expect(writeWhole(at('no/settings'), 'new')).rejects.toMatchObject({ code: 'target-missing' });
  });

  it('replaces, with the mode it was given', async () => {
    await writeFile(at('settings'), 'old', { mode: 0o644 });
    await writeWhole(at('settings'), 'new', { mode: 0o640 });
    expect(await readFile(at('settings'), 'utf8')).toBe('new');
    expect((await stat(at('settings'))).mode & 0o777).toBe(0o640);
    await writeWhole(at('key'), Uint8Array.of(1, 2));
    expect((await stat(at('key'))).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['key', 'settings']);
  });

  it('keeps a link', async () => {
    await mkdir(at('dotfiles'));
    await writeFile(at('dotfiles/settings'), 'old');
    await symlink('dotfiles/settings', at('settings'));
    await writeWhole(at('settings'), 'new');
    expect(await readlink(at('settings'))).toBe('dotfiles/settings');
    expect(await readFile(at('dotfiles/settings'), 'utf8')).toBe('new');
  });
});

describe('exists', () => {
  it('counts a dangling link', async () => {
    await symlink('nowhere', at('dangling'));
    expect(await exists(at('dangling'))).toBe(true);
    expect(await exists(at('nowhere'))).toBe(false);
  });
});
